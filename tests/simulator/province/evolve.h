#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulator/province/calendar.h"
#include "tests/simulator/province/database.h"

namespace lianzheng::sim::province {

struct EvolveOptions {
    Date day;
    std::string time = "09:00:00";  ///< of the first change; never before the latest change already there
    std::uint64_t seed = 1;
    std::string out;
    std::int64_t events = 200;
    std::int64_t late = 0;
    bool touchAll = false;
    double massCancel = 0;
    bool dropView = false;
    bool emptyView = false;
    int lose = 0;
    bool restoreView = false;
};

/// What was done, by kind, in the order of the day.
using EvolveTally = std::vector<std::pair<std::string, std::int64_t>>;

/// Applies one day of business to the database and to truth.jsonl. It supposes that what truth says has been pushed:
/// a certificate that ends today is expected to be ended at the platform, too.
/// Errors: DatabaseError.
EvolveTally evolve(Database& database, const EvolveOptions& options);

}  // namespace lianzheng::sim::province
