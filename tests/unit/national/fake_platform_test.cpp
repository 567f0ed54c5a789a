#include "tests/support/fake_platform.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

class FakePlatformTest : public testing::Test {
protected:
    static AssignCode assign(const std::string& eCertId) {
        AssignCode call;
        call.eCertId = eCertId;
        call.operateType = OperateType::Issue;
        call.record[Field::CertNum] = "N";
        call.record[Field::IdentityCard] = "P";
        call.record[Field::Major] = "M";
        return call;
    }
    Result<Verdict> call(Request request) { return callAndWait(platform, std::move(request), {}).outcome; }

    FakePlatform platform;
};

TEST_F(FakePlatformTest, AnEventIsAcceptedOnce) {
    const auto first = call(assign("e1"));
    const auto again = call(assign("e1"));
    EXPECT_EQ(first->code->codeId, again->code->codeId);
    EXPECT_EQ(platform.registry().at("N").accepted, std::vector<std::string>{"e1"});
    platform.repeat = FakePlatform::Repeat::NumberExists;
    EXPECT_EQ(call(assign("e1"))->kind, Verdict::Kind::Refused);
    EXPECT_EQ(platform.sent.size(), 3U);
}

TEST_F(FakePlatformTest, ACallBreaksBeforeOrAfterItsEffect) {
    platform.failBefore(1);
    EXPECT_EQ(call(assign("e1")).error().fault, Fault::InDoubt);
    EXPECT_TRUE(platform.registry().empty());
    platform.failAfter(1);
    EXPECT_EQ(call(assign("e1")).error().fault, Fault::InDoubt);
    EXPECT_EQ(platform.registry().at("N").accepted.size(), 1U);
    EXPECT_TRUE(call(assign("e1")));
    EXPECT_EQ(platform.registry().at("N").accepted.size(), 1U);
}

TEST_F(FakePlatformTest, ScriptedOutcomesComeFirst) {
    platform.failNext({Fault::Throttled, "platform", "429", std::chrono::seconds{3}});
    platform.refuseNext("必须在同一个企业下");
    platform.warnNext("注意");
    EXPECT_EQ(call(assign("e1")).error().retryAfter, std::chrono::seconds{3});
    EXPECT_EQ(call(assign("e1"))->message, "必须在同一个企业下");
    EXPECT_TRUE(platform.registry().empty());
    EXPECT_EQ(call(assign("e1"))->kind, Verdict::Kind::AcceptedWithWarnings);
    EXPECT_EQ(call(assign("e1"))->kind, Verdict::Kind::Accepted);
}

TEST_F(FakePlatformTest, AQueryShowsWhatTheReplyHasFieldsFor) {
    ASSERT_TRUE(call(assign("e1")));
    const auto held = call(QueryCertificate{.certNum = "N", .identityCard = {}});
    ASSERT_EQ(held->holdings->items.size(), 1U);
    EXPECT_EQ(held->holdings->items[0].record[Field::IdentityCard], "P");
    EXPECT_EQ(held->holdings->items[0].record[Field::Major], "");
    EXPECT_TRUE(call(QueryCertificate{.certNum = "N", .identityCard = "Q"})->holdings->items.empty());
}

TEST_F(FakePlatformTest, AWholeLife) {
    const std::string codeId = call(assign("e1"))->code->codeId;
    EXPECT_EQ(call(CollectLicence{codeId, "Z", "u"})->kind, Verdict::Kind::Accepted);
    EXPECT_EQ(call(CollectLicence{"unknown", "Z", "u"})->kind, Verdict::Kind::Refused);
    UpdateState suspend{
        .eCertId = "e2", .operateType = OperateType::Suspend, .record = assign("").record, .zzeCertId = "Z"};
    suspend.record[Field::CertState] = "02";
    EXPECT_EQ(call(suspend)->kind, Verdict::Kind::Accepted);
    ChangeIdentity change{.eCertId = "e2", .record = assign("").record, .url = {}};
    change.record[Field::IdentityCard] = "P2";
    EXPECT_EQ(call(change)->kind, Verdict::Kind::Accepted);
    const auto& entry = platform.registry().at("N");
    EXPECT_TRUE(entry.collected);
    EXPECT_EQ(entry.record[Field::CertState], "02");
    EXPECT_EQ(entry.record[Field::IdentityCard], "P2");
    EXPECT_EQ(entry.accepted, (std::vector<std::string>{"e1", "e2"}));
    EXPECT_EQ(entry.identityChanges, 1U);
}

TEST_F(FakePlatformTest, HeldRepliesWaitForTheirRelease) {
    platform.hold();
    platform.start(assign("e1"));
    EXPECT_TRUE(platform.poll(std::chrono::milliseconds{0}, {}).empty());
    EXPECT_EQ(platform.underWay(), 1U);
    platform.release();
    EXPECT_EQ(platform.poll(std::chrono::milliseconds{0}, {}).size(), 1U);
}

}  // namespace
}  // namespace lianzheng
