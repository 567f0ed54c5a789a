#pragma once

#include <optional>

#include "gateway/service/settings.h"

namespace lianzheng {

/// When the platform's view was made: `exchange.as.of`, or else the time of the file it lies in (of an SQLite
/// database's log too, when there is one). Nothing for a database that shows what is, and for a file that is not there.
std::optional<TimePoint> viewMadeAt(const Settings& settings);

}  // namespace lianzheng
