#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "gateway/reconcile/finding_kind.h"

namespace lianzheng {

/// Findings by class.
using KindCounts = std::array<std::uint64_t, kFindingKinds.size()>;

/// What a run came to, in numbers.
struct Tally {
    std::uint64_t provincial = 0;  ///< rows read of the province
    std::uint64_t national = 0;    ///< rows read of the other side
    std::uint64_t compared = 0;    ///< certificates, on either side
    std::uint64_t equal = 0;       ///< in step, never registered ones among them
    std::uint64_t neverRegistered = 0;
    std::uint64_t differing = 0;  ///< certificates with at least one finding
    std::uint64_t inFlight = 0;   ///< excused: an intent is in hand
    std::uint64_t waiting = 0;    ///< excused: the plan waits, for a licence file, a restoration, a renewal
    std::uint64_t fresher = 0;    ///< excused: accepted after the view was made
    KindCounts findings{};

    struct OfAuthority {
        std::uint64_t compared = 0;
        KindCounts findings{};
    };
    std::map<std::string, OfAuthority, std::less<>> authorities;

    [[nodiscard]] std::uint64_t total() const;
    [[nodiscard]] std::uint64_t excused() const { return inFlight + waiting + fresher; }
    OfAuthority& of(std::string_view authority);
    void count(FindingKind kind, std::string_view authority);
    /// The JSON object that a run keeps (docs/schema/report.json, `counts`).
    [[nodiscard]] std::string json(std::string_view against) const;
    /// Reads that object back; what it lacks is 0.
    static Tally fromJson(std::string_view text);
};

/// What the run was against (exchange, ledger), from the same object; empty when it does not say.
std::string againstOf(std::string_view json);

}  // namespace lianzheng
