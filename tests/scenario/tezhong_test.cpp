#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

constexpr const char* kNumber = "鲁A042025000001";

/// A province of 特种作业, end to end against the simulator's strict reading of that type. Calls go by their meaning:
/// the gateway's 09 is 变更, which the platform hears as 08.
class TezhongTest : public ::testing::Test {
protected:
    TezhongTest() { add({}); }
    void add(Holder holder) {
        holder.category = "04";
        if (holder.number.empty()) holder.number = kNumber;
        world_.province.add(holder);
    }
    Names firstRun() {
        (void)world_.firstRun();
        return world_.callsSince();
    }
    Names passAt(TimePoint at) {
        world_.clock.set(at);
        (void)world_.pass();
        return world_.callsSince();
    }
    sim::national::Entry national(const std::string& number = kNumber) {
        return world_.platform.registry().find(number).value_or(sim::national::Entry{});
    }
    /// The platform's code of the last event, as it was sent.
    std::string lastOperation() {
        const auto entry = national();
        for (auto event = entry.events.rbegin(); event != entry.events.rend(); ++event) {
            if (!event->operateType.empty()) return event->operateType;
        }
        return {};
    }
    CertState ledgerState() {
        const auto found = world_.store->find(kNumber);
        return found && *found ? (*found)->state : CertState::None;
    }
    /// One change of the province and what it leads to: calls, the platform's state, and the code of the operation.
    void expectStep(const std::string& columns, int day, const Names& calls, std::string_view state,
                    std::string_view operation) {
        world_.province.set(1, columns, fmt::format("2026-03-{:02} 09:00:00", day));
        EXPECT_EQ(passAt(shanghai(2026, 3, static_cast<unsigned>(day), 10h)), calls) << columns;
        EXPECT_EQ(national().state(), state) << columns;
        EXPECT_EQ(lastOperation(), operation) << columns;
    }
    World world_{20260302, CertificateType::Tezhong};
};

TEST_F(TezhongTest, ALifeInAllItsOperations) {
    EXPECT_EQ(firstRun(), (Names{"assign.01", "collect"}));
    EXPECT_EQ(national().at("operationCategory"), "04");
    EXPECT_EQ(national().zzeCertId.substr(0, 70),
              "1.2.156.3005.2.11100000000013338W032.113700000045030270.2025000001.001");
    expectStep("XM = '改名'", 3, {"assign.09", "collect"}, "01", "08");
    EXPECT_EQ(national().at("name"), "改名");
    expectStep("YXQZ = '2031-05-31', FZRQ = '2026-03-04'", 4, {"assign.02", "collect"}, "01", "02");
    expectStep("ZK = '1'", 5, {"update.03"}, "02", "03");
    expectStep("ZK = '0'", 6, {"update.06", "collect"}, "01", "06");
    expectStep("SFZ = '" + personOf(21) + "'", 7, {"identity"}, "01", "06");
    EXPECT_EQ(national().at("identityCard"), personOf(21));
    expectStep("ZX = '1'", 8, {"update.05"}, "05", "05");
    EXPECT_EQ(ledgerState(), CertState::Cancelled);
    EXPECT_FALSE(national().doubled);
    EXPECT_EQ(passAt(shanghai(2026, 3, 9)), Names{});
    EXPECT_EQ(world_.platform.registry().stats().unlistedFields.size(), 0U);
}

// The trap: the same codes mean something else. 撤销 is 04 here and 03 there, 吊销 03 and 07, 注销 05 and 04.
TEST_F(TezhongTest, EachEndHasTheCodeOfThisTypesTable) {
    const std::tuple<const char*, std::string_view, CertState> ends[] = {
        {"1", "05", CertState::Cancelled}, {"2", "04", CertState::Revoked}, {"4", "03", CertState::Rescinded}};
    for (int id = 2; id <= 4; ++id) add({.id = id, .number = "鲁A04202500000" + std::to_string(id)});
    (void)firstRun();
    for (std::size_t i = 0; i < std::size(ends); ++i) {
        const auto& [column, code, meaning] = ends[i];
        const int id = static_cast<int>(i) + 2;
        const std::string number = "鲁A04202500000" + std::to_string(id);
        const auto day = static_cast<unsigned>(2 * id);
        world_.province.set(id, "ZX = '" + std::string(column) + "'", fmt::format("2026-03-{:02} 09:00:00", day));
        EXPECT_EQ(passAt(shanghai(2026, 3, day, 10h)), Names{"update.05"});
        EXPECT_EQ(national(number).state(), code);
        EXPECT_EQ((*world_.store->find(number))->state, meaning);
        // A final state is none that anything leaves.
        world_.province.set(id, "ZX = '0'", fmt::format("2026-03-{:02} 09:00:00", day + 1));
        EXPECT_EQ(passAt(shanghai(2026, 3, day + 1, 10h)), Names{});
        EXPECT_EQ(world_.blocked(number)->advice.reason, "final_state");
    }
}

TEST_F(TezhongTest, AnExpiredOneIsCancelledOrLapses) {
    for (const auto& [policy, calls, state] : {std::tuple{Policy::Expired::Cancel, "update.05", "05"},
                                               std::tuple{Policy::Expired::Lapse, "update.04", "06"}}) {
        World world{1, CertificateType::Tezhong};
        world.policy.expired = policy;
        world.province.add({.category = "04", .number = kNumber, .expires = "2026-03-10"});
        (void)world.firstRun();
        (void)world.callsSince();
        world.clock.set(shanghai(2026, 3, 10, 23h));
        (void)world.pass();
        EXPECT_EQ(world.callsSince(), Names{});
        world.clock.set(shanghai(2026, 3, 11));
        (void)world.pass();
        EXPECT_EQ(world.callsSince(), Names{calls});
        EXPECT_EQ(world.platform.registry().find(kNumber)->state(), state);
    }
}

TEST_F(TezhongTest, ALostReplyIsSettledWithoutAQuery) {
    for (const auto repeat : {sim::national::Repeat::SameReply, sim::national::Repeat::Exists}) {
        World world{2, CertificateType::Tezhong};
        sim::national::Rules rules = world.platform.registry().rules();
        rules.repeat = repeat;
        world.platform.registry().setRules(rules);
        world.province.add({.category = "04", .number = kNumber});
        world.platform.breakAt(1, RegistryPlatform::Break::LostAfter);
        (void)world.firstRun();
        world.settle();
        const auto entry = world.platform.registry().find(kNumber);
        ASSERT_TRUE(entry);
        EXPECT_FALSE(entry->doubled);
        EXPECT_EQ(std::ranges::count(world.callsSince(), "query"), 0);
        const bool told = repeat == sim::national::Repeat::SameReply;
        EXPECT_EQ(entry->collected, told);
        EXPECT_EQ(world.blocked(kNumber).has_value(), !told);  // nobody can say: a person decides
    }
}

TEST_F(TezhongTest, OnePersonMayHoldTwoOfOneKind) {
    add({.id = 2, .number = "鲁A042025000002", .person = 1});
    (void)firstRun();
    EXPECT_EQ(national(kNumber).state(), "01");
    EXPECT_EQ(national("鲁A042025000002").state(), "01");
}

}  // namespace
}  // namespace lianzheng::test
