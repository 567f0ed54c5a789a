#include "gateway/sync/read_back.h"

#include <gtest/gtest.h>

#include "settlement_cases.h"

namespace lianzheng {
namespace {

Certificate with(Field field, std::string value) {
    Certificate record = sentRecord();
    record[field] = std::move(value);
    return record;
}

TEST(ReadBackTest, AcceptedWhenAllIsAsSentAndThisEventChangedSomething) {
    const Standing known = knownStanding();
    EXPECT_EQ(judgeReadBack(changeStep(), known.acknowledged, "ID-1", shown(sentRecord())), ReadBack::Accepted);
    EXPECT_EQ(judgeReadBack(issueStep(), Acknowledged{}, "", shown(sentRecord())), ReadBack::Accepted);
}

TEST(ReadBackTest, NotAcceptedWhenWhatThisEventChangesIsOtherwise) {
    const Standing known = knownStanding();
    EXPECT_EQ(judgeReadBack(changeStep(), known.acknowledged, "ID-1", shown(with(Field::CompanyName, "旧公司"))),
              ReadBack::NotAccepted);
    EXPECT_EQ(judgeReadBack(issueStep(), Acknowledged{}, "", shown(with(Field::IdentityCard, "370102199001010029"))),
              ReadBack::NotAccepted);
}

TEST(ReadBackTest, UnclearWhenOnlyWhatThisEventLeftAloneIsOtherwise) {
    const Standing known = knownStanding();
    EXPECT_EQ(judgeReadBack(changeStep(), known.acknowledged, "ID-1", shown(with(Field::IssuAuth, "另一机关"))),
              ReadBack::Unclear);
}

TEST(ReadBackTest, AbsentWhenTheNumberIsNotShown) {
    EXPECT_EQ(judgeReadBack(issueStep(), Acknowledged{}, "", Holdings{}), ReadBack::Absent);
    EXPECT_EQ(judgeReadBack(issueStep(), Acknowledged{}, "", shown(with(Field::CertNum, "鲁建安A（2023）0000001"))),
              ReadBack::Absent);
    EXPECT_EQ(judgeReadBack(collectStep(), Acknowledged{}, "", Holdings{}), ReadBack::Absent);
}

TEST(ReadBackTest, UnclearWhenNothingVisibleWasChanged) {
    Standing known = knownStanding();
    known.acknowledged.record = with(Field::Appointment, "99");  // the reply does not show it
    EXPECT_EQ(judgeReadBack(changeStep(), known.acknowledged, "ID-1", shown(sentRecord())), ReadBack::Unclear);
}

TEST(ReadBackTest, WhatWasUnknownBeforeProvesNothing) {
    Standing adopted = knownStanding();
    adopted.acknowledged.known.reset(static_cast<std::size_t>(Field::CompanyName));
    EXPECT_EQ(judgeReadBack(changeStep(), adopted.acknowledged, "ID-1", shown(sentRecord())), ReadBack::Unclear);
}

TEST(ReadBackTest, AFieldThatIsNotShownIsNotCompared) {
    const Standing known = knownStanding();
    EXPECT_EQ(judgeReadBack(changeStep(), known.acknowledged, "ID-1", shown(with(Field::Name, ""))),
              ReadBack::Accepted);
}

TEST(ReadBackTest, AnUpdateIsJudgedByItsStateAlone) {
    const Standing known = knownStanding();
    const Step end = endStep(CertState::Revoked);
    EXPECT_EQ(judgeReadBack(end, known.acknowledged, "ID-1", shown(with(Field::CertState, "03"))), ReadBack::Accepted);
    EXPECT_EQ(judgeReadBack(end, known.acknowledged, "ID-1", shown(sentRecord())), ReadBack::NotAccepted);
}

TEST(ReadBackTest, AChangeOfIdentityIsJudgedByItsThreeFields) {
    const Standing known = knownStanding();
    Step step = changeStep();
    step.request = ChangeIdentity{"event", with(Field::IdentityCard, "370102199001010029"), ""};
    EXPECT_EQ(judgeReadBack(step, known.acknowledged, "ID-1", shown(with(Field::IdentityCard, "370102199001010029"))),
              ReadBack::Accepted);
    EXPECT_EQ(judgeReadBack(step, known.acknowledged, "ID-1", shown(sentRecord())), ReadBack::NotAccepted);
}

TEST(ReadBackTest, ACollectIsJudgedByItsIdentifier) {
    EXPECT_EQ(judgeReadBack(collectStep(), {}, "ID-1", shown(sentRecord(), "ID-2")), ReadBack::Accepted);
    EXPECT_EQ(judgeReadBack(collectStep(), {}, "ID-1", shown(sentRecord(), "ID-1")), ReadBack::NotAccepted);
    EXPECT_EQ(judgeReadBack(collectStep(), {}, "ID-2", shown(sentRecord(), "ID-2")), ReadBack::Unclear);
}

TEST(AdoptedFromTest, WhatIsShownIsKnownAndNothingElse) {
    const Holdings holdings = shown(sentRecord(), "ID-1");
    const Outcome out = adoptedFrom(holdings.items.front(), unknownStanding().ledger);
    EXPECT_EQ(out.ledger.state, CertState::Valid);
    EXPECT_EQ(out.ledger.origin, Origin::Adopted);
    EXPECT_EQ(out.ledger.zzeCertId, "ID-1");
    EXPECT_TRUE(out.ledger.codeMissing);
    EXPECT_TRUE(out.ledger.dirty);
    EXPECT_TRUE(out.acknowledged.knows(Field::CompanyName));
    EXPECT_FALSE(out.acknowledged.knows(Field::Appointment));
}

TEST(AdoptedFromTest, OneThatIsThereIsNeverUnregistered) {
    for (const char* state : {"", "08"}) {
        const Holdings holdings = shown(with(Field::CertState, state));
        EXPECT_EQ(adoptedFrom(holdings.items.front(), unknownStanding().ledger).ledger.state, CertState::Valid)
            << state;
    }
}

TEST(CorrectedByTest, ThePlatformsWordReplacesWhatWeRemember) {
    const Standing known = knownStanding();
    const Holdings holdings = shown(with(Field::CertState, "02"), "ID-7");
    const Outcome out = correctedBy(holdings.items.front(), known.ledger, known.acknowledged);
    EXPECT_EQ(out.ledger.state, CertState::Suspended);
    EXPECT_EQ(out.ledger.zzeCertId, "ID-7");
    EXPECT_TRUE(out.ledger.push.none());
    EXPECT_EQ(out.acknowledged.record[Field::CompanyName], "新公司");
    EXPECT_EQ(out.acknowledged.record[Field::Appointment], "07");
    EXPECT_EQ(out.ledger.codeId, "CODE-1");
}

}  // namespace
}  // namespace lianzheng
