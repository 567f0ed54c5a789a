#include "gateway/service/unknown_messages.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

TEST(UnknownMessagesTest, WhatDiffersInItsNumbersAloneIsOneForm) {
    const TimePoint early{std::chrono::milliseconds{1}};
    const TimePoint late{std::chrono::milliseconds{2}};
    const auto forms =
        byForm({{"数据异常", 2, late}, {"第12项有误", 1, early}, {"第7项有误", 3, late}, {"", 1, early}});
    ASSERT_EQ(forms.size(), 3U);
    EXPECT_EQ(forms[0].message, "第#项有误");
    EXPECT_EQ(forms[0].times, 4U);
    EXPECT_EQ(forms[0].last, late);
    EXPECT_EQ(forms[1].message, "数据异常");
    EXPECT_EQ(forms[2].message, "");
    EXPECT_TRUE(byForm({}).empty());
}

}  // namespace
}  // namespace lianzheng
