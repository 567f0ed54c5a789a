#include <gtest/gtest.h>

#include <atomic>

#include "tests/scenario/world.h"
#include "tests/support/scripted_server.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

/// A province whose pictures come over HTTP.
class PhotoServerTest : public testing::Test {
protected:
    PhotoServerTest() {
        world.editMapping("{table: ZP, key: BH, column: NR, reference: ZPBH, version: ZPBB}",
                          "{prefix: \"" + server.base() + "/zp/\", reference: ZPBH, version: ZPBB}");
        world.reopen();
    }
    static ServerReply picture() { return {.body = std::string("\xff\xd8\xff\xe0picture")}; }

    std::atomic<int> status{200};
    ScriptedServer server{[this](const SeenRequest&) {
        ServerReply reply = picture();
        reply.status = status;
        return reply;
    }};
    World world;
};

TEST_F(PhotoServerTest, PicturesComeWithTheirEvents) {
    world.province.add({});
    (void)world.firstRun();
    EXPECT_EQ(world.events(1), (Names{"assign.01", "collect"}));
    ASSERT_EQ(server.seen().size(), 1U);
    EXPECT_EQ(server.seen().front().path, "/zp/p");
}

TEST_F(PhotoServerTest, AServerThatIsAwayHoldsUpNothingElseAndNothingIsLost) {
    world.province.add({.id = 100});
    (void)world.firstRun();
    (void)world.callsSince();
    world.clock.advance(2h);
    for (int id = 1; id <= 60; ++id) world.province.add({.id = id, .changedAt = "2026-03-02 09:00:00"});
    world.province.set(100, "ZK = '1'", "2026-03-02 09:00:00");
    status = 503;
    const std::size_t before = server.seen().size();
    const PassResult away = world.pass();
    EXPECT_EQ(away.end, PassResult::End::Done);
    EXPECT_EQ(away.pushed.deferred, 60U);
    EXPECT_EQ(world.callsSince(), Names{"update.03"});
    EXPECT_LE(server.seen().size() - before, 3U);
    for (int id = 1; id <= 60; ++id) {
        const auto intent = world.store->intentOf(numberOf(id));
        ASSERT_TRUE(intent && *intent);
        EXPECT_EQ((*intent)->state, OutboxState::Queued);
        EXPECT_EQ((*intent)->sends, 0);
        EXPECT_EQ((*intent)->attempts, 0);
    }
    status = 200;
    world.clock.advance(1min);
    (void)world.pass();
    for (int id = 1; id <= 60; ++id) EXPECT_EQ(world.events(id), (Names{"assign.01", "collect"})) << id;
}

TEST_F(PhotoServerTest, AMissingPictureIsForPeople) {
    status = 404;
    world.province.add({});
    (void)world.firstRun();
    ASSERT_TRUE(world.blocked(numberOf(1)));
    EXPECT_EQ(world.blocked(numberOf(1))->advice.reason, "photo_missing");
    EXPECT_EQ(world.callsSince(), Names{});
    status = 200;
    world.clock.advance(25h);
    (void)world.pass();
    EXPECT_EQ(world.events(1), (Names{"assign.01", "collect"}));
    EXPECT_FALSE(world.blocked(numberOf(1)));
}

/// An event in doubt waits for its picture rather than going out without it.
TEST_F(PhotoServerTest, AnEventInDoubtWaitsForItsPicture) {
    world.province.add({});
    world.platform.breakAt(1, RegistryPlatform::Break::LostAfter);
    (void)world.firstRun();
    status = 503;
    world.clock.advance(2h);
    (void)world.callsSince();
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), Names{});
    EXPECT_EQ((*world.store->intentOf(numberOf(1)))->state, OutboxState::Unconfirmed);
    status = 200;
    world.settle();
    EXPECT_EQ(world.events(1), (Names{"assign.01", "collect"}));
    EXPECT_FALSE(world.national(1).doubled);
}

}  // namespace
}  // namespace lianzheng::test
