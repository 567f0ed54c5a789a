#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>

namespace lianzheng::pacing {

inline constexpr double kShare = 0.97;   ///< of what passes, that is sent
inline constexpr double kSlowest = 0.1;  ///< items a second: below it a pace is an outage, which is the breaker's
/// What was sent at the old pace still arrives, and a platform that counts by the second refuses the rest of it.
inline constexpr std::chrono::milliseconds kSettles{1'000};
/// Items a second below which a single refusal is all that a minute allows.
inline constexpr double kOneAMinute = 8;
inline constexpr double kTest = 1.01;      ///< of the base, that is sent to prove it …
inline constexpr double kTestItems = 120;  ///< … for so many items

/// So many seconds, rounded up.
inline std::chrono::milliseconds milliseconds(double seconds) {
    return std::chrono::milliseconds{static_cast<std::int64_t>(std::ceil(seconds * 1000))};
}

}  // namespace lianzheng::pacing
