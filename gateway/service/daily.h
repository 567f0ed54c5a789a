#pragma once

#include <optional>

#include "gateway/service/settings.h"
#include "mappings/date.h"

namespace lianzheng {

/// Whether something daily is due at `now`, last done at `last`: the latest of its times has passed since. Pure.
bool dailyDue(const std::optional<DailyAt>& at, TimePoint last, TimePoint now);

}  // namespace lianzheng
