#include "mappings/certificate_number.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace lianzheng {
namespace {

CertificateNumber number(std::string_view text) {
    Checked<CertificateNumber> parsed = CertificateNumber::parse(text);
    EXPECT_TRUE(parsed) << text;
    return *parsed;
}

TEST(CertificateNumberTest, ItsPartsAreReadable) {
    const CertificateNumber c3 = number("鲁建安C3（2023）0012345");
    EXPECT_EQ(c3.str(), "鲁建安C3（2023）0012345");
    EXPECT_EQ(c3.province(), "鲁");
    EXPECT_EQ(c3.category(), "C3");
    EXPECT_EQ(c3.year(), "2023");
    EXPECT_EQ(c3.serial(), "0012345");
    EXPECT_FALSE(c3.legacy());
    for (const std::string_view category : {"A", "B", "C1", "C2", "C3", "C"}) {
        EXPECT_EQ(number("鲁建安" + std::string(category) + "（2023）0012345").category(), category);
    }
}

TEST(CertificateNumberTest, SpellingsAreNormalised) {
    for (const std::string_view text :
         {"鲁建安C3(2023)0012345", "鲁建安C3（2023)0012345", "鲁建安c3（2023）0012345", " 鲁建安C3（2023）0012345  ",
          "鲁建安 C3 （2023） 0012345", "\u3000鲁 建\u00A0安C3（2023）0012345\t",
          "鲁建安Ｃ３（２０２３）００１２３４５", "鲁建安ｃ３（2023）0012345", "鲁建安C 3（2023）001 2345"}) {
        EXPECT_EQ(number(text).str(), "鲁建安C3（2023）0012345") << text;
    }
}

TEST(CertificateNumberTest, EveryProvinceIsReadOthersAreNot) {
    for (const std::string_view province :
         {"京", "津", "冀", "晋", "蒙", "辽", "吉", "黑", "沪", "苏", "浙", "皖", "闽", "赣", "鲁", "豫",
          "鄂", "湘", "粤", "桂", "琼", "渝", "川", "贵", "云", "藏", "陕", "甘", "青", "宁", "新", "兵"}) {
        EXPECT_EQ(number(std::string(province) + "建安B（2020）7654321").province(), province);
    }
    EXPECT_FALSE(CertificateNumber::parse("某建安B（2020）7654321"));
}

TEST(CertificateNumberTest, WhatIsNoNumberIsRefusedByRule) {
    for (const std::string_view empty : {"", "   ", "\u3000"}) {
        EXPECT_EQ(CertificateNumber::parse(empty).error(), (Invalid{"certNum", Rule::Missing}));
    }
    for (const std::string_view bad : {"鲁",
                                       "鲁建安",
                                       "建安A（2023）0012345",
                                       "鲁建A（2023）0012345",
                                       "鲁建安D（2023）0012345",
                                       "鲁建安C4（2023）0012345",
                                       "鲁建安A1（2023）0012345",
                                       "鲁建安A（2023）001234",
                                       "鲁建安A（2023）00123456",
                                       "鲁建安A2023）0012345",
                                       "鲁建安A（20230012345",
                                       "鲁建安A（023）0012345",
                                       "鲁建安A（3023）0012345",
                                       "鲁建安A（2023）001234X",
                                       "鲁建安A（2023）0012345号",
                                       "鲁建安A（2023）\xEF\xBC",
                                       "\xE9\xB2",
                                       "鲁建安A〔2023〕0012345",
                                       "鲁建操A（2023）0012345",
                                       "鲁建安）2023（0012345"}) {
        const Checked<CertificateNumber> parsed = CertificateNumber::parse(bad);
        ASSERT_FALSE(parsed) << bad;
        EXPECT_EQ(parsed.error(), (Invalid{"certNum", Rule::Pattern}));
    }
}

TEST(CertificateNumberTest, OnlyTheLegacyCIsRenumbered) {
    EXPECT_TRUE(number("鲁建安C（2019）0012345").legacy());
    EXPECT_EQ(number("鲁建安C(2019)0012345").converted().str(), "鲁建安C3（2019）0012345");
    for (const std::string_view kept : {"鲁建安A（2019）0012345", "鲁建安B（2019）0012345", "鲁建安C1（2019）0012345",
                                        "鲁建安C2（2019）0012345", "鲁建安C3（2019）0012345"}) {
        EXPECT_EQ(number(kept).converted().str(), kept);
    }
}

TEST(CertificateNumberTest, EverySpellingIsReadAsTheNumberOrItsLegacyForm) {
    for (const std::string_view text :
         {"鲁建安A（2019）0012345", "鲁建安C3（2019）0012345", "鲁建安C（2019）0012345"}) {
        const CertificateNumber one = number(text);
        const std::vector<std::string> all = one.spellings();
        EXPECT_EQ(all.front(), text);
        EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size()) << "none twice";
        for (const std::string& spelling : all) {
            const CertificateNumber back = number(spelling);
            EXPECT_TRUE(back == one || back.converted() == one) << spelling;
        }
    }
    const std::vector<std::string> all = number("鲁建安C3（2019）0012345").spellings();
    for (const std::string_view wanted : {"鲁建安C3(2019)0012345", "鲁建安C（2019）0012345", "鲁建安C(2019)0012345",
                                          "鲁建安c3(2019)0012345", "鲁建安Ｃ３（２０１９）００１２３４５"}) {
        EXPECT_NE(std::find(all.begin(), all.end(), wanted), all.end()) << wanted;
    }
}

