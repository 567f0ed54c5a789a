#include <gtest/gtest.h>

#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

constexpr int kRows = 120;

/// The store may grow by so many pages, from a little to nearly enough.
class DiskFullTest : public ::testing::TestWithParam<int> {};

TEST_P(DiskFullTest, TheRunEndsSayingSoAndWithRoomEachStepIsDoneOnce) {
    World world;
    for (int id = 1; id <= kRows; ++id) world.province.add({.id = id});
    soci::session& session = world.storeConnection().session();
    long long pages = 0;
    session << "PRAGMA page_count", soci::into(pages);
    session << "PRAGMA max_page_count = " + std::to_string(pages + GetParam());

    PassOptions first;
    first.firstRun = true;
    const auto ended = world.tryPass(first);
    ASSERT_FALSE(ended) << "there was room for all";
    EXPECT_EQ(ended.error().where, "store.commit");
    EXPECT_EQ(ended.error().fault, Fault::Corrupt);
    EXPECT_EQ(ended.error().code, "disk_full");

    world.reopen();  // with room again
    EXPECT_FALSE(world.store->verifyEvidence("")->brokenAt);
    world.clock.advance(2h);
    EXPECT_TRUE(world.tryPass(first));
    world.settle();
    for (int id = 1; id <= kRows; ++id) {
        EXPECT_EQ(world.events(id), (Names{"assign.01", "collect"})) << id;
        EXPECT_FALSE(world.national(id).doubled) << id;
        EXPECT_EQ(world.ledger(id).lastECertId, world.national(id).eCertId) << id;
    }
    EXPECT_EQ(world.store->counts()->at("outbox"), 0U);
}

INSTANTIATE_TEST_SUITE_P(Pages, DiskFullTest, ::testing::Values(0, 3, 10, 20, 30, 40),
                         [](const auto& tested) { return std::to_string(tested.param); });

}  // namespace
}  // namespace lianzheng::test
