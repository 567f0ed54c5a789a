#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "settlement_cases.h"

namespace lianzheng {

/// Judges completions by the shipped refusals, and that no outcome forgets a doubt.
class SettlementTest : public testing::Test {
protected:
    Settlement settle(const OutboxRow& row, const Completion& completion, const Standing& standing = knownStanding()) {
        const Settler settler(refusals_, settings_);
        Settlement settlement = settler.settle(row, standing, completion, kThen - std::chrono::seconds{1}, kThen, 0);
        EXPECT_NE(changeIn<AddAttempt>(settlement), nullptr);
        EXPECT_NE(changeIn<AddEvidence>(settlement), nullptr);
        expectDoubtKept(row, settlement);
        return settlement;
    }
    Settlement readBack(const OutboxRow& row, const Holdings* holdings, const Standing& standing,
                        const std::string& refusal = "证书编号已存在") {
        const Settler settler(refusals_, settings_);
        Settlement settlement = settler.settleReadBack(row, standing, refusal, holdings, kThen, 0);
        expectDoubtKept(row, settlement);
        return settlement;
    }
    Settlement readBackOf(const OutboxRow& row, const Holdings* holdings) {
        return Settler(refusals_, settings_)
            .settleReadBack(row, unknownStanding(), "证书编号已存在", holdings, kThen, 0);
    }
    /// Whatever comes, an intent that may have been accepted is never taken for one that was not sent.
    static void expectDoubtKept(const OutboxRow& row, const Settlement& settlement) {
        const auto* move = changeIn<MoveIntent>(settlement);
        if (move == nullptr) return;
        EXPECT_EQ(move->from, OutboxState::Sending);
        if (row.sends > 1) {
            EXPECT_EQ(move->to, OutboxState::Unconfirmed);
            EXPECT_GE(move->sends, 1);
        }
    }

    RefusalCatalogue refusals_ = *RefusalCatalogue::load(std::filesystem::path(LIANZHENG_MAPPINGS) / "refusals.yaml");
    SyncSettings settings_{};
};

}  // namespace lianzheng
