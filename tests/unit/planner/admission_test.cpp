#include "gateway/planner/admission.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

using Kind = Admission::Kind;
using Numbers = std::vector<std::string>;

HeldCertificate held(const std::string& number, const std::string& category, const std::string& company,
                     const std::string& person = "p", bool legal = false, CertState state = CertState::Valid) {
    return {number, category, person, company, legal, state};
}

Step assign(const HeldCertificate& to, OperateType type) {
    AssignCode request;
    request.operateType = type;
    request.record[Field::CategoryCode] = to.category;
    request.record[Field::IdentityCard] = to.person;
    request.record[Field::CreditCode] = to.company;
    request.record[Field::Appointment] = *to.legal ? "01" : "07";
    request.record[Field::CertState] = "01";
    Step step;
    step.request = request;
    step.after = CertState::Valid;
    return step;
}

/// A change of employer.
Step move(const HeldCertificate& now, const std::string& company, OperateType type = OperateType::Change) {
    HeldCertificate to = now;
    to.company = company;
    return assign(to, type);
}

Step update(OperateType type, CertState after) {
    UpdateState request;
    request.operateType = type;
    Step step;
    step.request = request;
    step.after = after;
    step.releasing = true;
    return step;
}

HeldCertificate fresh(const std::string& number) { return {number, "", "", "", std::nullopt, CertState::None}; }

const HeldCertificate kB = held("b", "B", "X");
const HeldCertificate kC = held("c", "C3", "X");

TEST(AdmissionTest, WhatBreaksNoRuleIsSent) {
    EXPECT_EQ(admit(fresh("b"), assign(kB, OperateType::Issue), {}).kind, Kind::Send);
    const std::vector<Neighbour> beside{{kC}};
    EXPECT_EQ(admit(fresh("b"), assign(kB, OperateType::Issue), beside).kind, Kind::Send);
}

TEST(AdmissionTest, OnlyWhatComesToCountIsJudged) {
    const std::vector<Neighbour> others{{held("b2", "B", "X")}};
    EXPECT_EQ(admit(kB, update(OperateType::End, CertState::Cancelled), others).kind, Kind::Send);
    EXPECT_EQ(admit(kB, update(OperateType::Suspend, CertState::Suspended), others).kind, Kind::Send);
    HeldCertificate out = kB;
    out.state = CertState::TransferredOut;
    const Step back = update(OperateType::CancelTransferOut, CertState::Valid);
    EXPECT_EQ(admit(out, back, others).kind, Kind::Refused);
    EXPECT_EQ(admit(out, back, {}).kind, Kind::Send);
    Step collect;
    collect.request = CollectLicence{};
    collect.after = CertState::Valid;
    EXPECT_EQ(admit(kB, collect, others).kind, Kind::Send);
}

TEST(AdmissionTest, TheNewOneWaitsForTheEndOfTheOldOne) {
    const Step end = update(OperateType::End, CertState::Cancelled);
    const HeldCertificate old = held("old", "B", "X");
    const std::vector<Neighbour> ending{{old, &end}};
    const Admission admission = admit(fresh("b"), assign(kB, OperateType::Issue), ending);
    EXPECT_EQ(admission.kind, Kind::Wait);
    EXPECT_EQ(admission.on, Numbers{"old"});
    const std::vector<Neighbour> staying{{old}};
    const Admission refused = admit(fresh("b"), assign(kB, OperateType::Issue), staying);
    EXPECT_EQ(refused.kind, Kind::Refused);
    ASSERT_TRUE(refused.breach);
    EXPECT_EQ(refused.breach->rule, HoldingRule::OneB);
    EXPECT_EQ(refused.breach->with.number, "old");
}

TEST(AdmissionTest, AMergerWaitsForBoth) {
    const Step end = update(OperateType::End, CertState::Cancelled);
    const HeldCertificate c1 = held("c1", "C1", "X");
    const HeldCertificate c2 = held("c2", "C2", "X");
    const std::vector<Neighbour> both{{c1, &end}, {c2, &end}};
    EXPECT_EQ(admit(fresh("c"), assign(kC, OperateType::Issue), both).on, (Numbers{"c1", "c2"}));
    const std::vector<Neighbour> one{{c1, &end}, {c2}};
    EXPECT_EQ(admit(fresh("c"), assign(kC, OperateType::Issue), one).kind, Kind::Refused);
}

