#include "gateway/sync/recent_items.h"

#include <algorithm>

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

/// Clears what lies between the newest slot and `slot`, which becomes the newest, unless it is older.
template <std::size_t N>
void advanceTo(std::array<std::uint32_t, N>& ring, std::int64_t& newest, std::int64_t slot) {
    constexpr auto kSize = static_cast<std::int64_t>(N);
    for (std::int64_t gone = std::max(newest + 1, slot - kSize + 1); gone <= slot; ++gone) {
        ring[static_cast<std::size_t>(gone % kSize)] = 0;
    }
    newest = std::max(newest, slot);
}

template <std::size_t N>
double sum(const std::array<std::uint32_t, N>& ring, std::int64_t newest, std::int64_t from, std::int64_t to) {
    constexpr auto kSize = static_cast<std::int64_t>(N);
    double all = 0;
    for (std::int64_t slot = std::max(from, newest - kSize + 1); slot <= std::min(to, newest); ++slot) {
        all += ring[static_cast<std::size_t>(slot % kSize)];
    }
    return all;
}

}  // namespace

void RecentItems::add(TimePoint now) {
    const std::int64_t tenth = now.time_since_epoch() / 100ms;
    if (tenth < newest_) return;  // the clock went back
    advanceTo(items_, newest_, tenth);
    items_[static_cast<std::size_t>(tenth) % items_.size()] += 1;
}

double RecentItems::in(TimePoint now, int tenths) const {
    const std::int64_t present = now.time_since_epoch() / 100ms;
    return sum(items_, newest_, present - tenths, present - 1);
}

void RecentRefusals::add(TimePoint now) {
    advanceTo(refused_, newest_, now.time_since_epoch() / 1s);
    refused_[static_cast<std::size_t>(newest_) % refused_.size()] += 1;
}

double RecentRefusals::lastMinute(TimePoint now) const {
    return sum(refused_, newest_, now.time_since_epoch() / 1s - 60, newest_);
}

}  // namespace lianzheng
