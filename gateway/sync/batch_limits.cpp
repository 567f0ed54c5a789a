#include "gateway/sync/batch_limits.h"

#include <algorithm>

namespace lianzheng {

std::size_t BatchSizes::of(std::string_view operation) const {
    if (operation == "assign") return assign;
    if (operation == "collect") return collect;
    if (operation == "update") return update;
    return operation == "identity" ? identity : 1;
}

std::size_t BatchSizes::widest() const { return std::max({assign, collect, update, identity}); }

std::size_t BatchLimits::of(const OutboxRow& row) const {
    std::size_t most = sizes_.of(operationName(row.step.request));
    for (int i = 0; i < row.attempts && most > 1; ++i) most /= 2;
    if (const auto halved = halved_.find(row.id); halved != halved_.end()) most = std::min(most, halved->second);
    return std::max<std::size_t>(most, 1);
}

}  // namespace lianzheng
