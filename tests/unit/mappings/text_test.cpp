#include "mappings/text.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace lianzheng {
namespace {

TEST(TextTest, CleanTextIsWellFormedAndHasNoControls) {
    for (const std::string_view clean :
         {"", "A 1", "鲁建安C3（2023）0012345", "阿依古丽·买买提", "𠮷", "\xEE\x80\x80"}) {
        EXPECT_TRUE(isCleanUtf8(clean)) << clean;
    }
    const std::array<std::string, 15> bad{"a\tb",
                                          "a\n",
                                          "\x7F",
                                          std::string("a\0b", 3),
                                          "\xC2\x80",
                                          "\x80",
                                          "\xC0\xAF",
                                          "\xC1\xBF",
                                          "\xE0\x80\xAF",
                                          "\xED\xA0\x80",
                                          "\xF0\x80\x80\xAF",
                                          "\xF4\x90\x80\x80",
                                          "\xF5\x80\x80\x80",
                                          "\xE9\xB2",
                                          "\xE9"
                                          "A\x81"};
    for (const std::string& text : bad) EXPECT_FALSE(isCleanUtf8(text));
    EXPECT_FALSE(isCleanUtf8("\xC2\xB3\xC2\xBD\xA8")) << "GBK bytes";
}

TEST(TextTest, PrivateUseIsSeenInAllThreePlanes) {
    EXPECT_TRUE(hasPrivateUse("王\uE000"));
    EXPECT_TRUE(hasPrivateUse("\uF8FF"));
    EXPECT_TRUE(hasPrivateUse("\U000F0000"));
    EXPECT_TRUE(hasPrivateUse("\U0010FFFD"));
    EXPECT_FALSE(hasPrivateUse("王\uD7FF\uF900\uFF08𠮷"));
    EXPECT_FALSE(hasPrivateUse(""));
}

TEST(TextTest, LengthIsCountedAsGbkWould) {
    EXPECT_EQ(gbkLength(""), 0U);
    EXPECT_EQ(gbkLength("abc"), 3U);
    EXPECT_EQ(gbkLength("买买提·a"), 9U);
    EXPECT_EQ(gbkLength("𠮷"), 4U);
    EXPECT_EQ(gbkLength("鲁建安C3（2023）0012345"), 23U);
}

TEST(TextTest, BlanksAtBothEndsAreCutAndThoseInsideStay) {
    EXPECT_EQ(trimmed(" \t\r\n\u00A0\u3000a b\u3000c\u3000 \u00A0"), "a\u0020b\u3000c");
    EXPECT_EQ(trimmed("\u3000\u3000"), "");
    EXPECT_EQ(trimmed(""), "");
    // Ends in the bytes of a blank's end, and is none.
    EXPECT_EQ(trimmed("䀀"), "䀀");
    EXPECT_EQ(trimmed("\xA0"), "\xA0");
}

TEST(TextTest, FullWidthBecomesAscii) {
    EXPECT_EQ(halfWidth("Ｃ３（２０２３）ａ～！　。·"), "C3(2023)a~! 。·");
    EXPECT_EQ(halfWidth("\xEF\xBC"), "\xEF\xBC");
    EXPECT_EQ(upper("aZ鲁z9"), "AZ鲁Z9");
}

TEST(TextTest, AsciiFormNeedsNoAllocationAndRefusesTheRest) {
    std::array<char, 4> out{};
    EXPECT_EQ(asciiForm(" ａb1Ｘ\u3000", out), 4U);
    EXPECT_EQ(std::string(out.data(), 4), "AB1X");
    EXPECT_EQ(asciiForm("   ", out), 0U);
    EXPECT_FALSE(asciiForm("12345", out));
    EXPECT_FALSE(asciiForm("1鲁", out));
    EXPECT_FALSE(asciiForm("1\xEF\xBC", out));
    EXPECT_FALSE(
        asciiForm("1\xE3\x80"
                  "0",
                  out));
}

TEST(TextTest, MiddleDotsAreOne) {
    EXPECT_EQ(foldedDots("a\u00B7b\u2022c\u30FBd\uFF65e"), "a\u00B7b\u00B7c\u00B7d\u00B7e");
}

}  // namespace
}  // namespace lianzheng
