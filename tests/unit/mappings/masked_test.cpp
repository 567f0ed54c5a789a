#include "mappings/masked.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

TEST(MaskedTest, TheMiddleIsHidden) {
    EXPECT_EQ(masked("11010519491231002X"), "110105********002X");
    EXPECT_EQ(masked("110105491231002"), "110105*****1002");
    EXPECT_EQ(masked("E12345678"), "E*******8");
    EXPECT_EQ(masked("ABC"), "A*C");
    EXPECT_EQ(masked("AB"), "**");
    EXPECT_EQ(masked(""), "");
    EXPECT_EQ(masked("台胞证号"), "台**号");
}

TEST(MaskedTest, PrintsMaskedAndGivesTheClearTextByName) {
    const Masked value("11010519491231002X");
    EXPECT_EQ(value.str(), "110105********002X");
    EXPECT_EQ(value.clear(), "11010519491231002X");
}

}  // namespace
}  // namespace lianzheng
