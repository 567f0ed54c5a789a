#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "gateway/reporting/report_input.h"

namespace lianzheng {

inline constexpr std::array kOwners{Owner::ProvinceCentre,   Owner::City,    Owner::Enterprise, Owner::Holder,
                                    Owner::ForeignAuthority, Owner::Platform};

/// What the tables at a report's head show, counted in one pass over its findings.
struct ReportSummary {
    std::array<std::array<std::uint64_t, kOwners.size()>, kFindingKinds.size()> byKindAndOwner{};
    std::map<std::string, KindCounts, std::less<>> byAuthority;
    std::uint64_t total = 0;
    std::uint64_t fresh = 0;  ///< first seen in this run

    [[nodiscard]] std::uint64_t of(FindingKind kind) const;
    [[nodiscard]] std::uint64_t of(Owner owner) const;
    [[nodiscard]] std::uint64_t of(std::string_view authority) const;
    [[nodiscard]] std::uint64_t of(std::string_view authority, FindingKind kind) const;
};

Result<ReportSummary> summaryOf(const ReportInput& input);
/// 99.93 %; of nothing at all: 100.00 %. Never rounded up to 100.
std::string agreement(const Tally& tally);

}  // namespace lianzheng
