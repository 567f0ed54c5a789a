#pragma once

#include <stop_token>

#include "gateway/service/composition.h"

namespace lianzheng {

/// The periodic service: passes on schedule, what other processes ask for in between, a nightly full read and
/// reconciliation. Returns when `stop` is requested, or on a fault that only a person can mend.
/// Province and platform being away are waited out: the state is kept, the next pass tries again. A reconciliation that
/// fails is logged and tried again later, unless the store failed.
Status runDaemon(Composition& parts, const std::stop_token& stop);

}  // namespace lianzheng
