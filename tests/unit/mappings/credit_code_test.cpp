#include "mappings/credit_code.h"

#include "mappings/check_digits.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace lianzheng {
namespace {

constexpr std::string_view kCharacters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

TEST(CreditCodeTest, TheAuthoritiesAreValid) {
    for (const std::string_view code : {"113700000045030270", "11430000006122244L"}) {
        const Checked<CreditCode> parsed = CreditCode::parse(code);
        ASSERT_TRUE(parsed) << code;
        EXPECT_EQ(parsed->str(), code);
    }
    EXPECT_EQ(CreditCode::parse(" 11430000006122244l\u3000")->str(), "11430000006122244L");
    EXPECT_EQ(CreditCode::parse("１１４３００００００６１２２２４４Ｌ")->str(), "11430000006122244L");
}

TEST(CreditCodeTest, RefusalsNameTheirRule) {
    EXPECT_EQ(CreditCode::parse("").error(), (Invalid{"creditCode", Rule::Missing}));
    for (const std::string_view bad :
         {"11370000004503027", "1137000000450302700", "1137000000450302-0", "I13700000045030270", "11370000004503027O",
          "1137000000450302Z0", "11370000004503027\xE4", "370000123456789", "11370000004503027S"}) {
        EXPECT_EQ(CreditCode::parse(bad).error(), (Invalid{"creditCode", Rule::Pattern})) << bad;
    }
    EXPECT_EQ(CreditCode::parse("113700000045030271").error(), (Invalid{"creditCode", Rule::CheckDigit}));
}

TEST(CreditCodeTest, EverySingleChangedCharacterIsNoticed) {
    std::mt19937 dice(32100);
    for (int i = 0; i < 200; ++i) {
        std::string valid;
        for (int at = 0; at < 17; ++at) valid += kCharacters[dice() % kCharacters.size()];
        valid += creditCheckCharacter(valid);
        ASSERT_TRUE(CreditCode::parse(valid));
        for (std::size_t at = 0; at < valid.size(); ++at) {
            for (const char c : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
                std::string changed = valid;
                changed[at] = c;
                ASSERT_EQ(CreditCode::parse(changed).has_value(), c == valid[at]);
            }
        }
    }
}

}  // namespace
}  // namespace lianzheng
