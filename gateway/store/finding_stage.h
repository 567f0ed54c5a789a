#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace lianzheng {

/// How far people and the gateway have come with a finding that is still seen. Stored as a number, so never renumbered.
enum class FindingStage : std::uint8_t {
    Open = 0,          ///< 待处理
    Acknowledged = 1,  ///< 已知悉
    Assigned = 2,      ///< 已转办: to an authority
    Repairing = 3,     ///< 修复中: the gateway has sent what repairs it; the next run verifies that
    Accepted = 4       ///< 已接受: with a reason, until a day; not counted as open
};
/// open, acknowledged, assigned, repairing, accepted.
std::string_view word(FindingStage stage);
/// 待处理, 已知悉, 已转办, 修复中, 已接受.
std::string_view chineseName(FindingStage stage);
/// The stage whose `word` this is.
std::optional<FindingStage> findingStageOf(std::string_view word);

}  // namespace lianzheng
