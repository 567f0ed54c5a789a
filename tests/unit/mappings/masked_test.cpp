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

TEST(MaskedTest, FullWidthDigitsAreDigits) {
    EXPECT_EQ(withoutIdentities("张三３７０１０２１９９００１０１１２３Ｘ，已存在"),
              "张三３７０１０２********１２３Ｘ，已存在");
    EXPECT_EQ(withoutIdentities("370102１９９００１０１1234"), "370102********1234");
    EXPECT_EQ(withoutIdentities("３７０１０２９００１０１１２３"), "３７０１０２*****１１２３");
    EXPECT_EQ(withoutIdentities("１３８００１３８０００", 8), "***********");
    EXPECT_EQ(withoutIdentities("２０２６年３月２日，（共１２项）"), "２０２６年３月２日，（共１２项）");
}

TEST(MaskedTest, BlanksAndHyphensWithinHideNothing) {
    for (const char* const written :
         {"370102 19900101 1234", "370102-19900101-1234", "3701 0219 9001 0112 34", "370102　19900101　1234",
          "3 7 0 1 0 2 1 9 9 0 0 1 0 1 1 2 3 4", "370102199001011 234", "370102 - 19900101 - 1234",
          "370102‑19900101–1234", "370102\u00A019900101\u20091234", "37010219900101123 4"}) {
        EXPECT_EQ(withoutIdentities(written), "370102********1234") << written;
        EXPECT_EQ(withoutIdentities(std::string("张三").append(written).append("等 2 人")),
                  "张三370102********1234等 2 人")
            << written;
    }
    EXPECT_EQ(withoutIdentities("３７０１０２－１９９００１０１－１２３Ｘ"), "３７０１０２********１２３Ｘ");
    EXPECT_EQ(withoutIdentities("370102 900101 123"), "370102*****1123");
    EXPECT_EQ(withoutIdentities("370102 19901301 123x"), "370102********123x") << "misspelt";
    EXPECT_EQ(withoutIdentities("13800138000 370102 19900101 1234 13800138000"),
              "13800138000 370102********1234 13800138000");
    EXPECT_EQ(withoutIdentities("370102 19900101 1234 370102-19900101-1235"), "370102********1234 370102********1235");
}

TEST(MaskedTest, WhatIsNobodysNumberStaysReadable) {
    for (const char* const text :
         {"鲁建安B（2023）0000001 鲁建安C3(2023)0000002", "鲁A042025000123 鲁A042025000124",
          "0531-61378779 0532-66209611", "13905310112 2023 年", "2026-03-02 2026-03-09 15:00", "13800138000 1234567",
          "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
          "证照标识 1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.002.S. 已存在", "12 - 34 - 56",
          "370102    19900101    1234", "第 37 页 - 共 128 页", "X - X", "-", "", "\xE3", "\xEF\xBC"}) {
        EXPECT_EQ(withoutIdentities(text), text);
    }
    // A wrong one keeps no digits: its parts may be somebody's.
    EXPECT_EQ(withoutIdentities("1.2.156.3005.2.11010519491231002X.1"), "1.2.156.3005.2.110105********002X.1");
}

TEST(MaskedTest, AHugeTextOfBeginningsIsReadOnce) {
    std::string text;
    while (text.size() < 2'000'000) text += "1.2.156.3005.";
    EXPECT_EQ(withoutIdentities(text), text);
}

}  // namespace
}  // namespace lianzheng
