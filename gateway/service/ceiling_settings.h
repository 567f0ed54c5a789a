#pragma once

#include "gateway/service/settings_reader.h"
#include "gateway/sync/ceilings.h"

namespace lianzheng {

/// push.rate.ceiling.workday, push.rate.ceiling.holiday and calendar.file.
void readCeilings(SettingsReader& in, Ceilings& out);

}  // namespace lianzheng
