#include "mappings/advice.h"

#include "mappings/certificate.h"

#include <gtest/gtest.h>

#include <set>

namespace lianzheng {
namespace {

constexpr std::size_t kRules = static_cast<std::size_t>(Rule::Duplicate) + 1;

TEST(AdviceTest, EveryRuleHasAWordAndASentenceForEveryField) {
    std::set<std::string_view> words;
    for (std::size_t i = 0; i < kRules; ++i) {
        const Rule rule = static_cast<Rule>(i);
        words.insert(word(rule));
        for (const Field field : kFields) {
            const Advice advice = adviceFor({std::string(nationalName(field)), rule});
            EXPECT_EQ(advice.reason, word(rule));
            EXPECT_EQ(advice.field, nationalName(field));
            EXPECT_TRUE(advice.why.ends_with("。")) << advice.why;
            EXPECT_TRUE(advice.help.ends_with("。")) << advice.help;
        }
    }
    EXPECT_EQ(words.size(), kRules);
    EXPECT_EQ(word(Rule::CheckDigit), "check_digit");
    EXPECT_EQ(word(Rule::Identity15), "identity_15");
}

TEST(AdviceTest, NamesWhatIsWrongAndWhoMustAct) {
    EXPECT_EQ(adviceFor({"appointment", Rule::Missing}).why, "职务为空，而全国平台要求必须填写。");
    EXPECT_EQ(adviceFor({"appointment", Rule::Missing}).owner, Owner::Enterprise);
    EXPECT_EQ(adviceFor({"creditCode", Rule::CheckDigit}).owner, Owner::Enterprise);
    EXPECT_EQ(adviceFor({"identityCard", Rule::CheckDigit}).owner, Owner::Holder);
    EXPECT_EQ(adviceFor({"photo", Rule::PhotoTooLarge}).owner, Owner::Holder);
    EXPECT_EQ(adviceFor({"photo", Rule::Missing}).why, "照片为空，而全国平台要求必须填写。");
    EXPECT_EQ(adviceFor({"certNum", Rule::Duplicate}).owner, Owner::ProvinceCentre);
    EXPECT_EQ(adviceFor({"", Rule::Encoding}).why, "数据项含有无法识别的字符。");
}

TEST(AdviceTest, OwnersHaveStableWordsAndChineseNames) {
    for (const auto& [owner, english, chinese] : std::vector<std::tuple<Owner, std::string_view, std::string_view>>{
             {Owner::ProvinceCentre, "province_centre", "省中心"},
             {Owner::City, "city", "市"},
             {Owner::Enterprise, "enterprise", "企业"},
             {Owner::Holder, "holder", "持证人"},
             {Owner::ForeignAuthority, "foreign_authority", "外省发证机关"},
             {Owner::Platform, "platform", "部平台"}}) {
        EXPECT_EQ(word(owner), english);
        EXPECT_EQ(chineseName(owner), chinese);
        EXPECT_EQ(ownerOf(english), owner);
    }
    EXPECT_FALSE(ownerOf("nobody"));
}

}  // namespace
}  // namespace lianzheng
