#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/simulator/national/entry.h"

namespace lianzheng::sim::national {

/// One way in which the registry is not what the truth says. Values that are identity numbers are masked.
struct Difference {
    std::string certNum;
    std::string kind;  ///< missing, unexpected, field, state, not_collected, collected, changed_though_blocked, doubled
    std::string field;
    std::string expected;
    std::string found;
};

struct Verification {
    std::map<std::string, std::uint64_t> counts;
    std::vector<Difference> differences;
};

struct VerifyPlan {
    bool collectedExactly = false;  ///< a licence collected though the truth expects none is a difference as well
};

/// Compares the registry's entries with truth.jsonl and, when not empty, manifest.jsonl (seed_format.md).
/// Errors: std::runtime_error on a line that is no JSON object.
Verification verify(const std::map<std::string, Entry>& registry, const std::string& truth, const std::string& manifest,
                    const VerifyPlan& plan);

/// First 6 and last 4 characters.
std::string maskedIdentity(const std::string& number);

}  // namespace lianzheng::sim::national
