#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "gateway/reporting/ratio.h"
#include "gateway/reporting/report_input.h"

namespace lianzheng {

inline constexpr std::array kOwners{Owner::ProvinceCentre,   Owner::City,    Owner::Enterprise, Owner::Holder,
                                    Owner::ForeignAuthority, Owner::Platform};

/// How long findings have been there, by the days up to which each step goes; new in this run, and the rest.
inline constexpr std::array kAges{labels::kNew, Label{"7 天以内", "up to 7 days"}, Label{"8–30 天", "8 to 30 days"},
                                  Label{"31–90 天", "31 to 90 days"}, Label{"90 天以上", "over 90 days"}};
/// Its place among them.
std::size_t ageOf(const Finding& finding, const RunRow& run);

/// What the tables at a report's head show, counted in one pass over its findings.
struct ReportSummary {
    std::array<std::array<std::uint64_t, kOwners.size()>, kFindingKinds.size()> byKindAndOwner{};
    std::map<std::string, KindCounts, std::less<>> byAuthority;
    std::array<std::uint64_t, kAges.size()> byAge{};
    std::uint64_t total = 0;
    std::uint64_t fresh = 0;        ///< first seen in this run
    std::uint64_t closedSince = 0;  ///< by a later one

    [[nodiscard]] std::uint64_t of(FindingKind kind) const;
    [[nodiscard]] std::uint64_t of(Owner owner) const;
    [[nodiscard]] std::uint64_t of(std::string_view authority) const;
    [[nodiscard]] std::uint64_t of(std::string_view authority, FindingKind kind) const;
};

Result<ReportSummary> summaryOf(const ReportInput& input);

/// What the table of a run holds that is not the last, and as of when; empty for the last.
std::string tableNote(const ReportInput& input, const ReportSummary& summary);

/// The rate that a report shows, and what it is called.
struct RateShown {
    Label label;
    Ratio ratio{};
};
/// 一致率, equal ÷ compared, as in the briefs. Of one authority what is equal is not counted: 无差异, compared and
/// without an open finding ÷ compared, which what is in hand is part of. Pure.
RateShown rateOf(const ReportInput& input);

}  // namespace lianzheng
