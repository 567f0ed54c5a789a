#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "tests/simulator/national/clock.h"

namespace lianzheng::sim::national {

class Registry;

/// One change behind the gateway's back, and the finding it must become.
struct Tampered {
    std::string certNum;
    std::string expected;  ///< missing_national, missing_provincial, field_mismatch, state_mismatch, identity_mismatch
    std::string field;     ///< of field_mismatch
    std::string before;    ///< of field_mismatch and state_mismatch
    std::string after;
};

struct TamperPlan {
    std::size_t count = 50;
    std::uint64_t seed = 1;
    std::string provinceNum = "370000";
    std::set<std::string> among;  ///< choose only these numbers; empty: any
};

/// Changes settled certificates only (state 01, at least 60 days before their end, an identifier nobody shares), each
/// once, the five classes in turn. Fewer than `count` come back when there are not enough.
std::vector<Tampered> tamper(Registry& registry, const TamperPlan& plan, TimePoint now);
std::string tamperedLines(const std::vector<Tampered>& changes);

}  // namespace lianzheng::sim::national
