#include "gateway/service/platform_clock.h"

#include <charconv>

namespace lianzheng {

std::string ClockSkew::text() const {
    return std::to_string(theirs.count()) + " " + std::to_string(measuredAt.time_since_epoch().count());
}

std::optional<ClockSkew> ClockSkew::parse(std::string_view text) {
    const char* const end = text.data() + text.size();
    std::int64_t seconds = 0;
    std::int64_t measured = 0;
    const auto first = std::from_chars(text.data(), end, seconds);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ' ') return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, measured);
    if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
    return ClockSkew{std::chrono::seconds{seconds}, TimePoint{std::chrono::milliseconds{measured}}};
}

std::vector<Completion> ClockedPlatform::poll(std::chrono::milliseconds timeout, const std::stop_token& stop) {
    std::vector<Completion> ended = real_->poll(timeout, stop);
    for (const Completion& completion : ended) {
        if (completion.clockSkew) skew_ = ClockSkew{*completion.clockSkew, clock_.now()};
    }
    return ended;
}

}  // namespace lianzheng
