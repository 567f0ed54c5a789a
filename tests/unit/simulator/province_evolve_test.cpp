#include <gtest/gtest.h>

#include <set>

#include "tests/simulator/province/evolve.h"
#include "tests/unit/simulator/province_truth.h"

namespace lianzheng::sim::province {
namespace {

class EvolveTest : public testing::Test {
protected:
    EvolveOptions at(const std::string& day) {
        EvolveOptions options;
        options.day = *parseDate(day);
        options.out = province_.scratch.str();
        return options;
    }
    EvolveOptions quiet(const std::string& day) {
        EvolveOptions options = at(day);
        options.events = 0;
        return options;
    }
    SmallProvince province_{4000, 2500};
};

/// A row's columns: ZSID ZXLX ZCBZ QTBZ ZKBZ YQBZ YXQZ DWMC ZJHM.
constexpr auto kColumns = "SELECT ZSID, ZXLX, ZCBZ, QTBZ, ZKBZ, YQBZ, YXQZ, rtrim(DWMC), ZJHM FROM V_ANGUAN";

/// The state the README's precedence gives a row on `today`.
std::string stateInDatabase(const Row& row, Date expiring, Date today) {
    const auto is = [&](std::size_t column, const char* value) { return row[column].value_or("") == value; };
    if (is(1, "1")) return "04";
    if (is(1, "2")) return "03";
    if (is(1, "3")) return "07";
    if (is(2, "1")) return "06";
    const bool heldBack = is(5, "1") && today - expiring <= std::chrono::days{20};
    if (expiring < today && !heldBack) return "04";
    if (is(3, "1")) return "99";
    return is(4, "1") ? "02" : "01";
}

TEST_F(EvolveTest, EveryKindHappensAndTheTruthStillAgreesWithTheDatabase) {
    for (const char* day : {"2026-11-24", "2026-11-25", "2026-12-20"}) {
        for (const auto& [kind, count] : evolve(*province_.database, at(day))) {
            EXPECT_EQ(count == 0, kind == "late") << kind << " on " << day;
        }
    }
    const auto truth = province_.truthByKey();
    EXPECT_EQ(std::to_string(truth.size()), province_.value("SELECT count(*) FROM V_ANGUAN"));
    std::set<std::string> planted;
    for (const auto& line : province_.scratch.lines("manifest.jsonl")) planted.insert(line.at("sourceKey"));
    std::size_t compared = 0;
    for (const Row& row : province_.database->read(kColumns)) {
        const TruthLine& line = truth.at(*row[0]);
        if (!line.pushed || planted.contains(*row[0])) continue;
        ++compared;
        const Date expiring = *parseDate(line.record.at("expiringDate"));
        EXPECT_EQ(*row[6], written(expiring, DateForm::Chinese));
        EXPECT_EQ(*row[7], line.record.at("companyName"));
        EXPECT_EQ(*row[8], line.record.at("identityCard"));
        EXPECT_EQ(stateInDatabase(row, expiring, *parseDate("2026-12-20")), line.record.at("certState")) << *row[0];
    }
    EXPECT_GT(compared, 3500U);
}

TEST_F(EvolveTest, TheHoldingRulesStillHoldButForThePairsSaidToBeRefused) {
    for (const char* day : {"2026-11-24", "2026-11-25", "2026-11-26"}) evolve(*province_.database, at(day));
    const auto truth = province_.truth();
    const auto broken = brokenHoldingRules(truth);
    EXPECT_TRUE(broken.empty()) << broken.front();
    std::map<std::string, std::set<std::string>> pairs;
    for (const TruthLine& line : truth) {
        if (line.mayBeRefused) pairs[line.record.at("identityCard")].insert(line.record.at("creditCode"));
    }
    EXPECT_FALSE(pairs.empty());
    for (const auto& [who, companies] : pairs) EXPECT_EQ(companies.size(), 1U);
}

TEST_F(EvolveTest, LateRowsAreStampedUpToAnHourBeforeTheLatestChange) {
    const std::string latest = province_.value("SELECT max(GXSJ) FROM V_ANGUAN");
    EvolveOptions options = quiet("2026-11-24");
    options.late = 50;
    evolve(*province_.database, options);
    EXPECT_EQ(province_.value("SELECT max(GXSJ) FROM V_ANGUAN"), latest);
    const std::string hourBefore = timeMoved(latest, -std::chrono::hours{1});
    EXPECT_EQ(province_.value("SELECT count(*) FROM V_ANGUAN WHERE ZSID > 'SD0000004000' AND GXSJ < '" + latest +
                              "' AND GXSJ >= '" + hourBefore + "'"),
              "50");
    EXPECT_EQ(province_.truth().size(), 4050U);
}

TEST_F(EvolveTest, ABulkTouchChangesNothingButTheTime) {
    const std::string before = province_.scratch.text("truth.jsonl");
    EvolveOptions options = quiet("2026-11-23");
    options.touchAll = true;
    evolve(*province_.database, options);
    EXPECT_EQ(province_.value("SELECT count(DISTINCT GXSJ) FROM V_ANGUAN"), "1");
    EXPECT_EQ(province_.scratch.text("truth.jsonl"), before);
}

TEST_F(EvolveTest, AMassCancellationIsInTheTruth) {
    EvolveOptions options = quiet("2026-11-23");
    options.massCancel = 15;
    const auto tally = evolve(*province_.database, options);
    const std::int64_t cancelled = tally[tally.size() - 2].second;
    EXPECT_NEAR(static_cast<double>(cancelled), 0.15 * 3500, 100);
    EXPECT_EQ(province_.value("SELECT count(*) FROM V_ANGUAN WHERE GXSJ >= '2026-11-23'"), std::to_string(cancelled));
}

TEST_F(EvolveTest, TheViewCanLoseRowsAllOfThemOrItself) {
    EvolveOptions options = quiet("2026-11-23");
    options.lose = 33;
    evolve(*province_.database, options);
    EXPECT_EQ(province_.value("SELECT count(*) FROM V_ANGUAN"), "2680");
    options.lose = 0;
    options.emptyView = true;
    evolve(*province_.database, options);
    EXPECT_EQ(province_.value("SELECT count(*) FROM V_ANGUAN"), "0");
    options.emptyView = false;
    options.dropView = true;
    evolve(*province_.database, options);
    EXPECT_THROW(province_.value("SELECT count(*) FROM V_ANGUAN"), DatabaseError);
    options.dropView = false;
    options.restoreView = true;
    evolve(*province_.database, options);
    EXPECT_EQ(province_.value("SELECT count(*) FROM V_ANGUAN"), "4000");
}

}  // namespace
}  // namespace lianzheng::sim::province
