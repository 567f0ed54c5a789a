#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "mappings/date.h"

namespace lianzheng {

/// An instant written as a source writes its watermarks, judged by one of them: digits of the calendar with the
/// sample's own separators (2026-03-01 10:03:04, 2026/03/01, 20260301100304, …T…Z), or seconds or milliseconds since
/// 1970. `offset` is the source's local time against UTC; a sample ending in Z is UTC. Without a sample: yyyy-MM-dd
/// HH:mm:ss.
std::string watermarkText(TimePoint instant, std::chrono::minutes offset, std::string_view sample);

}  // namespace lianzheng
