#pragma once

#include <span>
#include <vector>

#include "gateway/planner/plan.h"
#include "gateway/store/changes.h"

namespace lianzheng {

/// Whether `step`, once it is accepted, changes what the finding is about. What needs a further step, a person or
/// another system is none of its matter. Pure.
bool mends(const Step& step, const Finding& finding);

/// Those of a certificate's open findings that `step` mends are being repaired, at the word of run `run`. Pure.
std::vector<Change> repairing(const Step& step, std::span<const Finding> open, std::int64_t run, TimePoint at);

}  // namespace lianzheng
