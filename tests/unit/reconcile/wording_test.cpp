#include "gateway/reconcile/wording.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

Attempt attempt(const std::string& outcome, int day, const std::string& message = {},
                const std::string& operation = "assign.09") {
    Attempt made;
    made.operation = operation;
    made.outcome = outcome;
    made.message = message;
    made.endedAt = Date::parse("2026-03-01").value().plusDays(day).beginsInShanghai();
    return made;
}

std::string causeOf(Origination origination, const std::vector<Attempt>& attempts) {
    return wordingOf(origination, "单位名称", true, LastEvents(attempts)).cause;
}

TEST(WordingTest, ATamperedFieldSaysWhenItWasAcceptedLast) {
    EXPECT_EQ(causeOf(Origination::Tampered, {attempt("accepted", 1), attempt("warned", 3), attempt("refused", 5)}),
              "部平台登记的单位名称与其 2026-03-04 最后一次受理的内容不同，可能在别处被改动。");
    EXPECT_EQ(causeOf(Origination::Tampered, {}), "部平台登记的单位名称与其最后一次受理的内容不同，可能在别处被改动。");
}

TEST(WordingTest, WhatWasNotPushedSaysHowItsLastEventEnded) {
    EXPECT_EQ(causeOf(Origination::NotPushed, {attempt("accepted", 1), attempt("refused", 2, "存在B证")}),
              "单位名称的变更 2026-03-03 推送时被部平台退回：存在B证，两边因此不同。");
    EXPECT_EQ(causeOf(Origination::NotPushed, {attempt("in_doubt", 2, "timeout")}),
              "单位名称的变更 2026-03-03 推送后没有收到明确回执（timeout），是否受理未知，两边因此不同。");
    EXPECT_EQ(causeOf(Origination::NotPushed, {attempt("unavailable", 2, "not_connected")}),
              "单位名称的变更 2026-03-03 推送未能送达部平台（not_connected），两边因此不同。");
    // An accepted one, and none at all, explain nothing; a check is no event.
    for (const auto& attempts :
         {std::vector<Attempt>{attempt("refused", 1, "x"), attempt("accepted", 2)}, std::vector<Attempt>{},
          std::vector<Attempt>{attempt("refused", 1, "x", "check.01")}}) {
        EXPECT_EQ(causeOf(Origination::NotPushed, attempts),
                  "省系统的单位名称与部平台已受理的不同，目前没有待推送的任务。");
    }
}

TEST(WordingTest, WhatIsMissingSaysWhetherItWasEverThere) {
    const auto cause = [](bool lost, const std::vector<Attempt>& attempts) {
        return missingNationalWording(lost, LastEvents(attempts)).cause;
    };
    EXPECT_EQ(cause(true, {attempt("accepted", 0)}), "部平台曾于 2026-03-01 受理此证，但现在查不到登记。");
    EXPECT_EQ(cause(true, {}), "部平台曾经受理此证，但现在查不到登记。");
    EXPECT_EQ(cause(false, {}), "此证在省系统有效，但从未推送到部平台。");
    EXPECT_EQ(cause(false, {attempt("refused", 0, "存在B证")}),
              "此证 2026-03-01 推送时被部平台退回：存在B证，部平台查不到登记。");
}

}  // namespace
}  // namespace lianzheng
