#include "mappings/identity_number.h"

#include "mappings/check_digits.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace lianzheng {
namespace {

// Published as the example of GB 11643; nobody's.
constexpr std::string_view kWoman = "11010519491231002X";
constexpr std::string_view kMan = "440524188001010014";

Rule refusal(std::string_view text) {
    const Checked<IdentityNumber> parsed = IdentityNumber::parse(text);
    EXPECT_FALSE(parsed) << text;
    EXPECT_TRUE(parsed || parsed.error().field == "identityCard");
    return parsed ? Rule::Duplicate : parsed.error().rule;
}

std::string withCheck(const std::string& first17) { return first17 + identityCheckCharacter(first17); }

TEST(IdentityNumberTest, TheExampleOfTheStandardIsValid) {
    const Checked<IdentityNumber> woman = IdentityNumber::parse(kWoman);
    ASSERT_TRUE(woman);
    EXPECT_EQ(woman->str(), kWoman);
    EXPECT_EQ(woman->birthDate().str(), "1949-12-31");
    EXPECT_EQ(woman->gender(), "2");
    EXPECT_EQ(identityCheckCharacter(kMan.substr(0, 17)), '4');
}

TEST(IdentityNumberTest, SpellingsAreNormalised) {
    for (const std::string_view text :
         {"11010519491231002x", " 11010519491231002X  ", "１１０１０５１９４９１２３１００２Ｘ"}) {
        const Checked<IdentityNumber> parsed = IdentityNumber::parse(text);
        ASSERT_TRUE(parsed) << text;
        EXPECT_EQ(parsed->str(), kWoman);
    }
}

TEST(IdentityNumberTest, ResidencePermitsHaveTheSameForm) {
    for (const std::string_view region : {"810000", "820000", "830000"}) {
        const Checked<IdentityNumber> parsed = IdentityNumber::parse(withCheck(std::string(region) + "19900307115"));
        ASSERT_TRUE(parsed);
        EXPECT_EQ(parsed->gender(), "1");
    }
}

TEST(IdentityNumberTest, RefusalsNameTheirRule) {
    EXPECT_EQ(refusal(""), Rule::Missing);
    EXPECT_EQ(refusal("  "), Rule::Missing);
    EXPECT_EQ(refusal("110105491231002"), Rule::Identity15);
    EXPECT_EQ(refusal("1101054912310021"), Rule::Pattern);
    EXPECT_EQ(refusal("1101051949123100"), Rule::Pattern);
    EXPECT_EQ(refusal("11010519491231002XX"), Rule::Pattern);
    EXPECT_EQ(refusal("1101051949123100X2"), Rule::Pattern);
    EXPECT_EQ(refusal("11010519491231002A"), Rule::Pattern);
    EXPECT_EQ(refusal("010105194912310021"), Rule::Pattern);
    EXPECT_EQ(refusal("11010519491231002乙"), Rule::Pattern);
    EXPECT_EQ(refusal("E12345678"), Rule::Pattern);
    EXPECT_EQ(refusal(withCheck("11010519490230002")), Rule::BadDate);
    EXPECT_EQ(refusal(withCheck("11010518001231002")), Rule::BadDate);
    EXPECT_EQ(refusal("110105194912310021"), Rule::CheckDigit);
}

TEST(IdentityNumberTest, An15DigitNumberIsOnlyProposedAnew) {
    const Checked<IdentityNumber> proposed = IdentityNumber::proposedFor15("110105491231002");
    ASSERT_TRUE(proposed);
    EXPECT_EQ(proposed->str(), kWoman);
    EXPECT_EQ(IdentityNumber::proposedFor15("").error().rule, Rule::Missing);
    EXPECT_EQ(IdentityNumber::proposedFor15("110105490230002").error().rule, Rule::BadDate);
    EXPECT_EQ(IdentityNumber::proposedFor15("11010549123100X").error().rule, Rule::Pattern);
    EXPECT_EQ(IdentityNumber::proposedFor15(kWoman).error().rule, Rule::Pattern);
}

TEST(IdentityNumberTest, EverySingleChangedCharacterIsNoticed) {
    std::mt19937 dice(11643);
    for (int i = 0; i < 200; ++i) {
        std::string first17 = "37" + std::to_string(1000 + dice() % 9000);
        first17 += Date::of(1960, 1, 1)->plusDays(static_cast<int>(dice() % 15000)).str();
        std::erase(first17, '-');
        first17 += std::to_string(100 + dice() % 900);
        const std::string valid = withCheck(first17);
        const Checked<IdentityNumber> parsed = IdentityNumber::parse(valid);
        ASSERT_TRUE(parsed);
        ASSERT_EQ(parsed->str(), valid);
        for (std::size_t at = 0; at < valid.size(); ++at) {
            for (const char c : std::string_view("0123456789X")) {
                std::string changed = valid;
                changed[at] = c;
                ASSERT_EQ(IdentityNumber::parse(changed).has_value(), c == valid[at]);
            }
        }
    }
}

}  // namespace
}  // namespace lianzheng
