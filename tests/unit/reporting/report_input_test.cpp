#include "gateway/reporting/report_input.h"

#include <gtest/gtest.h>

#include "tests/unit/reconcile/fake_store.h"
#include "tests/unit/reporting/sample.h"

namespace lianzheng {
namespace {

using testing::at;

class ReportInputTest : public ::testing::Test {
protected:
    void ran(std::int64_t id, const std::string& result, const std::string& against = "exchange") {
        const auto ended = result.empty() ? std::optional<TimePoint>{} : at("2026-03-02");
        store_.runRows[id] = {id, "reconcile", at("2026-03-01"), ended, result, tally_.json(against)};
    }
    Result<ReportInput> input(std::int64_t run) {
        return reportInputOf(store_, run, testing::districts(), Language::Chinese, ::testing::TempDir(),
                             at("2026-03-09"));
    }
    std::string refusal(std::int64_t run) {
        const auto made = input(run);
        return made ? "" : made.error().code;
    }

    testing::FakeStore store_;
    Tally tally_;
};

TEST_F(ReportInputTest, WithoutAnIdItIsTheLastRunThatEndedWell) {
    EXPECT_EQ(refusal(0), "no_run");
    tally_.compared = 100;
    ran(1, "ok");
    tally_.compared = 40;
    ran(2, "failed");
    ran(3, "stopped");
    ran(4, "");
    const auto made = input(0);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->run.id, 1);
    EXPECT_EQ(made->tally.compared, 100U);
}

TEST_F(ReportInputTest, ARunThatIsNotWholeHasNoReport) {
    ran(1, "failed");
    ran(2, "stopped");
    ran(3, "");
    EXPECT_EQ(refusal(1), "run_failed");
    EXPECT_EQ(refusal(2), "run_stopped");
    EXPECT_EQ(refusal(3), "run_unfinished");
    EXPECT_EQ(refusal(4), "no_run");
}

TEST_F(ReportInputTest, ALaterRunOfWhateverResultSupersedesIt) {
    ran(1, "ok");
    store_.runRows[2] = {2, "sync", at("2026-03-02"), at("2026-03-02"), "ok", "{}"};
    EXPECT_FALSE(input(1)->superseded);
    EXPECT_EQ(input(1)->madeAt, at("2026-03-09"));
    ran(3, "failed");
    EXPECT_TRUE(input(1)->superseded) << "it may have found something before it failed";
    store_.runRows[3].kind = "sample";
    EXPECT_TRUE(input(1)->superseded);
}

TEST_F(ReportInputTest, TheTrendHasWholeRunsAgainstTheSameAlone) {
    ran(1, "ok");
    ran(2, "failed");
    ran(3, "ok", "ledger");
    ran(4, "stopped");
    ran(5, "ok");
    ran(6, "ok");
    const auto made = input(5);
    ASSERT_TRUE(made);
    std::vector<std::int64_t> shown;
    for (const TrendPoint& point : made->trend) shown.push_back(point.run);
    EXPECT_EQ(shown, (std::vector<std::int64_t>{1, 5}));
}

}  // namespace
}  // namespace lianzheng
