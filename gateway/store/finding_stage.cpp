#include "gateway/store/finding_stage.h"

#include <array>
#include <cstddef>

namespace lianzheng {
namespace {

struct Named {
    std::string_view word;
    std::string_view chinese;
};
constexpr std::array<Named, 5> kStages{{{"open", "待处理"},
                                        {"acknowledged", "已知悉"},
                                        {"assigned", "已转办"},
                                        {"repairing", "修复中"},
                                        {"accepted", "已接受"}}};

}  // namespace

std::string_view word(FindingStage stage) { return kStages[static_cast<std::size_t>(stage)].word; }

std::string_view chineseName(FindingStage stage) { return kStages[static_cast<std::size_t>(stage)].chinese; }

std::optional<FindingStage> findingStageOf(std::string_view word) {
    for (std::size_t i = 0; i < kStages.size(); ++i) {
        if (kStages[i].word == word) return static_cast<FindingStage>(i);
    }
    return std::nullopt;
}

}  // namespace lianzheng
