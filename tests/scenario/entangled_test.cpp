#include <gtest/gtest.h>

#include <map>

#include "adapters/national/body_writer.h"
#include "tests/scenario/entangled.h"
#include "tests/scenario/entangled_check.h"
#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

TEST(EntangledTest, TheRulesAndThePlatformJudgeAlike) { expectSameJudgement(3000); }

/// The whole engine on an entangled province: the platform refuses nothing that was sent, and each one that was held
/// back it refuses when it is sent all the same.
TEST(EntangledTest, NothingSentIsRefusedAndNothingHeldBackWouldBeTaken) {
    constexpr std::size_t kCertificates = 600;
    World world;
    world.settings.fuse.massShare = 1;
    std::map<std::string, Holder> byNumber;
    for (const Holder& holder : entangledProvince(kCertificates, 7)) {
        world.province.add(holder);
        byNumber[numberOf(holder.id, holder.category)] = holder;
    }
    (void)world.firstRun();
    world.settle();
    EXPECT_TRUE(world.platform.registry().stats().refusals.empty());

    const auto blocked = world.store->blocked("", true);
    ASSERT_TRUE(blocked);
    EXPECT_GT(blocked->size(), 10U);
    EXPECT_EQ(world.platform.registry().entries().size(), kCertificates - blocked->size());
    for (const BlockedRow& row : *blocked) {
        EXPECT_EQ(row.origin, BlockedRow::kRules) << row.number;
        std::string body;
        writeBody(Request{assignOf(byNumber.at(row.number), OperateType::Issue, 9)}, body);
        const auto reply = world.platform.registry().handle(sim::national::Operation::Assign, body);
        EXPECT_EQ(reply.errors.size(), 1U) << row.number << " " << row.advice.reason;
    }
}

}  // namespace
}  // namespace lianzheng::test
