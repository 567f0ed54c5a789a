#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/unit/reconcile/fakes.h"

namespace lianzheng {
namespace {

using testing::FakeMemory;
using testing::FindingKey;

const TimePoint kNow = testing::at("2026-03-01");
constexpr std::array kCompared{Field::Name, Field::IdentityCard, Field::CompanyName};

/// What is there of one number in one case; or rows of either side whose number cannot be read.
struct Plot {
    std::string number;
    std::vector<Certificate> ours;
    std::vector<Certificate> theirs;
    bool blocked = false;
    bool intent = false;
    std::optional<Certificate> acknowledged;
    bool unreadable = false;
};

Certificate anyRecord(const std::string& number, std::mt19937_64& dice) {
    static constexpr std::array<std::string_view, 3> kStates{"01", "02", "04"};
    Certificate record = testing::soundRecord(number, kStates.at(dice() % 3));
    if (dice() % 4 == 0) record[Field::Name] = "李四";
    if (dice() % 4 == 0) record[Field::IdentityCard] = "440524188001010014";
    if (dice() % 4 == 0) record[Field::CompanyName] = "二建公司";
    return record;
}

std::vector<Plot> anyPlots(std::mt19937_64& dice) {
    std::vector<Plot> plots;
    const std::uint64_t numbers = 1 + dice() % 2;
    for (std::uint64_t i = 0; i < numbers; ++i) {
        Plot plot;
        plot.number = "鲁建安B（2023）000000" + std::to_string(i);
        if (dice() % 8 == 0) {
            plot.number = "无号" + std::to_string(i);
            plot.unreadable = true;
            if (dice() % 2 == 0) plot.ours.push_back(anyRecord("", dice));
            if (dice() % 2 == 0) plot.theirs.push_back(anyRecord("", dice));
            plots.push_back(std::move(plot));
            continue;
        }
        const std::uint64_t ours = dice() % 8;
        for (std::uint64_t n = 0; n < (ours == 0 ? 0 : ours == 1 ? 2 : 1); ++n)
            plot.ours.push_back(anyRecord(plot.number, dice));
        const std::uint64_t theirs = dice() % 8;
        for (std::uint64_t n = 0; n < (theirs == 0 ? 0 : theirs == 1 ? 2 : 1); ++n) {
            const bool alike = dice() % 2 == 0 && !plot.ours.empty();
            plot.theirs.push_back(alike ? plot.ours.front() : anyRecord(plot.number, dice));
        }
        plot.blocked = dice() % 10 == 0;
        plot.intent = dice() % 10 == 0;
        if (dice() % 2 == 0)
            plot.acknowledged =
                plot.theirs.empty() || dice() % 4 == 0 ? anyRecord(plot.number, dice) : plot.theirs.front();
        plots.push_back(std::move(plot));
    }
    return plots;
}

/// The classes, said again without streams, plans or sinks.
std::set<FindingKey> expectedOf(const Plot& plot) {
    std::set<FindingKey> found;
    const auto add = [&](const char* kind, std::string_view field = {}) {
        found.insert({plot.number, kind, std::string(field)});
    };
    const auto live = [](const Certificate& record) { return record[Field::CertState] <= "02"; };
    if (plot.unreadable) {
        if (!plot.theirs.empty()) add("missing_provincial");
        if (!plot.ours.empty() && live(plot.ours[0])) found.insert({"源主键 " + plot.number, "blocked", "certNum"});
        return found;
    }
    if (plot.theirs.size() > 1) add("duplicate", "certNum");
    if (plot.blocked) return add("blocked", "photo"), found;
    if (plot.ours.size() > 1) return add("duplicate"), found;
    if (plot.ours.empty() && plot.theirs.empty()) return found;
    if (plot.intent) return found;
    if (plot.theirs.empty()) {
        if (live(plot.ours[0])) add("missing_national");
        return found;
    }
    if (plot.ours.empty()) return add("missing_provincial"), found;
    const Certificate& ours = plot.ours[0];
    const Certificate& theirs = plot.theirs[0];
    if (ours[Field::CertState] != theirs[Field::CertState]) add("state_mismatch");
    const bool suspended = ours[Field::CertState] == "02" && theirs[Field::CertState] == "02";
    for (Field field : kCompared) {
        if (ours[field] == theirs[field]) continue;
        const bool tampered = plot.acknowledged && (*plot.acknowledged)[field] != theirs[field];
        if (!tampered && (suspended || !live(ours) || !live(theirs))) continue;
        add(field == Field::IdentityCard ? "identity_mismatch" : "field_mismatch", nationalName(field));
    }
    return found;
}

void remember(FakeMemory& memory, const Plot& plot) {
    if (plot.unreadable) return;
    Recollection past;
    if (plot.acknowledged) {
        past.ledger.emplace();
        past.ledger->number = plot.number;
        past.ledger->state = *certStateOf((*plot.acknowledged)[Field::CertState]);
        past.acknowledged.record = *plot.acknowledged;
        past.acknowledged.known.set();
    }
    if (plot.intent) past.intent = testing::intentOf(plot.number, kNow);
    memory.past[plot.number] = std::move(past);
    if (!plot.blocked) return;
    BlockedRow& row = memory.blocked[plot.number];
    row.number = plot.number;
    row.advice = {"missing", "photo", "照片缺失。", "请持证人补充照片。", Owner::Holder};
}

/// Both sides as the merger is given them: unreadable ones may stand anywhere.
struct Sides {
    std::vector<ProvincialItem> ours;
    std::vector<NationalItem> theirs;
};

Sides sidesOf(const std::vector<Plot>& plots) {
    Sides sides;
    for (const Plot& plot : plots) {
        for (const Certificate& record : plot.theirs) {
            sides.theirs.push_back(testing::nationalOf(record));
            if (plot.unreadable) sides.theirs.back().row.rawNumber = plot.number;
        }
        if (plot.ours.empty()) continue;
        sides.ours.push_back(testing::provincialOf(plot.ours[0], plot.unreadable ? plot.number : "1"));
        if (plot.unreadable) sides.ours.back().desired.problems = {{"certNum", Rule::Pattern}};
        if (plot.ours.size() > 1) sides.ours.back().otherKeys.push_back("2");
    }
    return sides;
}

TEST(MergerModelTest, FindsWhatTheModelFindsAndNothingElse) {
    for (std::uint64_t seed = 1; seed <= 100'000; ++seed) {
        std::mt19937_64 dice(seed);
        const std::vector<Plot> plots = anyPlots(dice);
        FakeMemory memory;
        std::set<FindingKey> expected;
        for (const Plot& plot : plots) {
            remember(memory, plot);
            expected.merge(expectedOf(plot));
        }
        Sides sides = sidesOf(plots);
        Tally tally;
        std::set<FindingKey> found;
        std::size_t count = 0;
        JudgeSettings settings{{}, kNow, {kCompared.begin(), kCompared.end()}, false, std::chrono::hours{72}};
        Judge judge(std::move(settings), memory, tally,
                    [&](Finding& finding) {
                        found.insert({finding.number, finding.kind, finding.field});
                        EXPECT_FALSE(finding.cause.empty());
                        EXPECT_FALSE(finding.help.empty());
                        return ++count > 0;
                    },
                    {});
        testing::VectorCursor cursor(std::move(sides.ours));
        Merger merger(cursor, judge);
        for (const NationalItem& item : sides.theirs) ASSERT_TRUE(merger.national(item));
        ASSERT_TRUE(merger.finish());
        for (const auto& [number, row] : memory.blocked) {
            if (!memory.touched.contains(number)) judge.blocked(row);
        }
        ASSERT_EQ(found, expected) << "seed " << seed;
        ASSERT_EQ(tally.total(), count) << "seed " << seed;
    }
}

}  // namespace
}  // namespace lianzheng