TEST(CertificateNumberTest, PrintingAndReadingAreInverse) {
    std::mt19937 dice(20230701);
    const std::array<std::string, 6> categories{"A", "B", "C1", "C2", "C3", "C"};
    for (int i = 0; i < 5000; ++i) {
        std::string text = "鲁建安" + categories[dice() % categories.size()] + "（20";
        for (int digit = 0; digit < 2; ++digit) text += static_cast<char>('0' + dice() % 10);
        text += "）";
        for (int digit = 0; digit < 7; ++digit) text += static_cast<char>('0' + dice() % 10);
        ASSERT_EQ(number(text).str(), text);
    }
}

TEST(CertificateNumberTest, GarbageIsRefusedOrReadStably) {
    std::mt19937 dice(7);
    for (int i = 0; i < 20000; ++i) {
        std::string text = "鲁建安C3（2023）0012345";
        for (unsigned change = dice() % 4; change > 0; --change) text[dice() % text.size()] = static_cast<char>(dice());
        text.resize(dice() % (text.size() + 1));
        const Checked<CertificateNumber> parsed = CertificateNumber::parse(text);
        if (!parsed) continue;
        ASSERT_EQ(CertificateNumber::parse(parsed->str()), parsed);
    }
}

TEST(CertificateNumberTest, AMessageNamesNumbers) {
    const auto named = [](std::string_view message) {
        std::vector<std::string> texts;
        for (const CertificateNumber& number : CertificateNumber::namedIn(message)) texts.push_back(number.str());
        return texts;
    };
    using Texts = std::vector<std::string>;
    EXPECT_EQ(named("存在证书鲁建安B（2023）0000001。"), (Texts{"鲁建安B（2023）0000001"}));
    EXPECT_EQ(named("豫建安C1(2022)0000009、鲁建安C（2019）0000002；豫建安C1（2022）0000009"),
              (Texts{"豫建安C1（2022）0000009", "鲁建安C（2019）0000002"}));
    EXPECT_EQ(named("豫建安c3（2022）00000091"), (Texts{"豫建安C3（2022）0000009"}));
    for (const char* none : {"", "建安", "存在B证", "鲁建安B（2023）000001", "X建安B（2023）0000001", "鲁建安"}) {
        EXPECT_EQ(named(none), Texts{}) << none;
    }
}

}  // namespace
}  // namespace lianzheng
