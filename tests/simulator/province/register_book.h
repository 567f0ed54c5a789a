#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "tests/simulator/province/calendar.h"
#include "tests/simulator/province/database.h"
#include "tests/simulator/province/truth_file.h"

namespace lianzheng::sim::province {

/// A certificate as the day's business sees it: where it hangs in the database, and what truth says of it.
struct Held {
    std::string key;
    std::int64_t person = 0;
    std::int64_t company = 0;
    bool pushed = false;
    bool settled = true;  ///< not one the platform may refuse
    std::string category;
    std::string appointment;
    std::string state;  ///< national; empty when never pushed
    std::string identity;
    Date firstIssued{};
    Date expiring{};
};

/// In force at the platform, and not one it may have refused.
inline bool isValid(const Held& held) { return held.pushed && held.settled && held.state == "01"; }

/// Every certificate of the province, with its person's others and its company's size.
class RegisterBook {
public:
    RegisterBook(Database& database, const std::filesystem::path& truth);

    std::vector<Held> held;
    std::unordered_map<std::int64_t, std::vector<std::size_t>> ofPerson;
    std::vector<std::int64_t> employers;             ///< companies of three certificates and more: surely sound
    std::unordered_set<std::string> renewalsInHand;  ///< source keys
    std::int64_t lastIndex = 0;
    std::int64_t lastPerson = 0;
    std::string lastChange;
};

}  // namespace lianzheng::sim::province
