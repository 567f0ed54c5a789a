#pragma once

#include "adapters/runtime/event_log.h"
#include "gateway/store/store.h"

namespace lianzheng {

/// C1 and C2 end before they are one C3: when the C3 does not follow within an hour, its holder has nothing to show and
/// somebody must look. Each such certificate is logged once, as `merger.gap`, and again when it comes back.
/// Errors: those of the store.
Status watchMergers(Store& store, EventLog& log, TimePoint now);

}  // namespace lianzheng
