#pragma once

#include <vector>

#include "gateway/store/records.h"

namespace lianzheng {

/// Messages that differ in their numbers alone are one form: every run of digits becomes `#`. The most frequent first.
std::vector<UnknownRefusal> byForm(const std::vector<UnknownRefusal>& messages);

}  // namespace lianzheng
