#include "gateway/reporting/blocked_view.h"

#include <gtest/gtest.h>

#include "tests/unit/reporting/sample.h"

namespace lianzheng {
namespace {

BlockedRow blocked(std::string number, std::string authority) {
    BlockedRow row;
    row.number = std::move(number);
    row.authority = std::move(authority);
    row.person = "11010519491231002X";
    row.advice = {"check_digit", "identityCard", "证件号码校验位不符。", "请对照证件原件核对。", Owner::Holder};
    row.since = testing::at("2026-02-20");
    return row;
}

TEST(BlockedViewTest, GroupsByCityWithItsTelephones) {
    const std::string text =
        blockedText({blocked("鲁建安B（2023）0000002", "370200"), blocked("鲁建安B（2023）0000001", "370100"),
                     blocked("鲁建安B（2023）0000003", "nowhere")},
                    testing::districts(), Language::Chinese);
    EXPECT_LT(text.find("济南市住房和城乡建设局 (1)  0531-61378779"), text.find("0000001"));
    EXPECT_LT(text.find("0000001"), text.find("青岛市住房和城乡建设局 (1)"));
    EXPECT_LT(text.find("省属/未归属 (1)"), text.find("0000003"));
    EXPECT_NE(text.find("证件号码校验位不符。"), std::string::npos);
    EXPECT_EQ(text.find("11010519491231002X"), std::string::npos);
}

TEST(BlockedViewTest, SaysThatNothingIsBlocked) {
    EXPECT_EQ(blockedText({}, testing::districts(), Language::Chinese), "无受阻证书。\n");
}

}  // namespace
}  // namespace lianzheng
