#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/national/platform.h"
#include "adapters/runtime/clock.h"
#include "gateway/store/records.h"

namespace lianzheng {

/// How far the platform's clock was from ours, and when that was measured.
struct ClockSkew {
    std::chrono::seconds theirs{};  ///< positive: theirs is ahead
    TimePoint measuredAt{};
    /// A receiver that signs or checks signatures bears 180 to 300 s (national interface, section 7).
    [[nodiscard]] bool isGreat() const { return theirs >= kGreat || theirs <= -kGreat; }
    static constexpr std::chrono::seconds kGreat{60};

    /// As the store keeps it under kWord; nothing for a text that is none.
    static constexpr std::string_view kWord = "clock_skew";
    [[nodiscard]] std::string text() const;
    static std::optional<ClockSkew> parse(std::string_view text);
};

/// The platform, with an ear for the Date headers of its replies. Threads: as Platform.
class ClockedPlatform final : public Platform {
public:
    /// `clock` is borrowed.
    ClockedPlatform(std::unique_ptr<Platform> real, const Clock& clock) : real_(std::move(real)), clock_(clock) {}
    Ticket start(Request request) override { return real_->start(std::move(request)); }
    std::vector<Completion> poll(std::chrono::milliseconds timeout, const std::stop_token& stop) override;
    /// The latest; nothing before the first reply with a Date.
    [[nodiscard]] const std::optional<ClockSkew>& skew() const { return skew_; }

private:
    std::unique_ptr<Platform> real_;
    const Clock& clock_;
    std::optional<ClockSkew> skew_;
};

}  // namespace lianzheng
