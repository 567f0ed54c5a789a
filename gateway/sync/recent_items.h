#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "mappings/date.h"

namespace lianzheng {

/// How many items passed lately, by tenths of a second. Pure.
class RecentItems {
public:
    void add(TimePoint now);
    /// In so many tenths before the one of `now`.
    [[nodiscard]] double in(TimePoint now, int tenths) const;

private:
    std::array<std::uint32_t, 128> items_{};
    std::int64_t newest_ = 0;
};

/// How many items were refused for their speed in the last minute, by seconds. Pure.
class RecentRefusals {
public:
    void add(TimePoint now);
    /// In the minute that ends at `now`, and what is left of the second before it.
    [[nodiscard]] double lastMinute(TimePoint now) const;

private:
    std::array<std::uint32_t, 64> refused_{};
    std::int64_t newest_ = 0;
};

}  // namespace lianzheng
