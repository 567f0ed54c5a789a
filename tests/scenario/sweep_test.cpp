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

constexpr Cut::Of kAll[] = {Cut::Of::Unreached,   Cut::Of::LostBefore,   Cut::Of::LostAfter,  Cut::Of::KilledBefore,
                            Cut::Of::KilledAfter, Cut::Of::FailedBefore, Cut::Of::FailedAfter};

INSTANTIATE_TEST_SUITE_P(All, SweepTest,
                         ::testing::Combine(::testing::Values(Repeat::SameReply, Repeat::Exists),
                                            ::testing::ValuesIn(kAll)),
                         [](const auto& tested) {
                             const bool exists = std::get<0>(tested.param) == Repeat::Exists;
                             return (exists ? "Exists" : "SameReply") + nameOf(std::get<1>(tested.param));
                         });

}  // namespace
}  // namespace lianzheng::test
