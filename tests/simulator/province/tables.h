#pragma once

#include <cstdint>
#include <string>

#include "tests/simulator/province/database.h"
#include "tests/simulator/province/model.h"
#include "tests/simulator/province/spelling.h"

namespace lianzheng::sim::province {

/// Puts certificates into the tables, with what hangs on them. `firstId` numbers the child tables' next rows.
class Tables {
public:
    Tables(Database& database, std::int64_t firstId) : database_(database), nextId_(firstId) {}

    /// The row itself, its person and company when new, and the suspension, renewal, transfer and licence it has.
    void addCertificate(const Certificate& certificate, const LocalRow& row);
    void addSuspension(const std::string& key, const std::string& day, const std::string& reason);
    void addRenewal(const std::string& key, const std::string& day, bool confirmed);
    void addTransfer(const std::string& key, const std::string& direction, const std::string& day);
    void addLicence(const std::string& key, const std::string& url, const std::string& time,
                    const std::string& identifier);

private:
    Cell nextId() { return std::to_string(nextId_++); }

    Database& database_;
    std::int64_t nextId_;
};

/// The number the next child rows of an existing province begin with.
std::int64_t nextChildId(Database& database);

}  // namespace lianzheng::sim::province
