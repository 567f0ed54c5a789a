#include "gateway/reporting/verification.h"

#include <gtest/gtest.h>

#include "gateway/reporting/statement_page.h"

namespace lianzheng {
namespace {

using Answer = CertificateSide::Answer;

constexpr const char* kPerson = "11010519491231002X";

CertificateSide side(CertState state, const std::string& name = "王·小明") {
    CertificateSide made;
    made.answer = Answer::Told;
    made.told.known.set();
    made.told.record[Field::CertState] = code(state);
    made.told.record[Field::Name] = name;
    made.told.record[Field::IdentityCard] = kPerson;
    made.told.record[Field::CompanyName] = "山东一建 <b>&</b>";
    made.told.record[Field::ExpiringDate] = "2027-01-01";
    made.identifier = "1.2.156.3005.2.X";
    made.readAt = Date::parse("2026-03-02")->beginsInShanghai() + std::chrono::hours{9};
    made.rows = 1;
    return made;
}

Verification verification(CertificateSide province, CertificateSide ledger, CertificateSide national) {
    Verification made;
    made.number = "鲁建安B（2023）0000001";
    made.province = std::move(province);
    made.ledger = std::move(ledger);
    made.national = std::move(national);
    made.at = Date::parse("2026-03-02")->beginsInShanghai() + std::chrono::hours{10};
    made.evidenceHead = "12:abcdef";
    return made;
}

Agreement agreement(const Verification& verification, const std::string& name) {
    for (const ComparedField& field : comparedFields(verification, Language::Chinese)) {
        if (field.name == name) return field.agreement;
    }
    ADD_FAILURE() << name;
    return Agreement::Unknown;
}

std::string resultOf(const Verification& verification) {
    return std::string(lianzheng::resultOf(verification, comparedFields(verification, Language::Chinese)));
}

std::string conclusion(const Verification& verification, Language language = Language::Chinese) {
    std::string text;
    for (const std::string& each : conclusionOf(verification, comparedFields(verification, language), language)) {
        text += each;
    }
    return text;
}

TEST(VerificationTest, ThreeSidesThatSayTheSameAgree) {
    const Verification same =
        verification(side(CertState::Valid), side(CertState::Valid), side(CertState::Valid, "王•小明"));
    EXPECT_EQ(agreement(same, "name"), Agreement::Same);
    EXPECT_EQ(agreement(same, "certState"), Agreement::Same);
    EXPECT_EQ(agreement(same, "zzeCertID"), Agreement::Same);
    EXPECT_EQ(agreement(same, "issuDate"), Agreement::Unknown);
    EXPECT_EQ(resultOf(same), "same");
}

TEST(VerificationTest, WhatOneSideSaysOtherwiseDiffers) {
    const Verification different =
        verification(side(CertState::Suspended), side(CertState::Valid), side(CertState::Valid, "王大明"));
    EXPECT_EQ(agreement(different, "certState"), Agreement::Different);
    EXPECT_EQ(agreement(different, "name"), Agreement::Different);
    EXPECT_EQ(resultOf(different), "different");
    EXPECT_NE(conclusion(different).find("不一致的项目：证书状态、姓名。"), std::string::npos) << conclusion(different);
    EXPECT_NE(conclusion(different, Language::English).find("What differs: certState, name."), std::string::npos);
}

TEST(VerificationTest, WhatEndedByItsDateIsTheSameByWhateverName) {
    CertificateSide province = side(CertState::Valid);
    CertificateSide national = side(CertState::Cancelled);
    province.told.record[Field::ExpiringDate] = national.told.record[Field::ExpiringDate] = "2026-03-01";
    EXPECT_EQ(agreement(verification(province, national, national), "certState"), Agreement::Same);
    // The end date is inclusive.
    province.told.record[Field::ExpiringDate] = national.told.record[Field::ExpiringDate] = "2026-03-02";
    EXPECT_EQ(agreement(verification(province, national, national), "certState"), Agreement::Different);
    // What the platform still shows as valid was not ended there.
    province = side(CertState::Lapsed);
    CertificateSide valid = side(CertState::Valid);
    province.told.record[Field::ExpiringDate] = valid.told.record[Field::ExpiringDate] = "2026-03-01";
    EXPECT_EQ(agreement(verification(province, valid, valid), "certState"), Agreement::Different);
}

TEST(VerificationTest, OneThatThePlatformNeverKnewDiffersUnlessItEndedBefore) {
    const CertificateSide none{.answer = Answer::Nothing};
    EXPECT_EQ(resultOf(verification(side(CertState::Valid), none, none)), "different");
    CertificateSide ended = side(CertState::Valid);
    ended.told.record[Field::ExpiringDate] = "2020-01-01";
    EXPECT_EQ(resultOf(verification(ended, none, none)), "same");
    EXPECT_EQ(resultOf(verification(none, none, none)), "not_found");
}

TEST(VerificationTest, WithoutAMachineQueryAPersonsLookIsShown) {
    Verification alone = verification(side(CertState::Valid), side(CertState::Valid), {});
    EXPECT_EQ(resultOf(alone), "same");
    EXPECT_NE(conclusion(alone).find("没有机器查询"), std::string::npos);
    EXPECT_NE(conclusion(alone).find("尚无人工查询记录"), std::string::npos);
    alone.look = HumanLook{alone.number, alone.at, "李经办", "门户显示有效"};
    EXPECT_NE(conclusion(alone).find("2026-03-02 10:00:00，李经办，结果“门户显示有效”"), std::string::npos);
    alone.national = {.answer = Answer::Away};
    EXPECT_EQ(resultOf(alone), "incomplete");
    EXPECT_NE(conclusion(alone).find("未答复"), std::string::npos);
}

TEST(VerificationTest, AnIdentityNumberIsMaskedInWhateverFieldItStands) {
    CertificateSide province = side(CertState::Valid);
    province.told.record[Field::CompanyName] = std::string("山东一建") + kPerson;
    province.identifier = kPerson;
    for (const ComparedField& field : comparedFields(verification(province, province, {}), Language::Chinese)) {
        EXPECT_EQ((field.province + field.ledger).find(kPerson), std::string::npos) << field.name;
    }
}

TEST(VerificationTest, SeveralRowsOfTheProvinceAreADifference) {
    Verification twice = verification(side(CertState::Valid), side(CertState::Valid), side(CertState::Valid));
    twice.province.rows = 2;
    EXPECT_EQ(resultOf(twice), "different");
    EXPECT_NE(conclusion(twice).find("2 条记录"), std::string::npos);
}

TEST(StatementPageTest, ItSaysAllThatThePaperNeedsAndMasksTheHolder) {
    const Verification made = verification(side(CertState::Suspended), side(CertState::Valid), side(CertState::Valid));
    for (const Language language : {Language::Chinese, Language::English}) {
        const std::string page = statementPage(made, language);
        for (const char* part : {"鲁建安B（2023）0000001", "110105********002X", "12:abcdef", "class=\"sign\"",
                                 "山东一建 &lt;b&gt;&amp;&lt;/b&gt;", "class=\"different\""}) {
            EXPECT_NE(page.find(part), std::string::npos) << part;
        }
        EXPECT_EQ(page.find(kPerson), std::string::npos);
        EXPECT_EQ(page.find("<script"), std::string::npos);
    }
    EXPECT_NE(statementPage(made, Language::Chinese).find("2026年3月2日"), std::string::npos);
}

}  // namespace
}  // namespace lianzheng