TEST(AdmissionTest, TheNewLegalRepresentativeWaitsForTheFormerOne) {
    const HeldCertificate former = held("a1", "A", "X", "q", true);
    const HeldCertificate next = held("a2", "A", "X", "p", true);
    for (const Step& leaving : {move(former, "Y"), assign(held("a1", "A", "X", "q", false), OperateType::Change),
                                update(OperateType::End, CertState::Cancelled)}) {
        const std::vector<Neighbour> others{{former, &leaving}};
        EXPECT_EQ(admit(fresh("a2"), assign(next, OperateType::Issue), others).on, Numbers{"a1"});
    }
    const std::vector<Neighbour> staying{{former}};
    EXPECT_EQ(admit(fresh("a2"), assign(next, OperateType::Issue), staying).kind, Kind::Refused);
}

TEST(AdmissionTest, BAndCGoTogether) {
    const Step moveB = move(kB, "Y");
    const Step moveC = move(kC, "Y");
    const std::vector<Neighbour> withC{{kC, &moveC}};
    EXPECT_EQ(admit(kB, moveB, withC).kind, Kind::Together);
    EXPECT_EQ(admit(kB, moveB, withC).on, Numbers{"c"});
    const HeldCertificate a = held("a", "A", "X");
    const Step moveA = move(a, "Y");
    const std::vector<Neighbour> all{{a, &moveA}, {kC, &moveC}};
    EXPECT_EQ(admit(kB, moveB, all).on, (Numbers{"a", "c"}));
    // An A that stays behind is another sentence of rule 6: nobody moves.
    const std::vector<Neighbour> withoutA{{a}, {kC, &moveC}};
    EXPECT_EQ(admit(kB, moveB, withoutA).kind, Kind::Refused);
    // One that is there already, as 法定代表人 of two companies, is enough.
    const HeldCertificate there = held("a2", "A", "Y", "p", true);
    const std::vector<Neighbour> atBoth{{a}, {there}, {kC, &moveC}};
    EXPECT_EQ(admit(kB, moveB, atBoth).on, Numbers{"c"});
}

TEST(AdmissionTest, OneThatMovesAloneIsRefused) {
    const std::vector<Neighbour> withC{{kC}};
    const Admission admission = admit(kB, move(kB, "Y"), withC);
    EXPECT_EQ(admission.kind, Kind::Refused);
    EXPECT_EQ(admission.breach->rule, HoldingRule::SameCompany);
    const Step elsewhere = move(kC, "Z");
    const std::vector<Neighbour> apart{{kC, &elsewhere}};
    EXPECT_EQ(admit(kB, move(kB, "Y"), apart).kind, Kind::Refused);
}

TEST(AdmissionTest, ARenewalIsNoPartOfABatch) {
    const Step renewal = move(kC, "Y", OperateType::Renew);
    const std::vector<Neighbour> withC{{kC, &renewal}};
    EXPECT_EQ(admit(kB, move(kB, "Y"), withC).kind, Kind::Refused);
    const Step change = move(kB, "Y");
    const std::vector<Neighbour> withB{{kB, &change}};
    EXPECT_EQ(admit(kC, renewal, withB).kind, Kind::Refused);
}

TEST(AdmissionTest, ANewOneWaitsForTheMoveOfTheOther) {
    const Step moveC = move(kC, "Y");
    const std::vector<Neighbour> others{{kC, &moveC}};
    const HeldCertificate b = held("b", "B", "Y");
    EXPECT_EQ(admit(fresh("b"), assign(b, OperateType::Issue), others).on, Numbers{"c"});
    EXPECT_EQ(admit(kC, moveC, std::vector<Neighbour>{{fresh("b")}}).kind, Kind::Send);
}

TEST(AdmissionTest, WhatMayHaveBeenSentIsWaitedFor) {
    const Step moveC = move(kC, "Y");
    const std::vector<Neighbour> others{{kC, &moveC, true}};
    EXPECT_EQ(admit(kB, move(kB, "Y"), others).kind, Kind::Wait);
}

}  // namespace
}  // namespace lianzheng
