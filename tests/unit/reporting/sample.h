#pragma once

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "gateway/reporting/report_input.h"

namespace lianzheng::testing {

inline const Districts& districts() {
    static const Districts kDistricts = *Districts::load(LIANZHENG_ROOT "/mappings/districts.yaml");
    return kDistricts;
}

inline TimePoint at(const char* day) { return Date::parse(day)->beginsInShanghai() + std::chrono::hours{10}; }

inline Finding finding(std::string number, FindingKind kind, std::string authority) {
    Finding made;
    made.number = std::move(number);
    made.kind = word(kind);
    made.authority = std::move(authority);
    made.provincialValue = "有效";
    made.nationalValue = "暂扣";
    made.cause = "部平台登记的证书状态与其最后一次受理的内容不同，可能在别处被改动。";
    made.help = "用 reconcile --repair 按部平台实际登记重新推送。";
    made.owner = Owner::ProvinceCentre;
    made.company = "山东一建有限公司";
    made.nextStep = "update.06";
    made.firstSeen = at("2026-02-20");
    made.lastSeen = at("2026-03-01");
    made.lastRun = 7;
    return made;
}

/// Four findings of two cities, one of them about an identity number, one with text that must not be taken for markup.
inline std::vector<Finding> someFindings() {
    std::vector<Finding> findings{finding("鲁建安B（2023）0000003", FindingKind::StateMismatch, "370200"),
                                  finding("鲁建安B（2023）0000002", FindingKind::IdentityMismatch, "370100"),
                                  finding("鲁建安A（2023）0000001", FindingKind::MissingNational, "370100"),
                                  finding("鲁建安C3（2023）0000004", FindingKind::FieldMismatch, "nowhere")};
    findings[1].field = "identityCard";
    findings[1].provincialValue = "11010519491231002X";
    findings[1].nationalValue = "440524188001010014";
    findings[1].nextStep = "identity";
    findings[3].field = "companyName";
    findings[3].provincialValue = "=HYPERLINK(\"x\",1) <b>&</b>";
    findings[3].firstSeen = at("2026-03-01");
    findings[3].owner = Owner::Enterprise;
    return findings;
}

inline ReportInput inputOf(std::vector<Finding> findings) {
    ReportInput input;
    input.run = RunRow{7, "reconcile", at("2026-03-01"), at("2026-03-01") + std::chrono::seconds{9}, "ok", ""};
    input.madeAt = at("2026-03-01") + std::chrono::seconds{10};
    input.against = "exchange";
    input.tally.compared = 20'000;
    input.tally.provincial = 20'100;
    input.tally.national = 19'900;
    input.tally.differing = findings.size();
    input.tally.equal = 19'990 - findings.size();
    input.tally.inFlight = 7;
    input.tally.waiting = 3;
    input.tally.of("370100").compared = 5'000;
    input.districts = &districts();
    // Thirty days of runs, getting better.
    for (int day = 0; day < 30; ++day) {
        TrendPoint point{day - 22, at("2026-03-01") - std::chrono::days{29 - day}, input.tally};
        point.tally.of("370100").findings[2] = static_cast<std::uint64_t>(4000 - 130 * day + day % 3 * 150);
        point.tally.findings[2] = point.tally.of("370100").findings[2];
        input.trend.push_back(std::move(point));
    }
    input.evidenceHead = "12:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    const auto shelf = std::make_shared<FindingShelf>(*FindingShelf::make("/tmp", districts()));
    std::ranges::sort(findings, {}, [](const Finding& each) { return std::tie(each.number, each.field); });
    for (const Finding& each : findings) {
        if (!shelf->add(each)) std::abort();
    }
    if (!shelf->close()) std::abort();
    input.source = [shelf](std::string_view authority, const FindingSink& sink) -> Status {
        return shelf->each(authority, sink);
    };
    return input;
}

}  // namespace lianzheng::testing
