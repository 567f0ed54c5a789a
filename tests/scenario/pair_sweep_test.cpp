#include <gtest/gtest.h>

#include <tuple>

#include "tests/scenario/sweep.h"

namespace lianzheng::test {
namespace {

using sim::national::Repeat;

/// Two runs one after the other are broken, each at every place; every second pair meets the other behaviour on a
/// repeated eCertID.
class PairSweepTest : public ::testing::TestWithParam<std::tuple<Cut::Of, Cut::Of>> {};

TEST_P(PairSweepTest, TwoBreaksNeitherLoseNorDouble) {
    const auto [first, second] = GetParam();
    Prepared same(Repeat::SameReply);
    Prepared exists(Repeat::Exists);
    for (const Cut& one : cutsOf(first)) {
        bool brokeFirst = true;
        for (const Cut& two : cutsOf(second)) {
            const Repeat repeat = (one.n + two.n) % 2 == 0 ? Repeat::SameReply : Repeat::Exists;
            World world(repeat == Repeat::SameReply ? same : exists);
            SCOPED_TRACE(nameOf(one.of) + std::to_string(one.n) + ", then " + nameOf(two.of) + std::to_string(two.n));
            brokeFirst = brokenRun(world, one);
            const bool brokeSecond = brokenRun(world, two);
            world.settle();
            expectAllOnce(world, losesCode(repeat, one) || losesCode(repeat, two));
            if (HasFailure()) return;
            if (!brokeSecond) break;
        }
        if (!brokeFirst) break;
    }
}

constexpr Cut::Of kPaired[] = {Cut::Of::Unreached, Cut::Of::LostBefore, Cut::Of::LostAfter, Cut::Of::KilledBefore,
                               Cut::Of::KilledAfter};

INSTANTIATE_TEST_SUITE_P(All, PairSweepTest,
                         ::testing::Combine(::testing::ValuesIn(kPaired), ::testing::ValuesIn(kPaired)),
                         [](const auto& tested) {
                             return nameOf(std::get<0>(tested.param)) + "Then" + nameOf(std::get<1>(tested.param));
                         });

}  // namespace
}  // namespace lianzheng::test
