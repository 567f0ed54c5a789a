#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/simulator/province/make_province.h"
#include "tests/simulator/province/truth_file.h"

namespace lianzheng::sim::province {

/// A folder that goes when the test ends.
class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_ / name; }
    [[nodiscard]] std::string str() const { return folder_.string(); }
    [[nodiscard]] std::string text(const std::string& name) const;
    [[nodiscard]] std::vector<std::map<std::string, std::string>> lines(const std::string& name) const;

private:
    std::filesystem::path folder_;
};

/// A small province in `scratch`, opened.
struct SmallProvince {
    explicit SmallProvince(std::int64_t size, std::int64_t registered = 0, double defects = 0.01,
                           std::uint64_t seed = 7);
    [[nodiscard]] std::vector<TruthLine> truth() const;
    [[nodiscard]] std::map<std::string, TruthLine> truthByKey() const;
    std::string value(const std::string& sql) const;

    Scratch scratch;
    ProvinceOptions options;
    std::unique_ptr<Database> database;
    ProvinceTally tally;
};

/// The platform's holding rules, written out; every violation in a sentence. Only states 01 and 02 count.
std::vector<std::string> brokenHoldingRules(const std::vector<TruthLine>& truth);

}  // namespace lianzheng::sim::province
