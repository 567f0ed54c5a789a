#include "mappings/certificate_type.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "mappings/licence_identifier.h"
#include "mappings/special_number.h"

namespace lianzheng {
namespace {

using enum CertificateType;

/// The Chinese names that the document gives the codes of each type (section 4).
const std::pair<const char*, const char*> kAnguanStates[] = {{"01", "有效"}, {"02", "暂扣"}, {"03", "撤销"},
                                                             {"04", "注销"}, {"05", "失效"}, {"06", "办理转出"},
                                                             {"07", "吊销"}, {"99", "其他"}};
const std::pair<const char*, const char*> kTezhongStates[] = {
    {"01", "有效"}, {"02", "暂扣"}, {"03", "吊销"}, {"04", "撤销"}, {"05", "注销"}, {"06", "失效"}, {"99", "其他"}};

TEST(CertificateTypeTest, OneCodeMeansTwoThings) {
    for (const auto& [code_, name] : kAnguanStates) EXPECT_EQ(chineseName(certStateOf(Anguan, code_).value()), name);
    for (const auto& [code_, name] : kTezhongStates) EXPECT_EQ(chineseName(certStateOf(Tezhong, code_).value()), name);
    EXPECT_FALSE(certStateOf(Tezhong, "07"));
    EXPECT_EQ(operateTypeOf(Anguan, "08"), OperateType::TransferIn);
    EXPECT_EQ(operateTypeOf(Tezhong, "08"), OperateType::Change);
    EXPECT_FALSE(operateTypeOf(Tezhong, "09"));
    EXPECT_FALSE(operateTypeOf(Tezhong, "10"));
}

TEST(CertificateTypeTest, EveryCodeComesBackAsItWas) {
    for (const CertificateType type : {Anguan, Tezhong}) {
        std::set<std::string> states;
        for (int value = 0; value <= 99; ++value) {
            const auto state = static_cast<CertState>(value);
            const std::string_view spelt = code(type, state);
            if (spelt.empty()) continue;
            EXPECT_TRUE(states.insert(std::string(spelt)).second);
            EXPECT_EQ(certStateOf(type, spelt), state);
        }
        EXPECT_EQ(states.size(), type == Anguan ? 8U : 7U);
        for (int value = 1; value <= 10; ++value) {
            const auto operation = static_cast<OperateType>(value);
            const std::string_view spelt = code(type, operation);
            if (spelt.empty()) continue;
            EXPECT_EQ(operateTypeOf(type, spelt), operation);
        }
        EXPECT_EQ(certStateOf(type, ""), CertState::None);
        EXPECT_EQ(certificateTypeOf(word(type)), type);
    }
    EXPECT_FALSE(certificateTypeOf("other"));
    EXPECT_EQ(code(Tezhong, CertState::TransferredOut), "");
    EXPECT_EQ(code(Tezhong, OperateType::TransferIn), "");
    EXPECT_EQ(code(Tezhong, OperateType::CancelTransferOut), "");
}

TEST(CertificateTypeTest, EachHasFieldsOfItsOwn) {
    for (const Field field : {Field::CompanyName, Field::CreditCode, Field::TechnicalTitle, Field::CategoryCode}) {
        EXPECT_TRUE(carries(Anguan, field));
        EXPECT_FALSE(carries(Tezhong, field));
    }
    EXPECT_TRUE(carries(Tezhong, Field::OperationCategory));
    EXPECT_FALSE(carries(Anguan, Field::OperationCategory));
    EXPECT_TRUE(carries(Tezhong, Field::Name) && carries(Anguan, Field::Name));
}

TEST(SpecialNumberTest, IsNormalisedAndTakenApart) {
    for (const char* text : {"鲁A042025000123", " 鲁a 04 2025 000123 ", "鲁Ａ０４２０２５０００１２３"}) {
        const auto number = SpecialNumber::parse(text);
        ASSERT_TRUE(number) << text;
        EXPECT_EQ(number->str(), "鲁A042025000123");
        EXPECT_EQ(number->category(), "04");
        EXPECT_EQ(number->yearAndSerial(), "2025000123");
    }
    for (const char* text : {"鲁A04202500012", "鲁A0420250001234", "A042025000123", "鲁1042025000123",
                             "鲁A043025000123", "鲁A04202500012X", "鲁建安B（2023）0000001"}) {
        EXPECT_FALSE(SpecialNumber::parse(text)) << text;
    }
    EXPECT_EQ(SpecialNumber::parse("　").error().rule, Rule::Missing);
}

TEST(SpecialNumberTest, ItsLicenceHasAShorterSerial) {
    const auto number = SpecialNumber::parse("鲁A042023000040");
    const auto first = LicenceIdentifier::first(licenceType(Tezhong), "113700000045030270", number->yearAndSerial());
    EXPECT_TRUE(LicenceIdentifier::parse(first.str()));
    EXPECT_EQ(first.version(), 1);
    EXPECT_TRUE(LicenceIdentifier::parse(first.next().str()));
}

}  // namespace
}  // namespace lianzheng
