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

TEST(MaskedTest, ATextKeepsNoIdentityNumber) {
    EXPECT_EQ(withoutIdentities("张三370102199001011234，已存在"), "张三370102********1234，已存在");
    EXPECT_EQ(withoutIdentities("37010219900101123x"), "370102********123x");
    EXPECT_EQ(withoutIdentities("电话 13800138000，共 12 项"), "电话 13800138000，共 12 项");
    EXPECT_EQ(withoutIdentities("电话 13800138000，共 12 项", 8), "电话 ***********，共 12 项");
    EXPECT_EQ(withoutIdentities(""), "");
}

}  // namespace
}  // namespace lianzheng
