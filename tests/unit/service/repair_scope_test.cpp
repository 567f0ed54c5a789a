#include "gateway/service/repair_scope.h"

#include <gtest/gtest.h>

#include <string>

#include "gateway/reconcile/finding_kind.h"

namespace lianzheng {
namespace {

Finding finding(FindingKind kind, const std::string& field = "", const std::string& nextStep = "") {
    Finding made;
    made.number = "鲁建安B（2023）0000001";
    made.kind = word(kind);
    made.field = field;
    made.nextStep = nextStep;
    return made;
}

Step step(Request request) {
    Step made;
    made.request = std::move(request);
    return made;
}

AssignCode change() {
    AssignCode made;
    made.operateType = OperateType::Change;
    return made;
}

UpdateState end() {
    UpdateState made;
    made.operateType = OperateType::End;
    return made;
}

/// The kinds that it mends, each with a next step.
std::string mended(const Step& by) {
    std::string kinds;
    for (const FindingKind kind : kFindingKinds) {
        if (mends(by, finding(kind, "companyName", stepName(by)))) kinds += std::string(word(kind)) + " ";
    }
    return kinds;
}

TEST(RepairScopeTest, AStepMendsWhatItChanges) {
    EXPECT_EQ(mended(step(change())), "missing_national field_mismatch state_mismatch expired_not_cancelled ");
    EXPECT_EQ(mended(step(end())), "state_mismatch expired_not_cancelled ");
    EXPECT_EQ(mended(step(ChangeIdentity{})), "identity_mismatch ");
    EXPECT_EQ(mended(step(CollectLicence{})), "");
    EXPECT_TRUE(mends(step(ChangeIdentity{}), finding(FindingKind::FieldMismatch, "birthDate")));
    EXPECT_FALSE(mends(step(change()), finding(FindingKind::FieldMismatch, "education"))) << "it is not loaded";
}

TEST(RepairScopeTest, OnlyThatIsBeingRepaired) {
    const std::vector<Finding> open{finding(FindingKind::StateMismatch, "", "update.05"),
                                    finding(FindingKind::IdentifierDuplicate, "zzeCertID"),
                                    finding(FindingKind::FieldMismatch, "companyName", "update.05")};
    const TimePoint now{std::chrono::milliseconds{1'700'000'000'000}};
    const auto moves = repairing(step(end()), open, 7, now);
    ASSERT_EQ(moves.size(), 1U);
    const auto& move = std::get<MoveFinding>(moves.front());
    EXPECT_EQ(move.number, open.front().number);
    EXPECT_EQ(move.kind, "state_mismatch");
    EXPECT_EQ(move.field, "");
    EXPECT_EQ(move.stage, FindingStage::Repairing);
    EXPECT_EQ(move.actor, "gateway");
    EXPECT_EQ(move.run, 7);
    EXPECT_EQ(move.at, now);
}

}  // namespace
}  // namespace lianzheng
