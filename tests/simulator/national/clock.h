#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace lianzheng::sim::national {

using TimePoint = std::chrono::system_clock::time_point;
using Now = std::function<TimePoint()>;

/// The host's clock.
Now systemNow();
/// yyyy-MM-ddTHH:mm:ss.mmmZ.
std::string utcText(TimePoint time);
/// The day in Asia/Shanghai (UTC+8, no summer time), yyyy-MM-dd.
std::string shanghaiDay(TimePoint time);

}  // namespace lianzheng::sim::national
