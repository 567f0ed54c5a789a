#include "tests/unit/reconcile/reconciler_fixture.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <random>

namespace lianzheng {
namespace {

using testing::FindingKey;

/// What both sides hold of one number; of an unreadable one at most one row a side.
struct Plot {
    std::string digits;
    bool unreadable = false;
    int ours = 0;
    int theirs = 0;
    bool cancelledHere = false;
    bool expired = false;  ///< on both sides; only what is not cancelled here
    bool cancelledThere = false;
    bool otherCompany = false;

    [[nodiscard]] std::string number() const { return (unreadable ? "无号" : "鲁建安C3（2024）") + digits; }
};

Plot anyPlot(std::uint64_t i, std::mt19937_64& dice) {
    const auto rows = [&] { return static_cast<int>(std::array{0, 1, 1, 1, 1, 1, 1, 2}.at(dice() % 8)); };
    Plot plot{std::to_string(1'000'000 + i)};
    plot.unreadable = dice() % 12 == 0;
    plot.ours = plot.unreadable ? static_cast<int>(dice() % 2) : rows();
    plot.theirs = plot.unreadable ? static_cast<int>(dice() % 2) : rows();
    plot.cancelledHere = dice() % 6 == 0;
    plot.expired = !plot.cancelledHere && dice() % 6 == 0;
    plot.cancelledThere = dice() % 4 == 0;
    plot.otherCompany = dice() % 4 == 0;
    return plot;
}

/// The findings about one number, said without looks, sorting, plans or maps.
std::set<FindingKey> expectedOf(const Plot& plot) {
    std::set<FindingKey> found;
    const auto add = [&](const char* kind, const char* field = "") { found.insert({plot.number(), kind, field}); };
    const bool live = !plot.cancelledHere && !plot.expired;
    if (plot.unreadable) {
        if (plot.theirs > 0) add("missing_provincial");
        if (plot.ours > 0 && live) found.insert({"源主键 " + plot.digits + "-0", "blocked", "certNum"});
        return found;
    }
    if (plot.theirs > 1) add("duplicate", "certNum");
    if (plot.ours > 1) return add("duplicate"), found;
    if (plot.theirs == 0) {
        if (plot.ours == 1 && live) add("missing_national");
        return found;
    }
    if (plot.ours == 0) return add("missing_provincial"), found;
    if (plot.expired) {
        if (!plot.cancelledThere) add("expired_not_cancelled");
        return found;
    }
    if (plot.cancelledHere != plot.cancelledThere) return add("state_mismatch"), found;
    if (live && plot.otherCompany) add("field_mismatch", "companyName");
    return found;
}

std::set<FindingKey> onlyIn(const std::set<FindingKey>& these, const std::set<FindingKey>& those) {
    std::set<FindingKey> only;
    std::ranges::set_difference(these, those, std::inserter(only, only.end()));
    return only;
}

class ReconcilerModelTest : public ReconcilerTest {
protected:
    void put(const Plot& plot, std::mt19937_64& dice) {
        const std::array<std::string, 3> spellings{plot.number(), "鲁建安C3(2024)" + plot.digits, " " + plot.number()};
        const std::string& written = plot.unreadable ? spellings[0] : spellings.at(dice() % spellings.size());
        for (int n = 0; n < plot.ours; ++n) {
            source_.rows.push_back(row(written, plot.digits + "-" + std::to_string(n)));
            if (plot.cancelledHere) source_.rows.back().at(columnOf("ZXLX")) = "1";
            if (plot.expired) source_.rows.back().at(columnOf("YXQZ")) = "2025-07-31";
        }
        for (int n = 0; n < plot.theirs; ++n) {
            static const Certificate kSound = mapped(row("鲁建安C3（2024）1000000", "0")).record;
            view_.rows.push_back({kSound, "", "", "", false, ""});
            Certificate& record = view_.rows.back().record;
            record[Field::CertNum] = plot.unreadable ? "" : plot.number();
            if (plot.unreadable) view_.rows.back().rawNumber = plot.number();
            if (plot.expired) record[Field::ExpiringDate] = "2025-07-31";
            if (plot.cancelledThere) record[Field::CertState] = "04";
            if (plot.otherCompany) record[Field::CompanyName] = "别的公司";
        }
    }
};

TEST_F(ReconcilerModelTest, AWholeRunFindsWhatTheModelFindsAndNothingElse) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        std::mt19937_64 dice(seed);
        source_.rows.clear();
        view_.rows.clear();
        store_ = {};
        settings_.memory = seed % 2 == 0 ? 4096 : std::size_t{1} << 20U;
        view_.isFile = seed % 3 == 0;
        std::set<FindingKey> expected;
        for (std::uint64_t i = 0; i < 50; ++i) {
            const Plot plot = anyPlot(i, dice);
            put(plot, dice);
            expected.merge(expectedOf(plot));
        }
        std::shuffle(source_.rows.begin(), source_.rows.end(), dice);
        std::shuffle(view_.rows.begin(), view_.rows.end(), dice);
        const auto result = reconciler().againstExchange(view_, stop_.get_token());
        ASSERT_TRUE(result) << "seed " << seed << ": " << result.error().code;
        const std::set<FindingKey> found = open();
        ASSERT_EQ(onlyIn(found, expected), std::set<FindingKey>{}) << "too much, seed " << seed;
        ASSERT_EQ(onlyIn(expected, found), std::set<FindingKey>{}) << "missed, seed " << seed;
    }
}

TEST_F(ReconcilerModelTest, WhatIsRememberedOfUnchangedRangesChangesNothing) {
    source_.ranged = view_.ranged = true;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        std::mt19937_64 dice(seed);
        std::string directory = (std::filesystem::temp_directory_path() / "lianzheng-model-XXXXXX").string();
        settings_.rangeDirectory = ::mkdtemp(directory.data());
        std::vector<Plot> plots;
        for (std::uint64_t i = 0; i < 50; ++i) plots.push_back(anyPlot(i, dice));
        for (int day = 0; day < 5; ++day) {
            for (int changes = 0; day > 0 && changes < 5; ++changes) {
                const std::uint64_t i = dice() % plots.size();
                plots[i] = anyPlot(i, dice);
            }
            source_.rows.clear();
            view_.rows.clear();
            store_ = {};
            std::set<FindingKey> expected;
            for (const Plot& plot : plots) {
                std::mt19937_64 same(std::stoul(plot.digits));
                put(plot, same);
                expected.merge(expectedOf(plot));
            }
            std::shuffle(source_.rows.begin(), source_.rows.end(), dice);
            std::shuffle(view_.rows.begin(), view_.rows.end(), dice);
            source_.swept = 0;
            ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
            ASSERT_EQ(open(), expected) << "seed " << seed << ", day " << day;
            if (day > 0) {
                ASSERT_LT(source_.swept, 15U);
            }
        }
        std::filesystem::remove_all(directory);
    }
}

}  // namespace
}  // namespace lianzheng
