#include <gtest/gtest.h>
#include <time.h>

#include <cstdlib>

#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

/// The host's own zone is not the province's.
class TimeTest : public ::testing::Test {
protected:
    TimeTest() {
        setenv("TZ", "UTC", 1);
        tzset();
    }
    Names passAt(TimePoint at) {
        world_.clock.set(at);
        (void)world_.pass();
        return world_.callsSince();
    }
    void inStep(const Holder& holder) {
        world_.province.add(holder);
        (void)world_.firstRun();
        (void)world_.callsSince();
    }

    World world_;
};

TEST_F(TimeTest, ACertificateEndsAtMidnightInShanghai) {
    inStep({.expires = "2026-03-10"});
    EXPECT_EQ(passAt(shanghai(2026, 3, 10, 24h - 1s)), Names{});
    EXPECT_EQ(passAt(shanghai(2026, 3, 11)), Names{"update.05"});
    EXPECT_EQ(world_.national(1).state(), "04");
    EXPECT_EQ(passAt(shanghai(2026, 3, 12)), Names{});
}

TEST_F(TimeTest, ARenewalInHandHoldsTheEndBackForTwentyDays) {
    inStep({.expires = "2026-03-10"});
    world_.province.set(1, "YQ = '1'", "2026-03-02 09:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 11)), Names{});
    EXPECT_EQ(passAt(shanghai(2026, 3, 30, 24h - 1s)), Names{});
    EXPECT_EQ(passAt(shanghai(2026, 3, 31)), Names{"update.05"});
}

TEST_F(TimeTest, ARenewalWithinTheGraceIsARenewal) {
    inStep({.expires = "2026-03-10"});
    world_.province.set(1, "YQ = '1'", "2026-03-02 09:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 11)), Names{});
    world_.province.set(1, "YQ = '0', YXQZ = '2029-03-10', FZRQ = '2026-03-15'", "2026-03-15 09:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 15, 10h)), (Names{"assign.02", "collect"}));
}

TEST_F(TimeTest, ALateRenewalRevivesWhatOurOwnExpiryEnded) {
    inStep({.expires = "2026-03-10"});
    EXPECT_EQ(passAt(shanghai(2026, 3, 11)), Names{"update.05"});
    world_.province.set(1, "YXQZ = '2029-03-10', FZRQ = '2026-03-20'", "2026-03-20 09:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 20, 10h)), (Names{"assign.02", "collect"}));
    EXPECT_EQ(world_.national(1).state(), "01");
}

TEST_F(TimeTest, ASuspensionIsLiftedAndItsLicenceMadeAnew) {
    inStep({.licenceTime = "2026-03-02 08:00:01"});
    const std::string codeId = world_.ledger(1).codeId;
    EXPECT_NE(world_.ledger(1).zzeCertId.find(".001."), std::string::npos);

    world_.province.set(1, "ZK = '1'", "2026-03-03 09:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 3, 10h)), Names{"update.03"});
    // What else changes meanwhile waits: 09 would lift the suspension.
    world_.province.set(1, "DW = '新单位'", "2026-03-04 09:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 4, 10h)), Names{});

    world_.province.set(1, "ZK = '0', DW = '单位1'", "2026-03-05 09:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 5, 10h)), Names{"update.06"});
    EXPECT_EQ(passAt(shanghai(2026, 3, 5, 11h)), Names{});  // the old file is not the new one
    world_.province.set(1, "ZZSJ = '2026-03-05 12:00:00', ZZDZ = 'https://licences.example/2'", "2026-03-05 12:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 5, 13h)), Names{"collect"});
    EXPECT_EQ(world_.ledger(1).codeId, codeId);
    EXPECT_NE(world_.ledger(1).zzeCertId.find(".002."), std::string::npos);
    EXPECT_EQ(world_.national(1).zzeCertId, world_.ledger(1).zzeCertId);
    EXPECT_EQ(passAt(shanghai(2026, 3, 6)), Names{});
}

/// Suspensions in a table of their own, joined by a view, with a time of their own that the certificate's row does not
/// share.
class OtherTableTest : public TimeTest {
protected:
    OtherTableTest() {
        world_.province.run("CREATE TABLE ZKJL (ZSID INTEGER, ZKBZ TEXT, ZKSJ TEXT)");
        world_.province.run(
            "CREATE VIEW ZSQB AS SELECT ZS.*, ZKJL.ZKBZ, ZKJL.ZKSJ FROM ZS LEFT JOIN ZKJL ON ZKJL.ZSID = ZS.ID");
        world_.editMapping("table: ZS\n", "view: ZSQB\n");
        world_.editMapping("when: {ZK: \"1\"}", "when: {ZKBZ: \"1\"}");
    }
    void suspend() { world_.province.run("INSERT INTO ZKJL VALUES (1, '1', '2026-03-03 09:00:00')"); }
    void restore() { world_.province.run("UPDATE ZKJL SET ZKBZ = '0', ZKSJ = '2026-03-05 09:00:00'"); }
};

TEST_F(OtherTableTest, ASuspensionInAnotherTableIsSentAndLifted) {
    world_.editMapping("{column: GXSJ, zone", "{greatest: [GXSJ, ZKSJ], zone");
    world_.reopen();
    inStep({.licenceTime = "2026-03-02 08:00:01"});
    suspend();
    EXPECT_EQ(passAt(shanghai(2026, 3, 3, 10h)), Names{"update.03"});
    EXPECT_EQ(world_.national(1).state(), "02");
    restore();
    EXPECT_EQ(passAt(shanghai(2026, 3, 5, 10h)), Names{"update.06"});
    EXPECT_EQ(world_.national(1).state(), "01");
    world_.province.set(1, "ZZSJ = '2026-03-05 12:00:00', ZZDZ = 'https://licences.example/2'", "2026-03-05 12:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 5, 13h)), Names{"collect"});
    EXPECT_EQ(passAt(shanghai(2026, 3, 6)), Names{});
}

/// A view that shows no time of that table: the full pass finds it, and says that the watermark did not.
TEST_F(OtherTableTest, ASuspensionThatMovesNoTimeIsFoundByTheFullPass) {
    world_.reopen();
    inStep({.licenceTime = "2026-03-02 08:00:01"});
    EXPECT_EQ(passAt(shanghai(2026, 3, 3)), Names{});
    suspend();
    EXPECT_EQ(passAt(shanghai(2026, 3, 3, 10h)), Names{});
    PassOptions full;
    full.full = true;
    EXPECT_EQ(world_.pass(full).tally.missed, 1U);
    EXPECT_EQ(world_.callsSince(), Names{"update.03"});
}

TEST_F(TimeTest, ARenewalWithANewEmployerIsOneRenewal) {
    inStep({.expires = "2026-03-20"});
    world_.province.set(1, "DW = '新单位', XYDM = '" + companyOf(9) + "', FZRQ = '2026-03-05', YXQZ = '2029-03-20'",
                        "2026-03-05 09:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 5, 10h)), (Names{"assign.02", "collect"}));
    EXPECT_EQ(world_.national(1).at("companyName"), "新单位");
    EXPECT_EQ(world_.national(1).at("expiringDate"), "2029-03-20");
}

/// The file's time often lies in another table than the modification time.
TEST_F(TimeTest, ALicenceThatMovesNoModificationTimeIsFoundByThePoll) {
    inStep({.licenceTime = ""});
    EXPECT_EQ(passAt(shanghai(2026, 3, 2, 9h)), Names{});
    world_.province.run("UPDATE ZS SET ZZSJ = '2026-03-02 09:30:00'");
    EXPECT_EQ(passAt(shanghai(2026, 3, 2, 10h)), Names{"collect"});
}

TEST_F(TimeTest, AChangeWaitsForTheLicenceOfTheOneBefore) {
    inStep({.licenceTime = ""});
    world_.province.set(1, "DW = '新单位'", "2026-03-02 09:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 2, 10h)), Names{});
    world_.province.set(1, "ZZSJ = '2026-03-02 11:00:00'", "2026-03-02 11:00:00");
    EXPECT_EQ(passAt(shanghai(2026, 3, 2, 12h)), (Names{"collect", "assign.09"}));
}

}  // namespace
}  // namespace lianzheng::test
