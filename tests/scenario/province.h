#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "adapters/sql/database.h"

namespace lianzheng::test {

/// One row of the province's table; the defaults are a sound, valid certificate of category C3.
struct Holder {
    int id = 1;  ///< key, and what person, company and number are made of
    std::string category = "C3";
    std::string number{};  ///< empty: made of category and id
    int person = 0;        ///< 0: as the id
    int company = 0;       ///< 0: as the id
    std::string appointment = "08";
    std::string issued = "2025-06-01";
    std::string expires = "2028-05-31";
    std::string changedAt = "2026-03-01 09:00:00";
    std::string licenceUrl = "https://licences.example/1";
    std::string licenceTime = "2040-01-01 00:00:00";  ///< newer than any code: collected at once
};

std::string numberOf(int id, const std::string& category = "C3");
std::string personOf(int id);
std::string companyOf(int id);

/// A provincial database of a few rows: SQLite, one table, the mapping beside it (province.yaml).
class Province {
public:
    /// Makes the tables in `directory`, unless the file is there already.
    explicit Province(const std::filesystem::path& directory);
    [[nodiscard]] std::string url() const { return "sqlite3://" + file_.string(); }
    void add(const Holder& holder);
    /// Sets columns of one row, e.g. set(1, "ZK = '1'"), and its changed_at to `at`.
    void set(int id, const std::string& columns, const std::string& at);
    void run(const std::string& sql);
    std::string value(const std::string& query);

private:
    std::filesystem::path file_;
    std::unique_ptr<Database> database_;
};

}  // namespace lianzheng::test
