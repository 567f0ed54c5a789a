#include "field_map_fixture.h"

#include <gmock/gmock.h>

#include <thread>

namespace lianzheng {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FieldMapTest : public testing::Test {
protected:
    FieldMapTest() {
        auto map = FieldMap::load(std::filesystem::path{LIANZHENG_MAPPINGS} / "anguan.yaml");
        if (!map) throw std::runtime_error(str(map.error().front()));
        map_ = std::make_unique<FieldMap>(std::move(*map));
    }
    [[nodiscard]] Desired with(std::initializer_list<std::pair<const char*, const char*>> changes) const {
        NamedRow row = soundRow();
        for (const auto& [column, text] : changes) row[column] = text;
        return mapped(*map_, row);
    }
    std::unique_ptr<FieldMap> map_;
};

TEST_F(FieldMapTest, ASoundRowHasNoProblemsAndEveryFieldButTheEmptyTitle) {
    const Desired desired = with({});
    EXPECT_THAT(words(desired.problems), IsEmpty());
    for (const Field field : kFields) {
        if (!carries(CertificateType::Anguan, field)) continue;
        const bool mayBeEmpty = field == Field::TechnicalTitle || field == Field::CertStatusDescription;
        EXPECT_EQ(desired.record[field].empty(), mayBeEmpty) << nationalName(field);
    }
    EXPECT_EQ(desired.facts.sourceKey, "SD0000000001");
    EXPECT_EQ(desired.facts.photoReference, "17");
    EXPECT_EQ(isoUtc(*desired.facts.licenceTime), "2023-08-02T00:30:00.000Z");
}

TEST_F(FieldMapTest, TheFirstIssueIsThisIssueWhereTheSentinelStands) {
    EXPECT_EQ(with({}).record[Field::IssuedDate], "2023-08-01");
    EXPECT_EQ(with({{"SCFZRQ", "2020/02/29"}}).record[Field::IssuedDate], "2020-02-29");
    EXPECT_THAT(words(with({{"SCFZRQ", "2021/02/29"}}).problems), ElementsAre("issuedDate: bad_date"));
}

TEST_F(FieldMapTest, StatesFollowTheOrderOfTheRules) {
    EXPECT_EQ(with({}).record[Field::CertState], "01");
    EXPECT_EQ(with({{"ZKBZ", "1"}}).record[Field::CertState], "02");
    EXPECT_EQ(with({{"ZKBZ", "1"}, {"QTBZ", "1"}, {"QTSM", "说明"}}).record[Field::CertState], "99");
    EXPECT_EQ(with({{"ZKBZ", "1"}, {"ZCBZ", "1"}}).record[Field::CertState], "06");
    EXPECT_EQ(with({{"ZXLX", "1"}, {"ZCBZ", "1"}}).record[Field::CertState], "04");
    EXPECT_EQ(with({{"ZXLX", "2"}}).record[Field::CertState], "03");
    EXPECT_EQ(with({{"ZXLX", "3"}}).record[Field::CertState], "07");
    EXPECT_EQ(with({{"ZKBZ", "1"}, {"ZKYY", "理由"}}).record[Field::CertStatusDescription], "理由");
    EXPECT_EQ(with({{"ZKBZ", "1"}}).record[Field::CertStatusDescription], "暂扣");
}

TEST_F(FieldMapTest, StateOtherMustSayWhatItIs) {
    EXPECT_THAT(words(with({{"QTBZ", "1"}}).problems), ElementsAre("certStatusDescription: missing"));
}

TEST_F(FieldMapTest, TheResidentNumberDecidesTheDocumentType) {
    EXPECT_EQ(with({{"ZJLX", "护照"}}).record[Field::IdentityCardType], "111");
    EXPECT_EQ(with({{"ZJLX", "护照"}, {"ZJHM", "E12345678"}}).record[Field::IdentityCardType], "999");
    EXPECT_EQ(with({{"ZJHM", "810000198702031213"}, {"CSRQ", "19870203"}}).record[Field::IdentityCardType], "999");
}

TEST_F(FieldMapTest, ANumberThatFailsItsCheckDigitIsNeverSentAsAnotherDocument) {
    EXPECT_THAT(words(with({{"ZJLX", "护照"}, {"ZJHM", "110105194912310021"}}).problems),
                ElementsAre("identityCard: check_digit"));
    EXPECT_THAT(words(with({{"ZJLX", "港澳台居民居住证"}, {"ZJHM", "810000198702031214"}}).problems),
                ElementsAre("identityCard: check_digit"));
    EXPECT_THAT(words(with({{"ZJHM", "E12345678"}}).problems), ElementsAre("identityCard: pattern"));
    EXPECT_THAT(words(with({{"ZJHM", "110105491231002"}}).problems), ElementsAre("identityCard: identity_15"));
}

TEST_F(FieldMapTest, BirthDateAndGenderAgreeWithTheResidentNumber) {
    EXPECT_THAT(words(with({{"CSRQ", "19491230"}}).problems), ElementsAre("birthDate: identity_disagrees"));
    EXPECT_THAT(words(with({{"XB", "1"}}).problems), ElementsAre("gender: identity_disagrees"));
    EXPECT_THAT(words(with({{"XB", "1"}, {"ZJLX", "护照"}, {"ZJHM", "E12345678"}}).problems), IsEmpty());
}

TEST_F(FieldMapTest, EachDefectIsNamedByFieldAndRule) {
    EXPECT_THAT(words(with({{"TYXYDM", "113700000045030271"}}).problems), ElementsAre("creditCode: check_digit"));
    EXPECT_THAT(words(with({{"TYXYDM", ""}}).problems), ElementsAre("creditCode: missing"));
    EXPECT_THAT(words(with({{"XL", "肄业"}}).problems), ElementsAre("educationDegree: no_code"));
    EXPECT_THAT(words(with({{"ZSBH", "鲁建安D（2023）0012345"}}).problems), ElementsAre("certNum: pattern"));
    EXPECT_THAT(words(with({{"YXQZ", "2023年7月31日"}}).problems), ElementsAre("expiringDate: date_order"));
    EXPECT_THAT(words(with({{"XM", "张\uE000"}}).problems), ElementsAre("name: private_use"));
    EXPECT_THAT(words(with({{"XM", "\xD5\xC5"}}).problems), ElementsAre("name: encoding"));
    EXPECT_THAT(words(with({{"XM", "张\x01三"}}).problems), ElementsAre("name: encoding"));
}

TEST_F(FieldMapTest, LengthsCountBytesInGbk) {
    std::string fifty;
    for (int i = 0; i < 50; ++i) fifty += "工";
    EXPECT_THAT(words(with({{"ZY", fifty.c_str()}}).problems), IsEmpty());
    EXPECT_THAT(words(with({{"ZY", (fifty + "a").c_str()}}).problems), ElementsAre("major: too_long"));
}

TEST_F(FieldMapTest, PositionsOfBAndCAreFixed) {
    EXPECT_EQ(with({{"ZSLX", "2"}, {"ZW", ""}}).record[Field::Appointment], "07");
    EXPECT_EQ(with({{"ZSLX", "33"}, {"ZW", "法人"}}).record[Field::Appointment], "08");
    EXPECT_THAT(words(with({{"ZW", ""}}).problems), ElementsAre("appointment: missing"));
}

TEST_F(FieldMapTest, AuthoritiesByDistrictAndTrade) {
    EXPECT_EQ(with({{"XZQH", "370211"}}).facts.authority, "370211");
    EXPECT_EQ(with({{"XZQH", "370202"}}).facts.authority, "370200");
    EXPECT_EQ(with({{"XZQH", "371202"}}).facts.authority, "370100");
    EXPECT_EQ(with({{"XZQH", "371102"}}).facts.authority, "371100");
    EXPECT_EQ(with({{"XZQH", "371102"}, {"HYLB", "市政"}}).facts.authority, "371100-cg");
    EXPECT_EQ(with({{"XZQH", ""}}).facts.authority, "province");
}

TEST_F(FieldMapTest, DigestsCoverWhatTheyPromise) {
    const Desired base = with({});
    const Desired later = with({{"GXSJ", "2024-01-01 00:00:00"}});
    EXPECT_EQ(later.seen, base.seen) << "the watermark starts nothing";

    const Desired photo = with({{"ZPBB", "other"}});
    EXPECT_NE(photo.push, base.push);
    EXPECT_NE(photo.seen, base.seen);
    EXPECT_EQ(photo.comparable, base.comparable);

    const Desired licence = with({{"ZZSJ", "2023-08-03 08:30:00"}});
    EXPECT_EQ(licence.push, base.push);
    EXPECT_NE(licence.seen, base.seen);

    const Desired name = with({{"XM", "李示例"}});
    EXPECT_NE(name.push, base.push);
    EXPECT_NE(name.comparable, base.comparable);

    const Desired renewal = with({{"YQBZ", "1"}});
    EXPECT_TRUE(renewal.facts.renewalInHand);
    EXPECT_NE(renewal.seen, base.seen);
    EXPECT_EQ(renewal.push, base.push);

    const Desired reason = with({{"ZKBZ", "1"}, {"ZKYY", "甲"}});
    const Desired otherReason = with({{"ZKBZ", "1"}, {"ZKYY", "乙"}});
    EXPECT_NE(reason.seen, otherReason.seen);
    EXPECT_EQ(reason.push, otherReason.push) << "a description goes with its state alone";
    EXPECT_EQ(reason.comparable, otherReason.comparable);
    EXPECT_EQ(reason.push, base.push) << "and the state apart from the fields";
    EXPECT_NE(reason.seen, base.seen);
}

TEST_F(FieldMapTest, ProblemsAreSeenThoughTheRecordIsTheSame) {
    const Desired unknown = with({{"XL", "肄业"}});
    const Desired missing = with({{"XL", ""}});
    EXPECT_EQ(unknown.push, missing.push);
    EXPECT_NE(unknown.seen, missing.seen);
}

TEST_F(FieldMapTest, ADesiredIsReusedWithoutATraceOfTheRowBefore) {
    NamedRow full = soundRow();
    full["YZSBH"] = "苏建安B(2022)0001234";
    full["XL"] = "肄业";
    full["ZKBZ"] = "1";
    const Desired fresh = mapped(*map_, soundRow());
    std::vector<Cell> first;
    std::vector<Cell> second;
    const NamedRow sound = soundRow();
    for (const std::string& column : map_->columns()) {
        const auto a = full.find(column);
        const auto b = sound.find(column);
        first.push_back(a == full.end() ? Cell{} : Cell{a->second, false});
        second.push_back(b == sound.end() ? Cell{} : Cell{b->second, false});
    }
    Desired reused;
    map_->map(first, reused);
    EXPECT_EQ(reused.facts.predecessorNumber, "苏建安B（2022）0001234");
    map_->map(second, reused);
    EXPECT_EQ(reused.record, fresh.record);
    EXPECT_EQ(reused.seen, fresh.seen);
    EXPECT_THAT(reused.problems, IsEmpty());
}

TEST_F(FieldMapTest, ARowOfNullsOrNothingIsMappedToo) {
    Desired out;
    map_->map({}, out);
    EXPECT_FALSE(out.problems.empty());
    EXPECT_EQ(out.facts.authority, "province");
}

TEST_F(FieldMapTest, SeveralThreadsMapAtOnce) {
    const Digest expected = with({}).seen;
    std::array<bool, 2> same{};
    {
        std::vector<std::jthread> threads;
        for (bool& result : same) {
            threads.emplace_back([&] {
                result = true;
                for (int i = 0; i < 200; ++i) result = result && with({}).seen == expected;
            });
        }
    }
    EXPECT_TRUE(same[0] && same[1]);
}

TEST_F(FieldMapTest, WhatAnOperationNeeds) {
    EXPECT_TRUE(map_->required(Field::Name, OperateType::Issue));
    EXPECT_FALSE(map_->required(Field::Name, OperateType::End));
    EXPECT_TRUE(map_->required(Field::CertNum, OperateType::End));
    EXPECT_FALSE(map_->required(Field::Major, OperateType::Issue));
}

TEST(PhotoDataUriTest, JpegAndPngByTheirFirstBytes) {
    EXPECT_EQ(*FieldMap::photoDataUri("\xFF\xD8\xFF\xE0"), "data:image/jpg;base64,/9j/4A==");
    EXPECT_EQ(*FieldMap::photoDataUri("\x89PNG\r\n\x1A\n"), "data:image/png;base64,iVBORw0KGgo=");
    EXPECT_EQ(*FieldMap::photoDataUri("\xFF\xD8\xFF"), "data:image/jpg;base64,/9j/");
}

TEST(PhotoDataUriTest, RefusalsAreValues) {
    EXPECT_EQ(FieldMap::photoDataUri("").error().rule, Rule::PhotoMissing);
    EXPECT_EQ(FieldMap::photoDataUri("GIF89a").error().rule, Rule::PhotoFormat);
    const std::string start = "\xFF\xD8\xFF";
    EXPECT_TRUE(FieldMap::photoDataUri(start + std::string(50 * 1024 - 3, 'x')));
    EXPECT_EQ(FieldMap::photoDataUri(start + std::string(50 * 1024 - 2, 'x')).error().rule, Rule::PhotoTooLarge);
}

}  // namespace
}  // namespace lianzheng
