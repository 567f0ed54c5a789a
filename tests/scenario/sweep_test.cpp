#include <gtest/gtest.h>

#include <tuple>

#include "tests/scenario/sweep.h"

namespace lianzheng::test {
namespace {

using sim::national::Repeat;

class SweepTest : public ::testing::TestWithParam<std::tuple<Repeat, Cut::Of>> {};

TEST_P(SweepTest, OneBreakNeitherLosesNorDoubles) {
    const auto [repeat, of] = GetParam();
    Prepared prepared(repeat);
    bool broke = true;
    for (const Cut& cut : cutsOf(of)) {
        World world(prepared);
        SCOPED_TRACE(nameOf(cut.of) + std::to_string(cut.n));
        broke = brokenRun(world, cut);
        world.settle();
        expectAllOnce(world, losesCode(repeat, cut));
        if (HasFailure()) return;
        if (!broke) break;  // past the run's last
    }
    EXPECT_FALSE(broke) << "the sweep ended before the run did";
}

INSTANTIATE_TEST_SUITE_P(All, SweepTest, kEveryBreak, breakName);

}  // namespace
}  // namespace lianzheng::test
