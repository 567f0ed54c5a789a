#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "gateway/sync/recent_items.h"
#include "mappings/date.h"

namespace lianzheng {

/// Finds and keeps the pace that a platform allows for one operation and credential, of which nothing is published but
/// its refusals for speed. Without a refusal everything may go. The first one starts a measurement: a little more is
/// sent than passes until what passes is known to one in a hundred. From then on 0.97 of it is sent; every now and
/// then, as seldom as the share of refused items has to stay below 0.5 %, it is tried whether more passes: in growing
/// steps until one is refused. Many refusals halve the pace at once and are measured again.
/// Pure: the caller supplies the hour. Items are told by when they were sent: what was sent at an older pace says
/// nothing of the present one.
class Pacer {
public:
    /// What outlives the process.
    struct Found {
        double base = 0;   ///< items a second that are known to be borne; 0: no limit was met
        double limit = 0;  ///< the allowed items a second as last measured; 0: never
        std::optional<TimePoint> at;
        friend bool operator==(const Found&, const Found&) = default;
    };
    Pacer() = default;
    explicit Pacer(const Found& found) : found_(found), mode_(found.base > 0 ? Mode::Waking : Mode::Free) {}

    /// How many of `wanted` items may leave at `now`; they count as gone.
    std::size_t take(std::size_t wanted, TimePoint now);
    /// What take() granted and was not needed; below 0: what left beyond it, as several items of one call may.
    void giveBack(double items);
    /// When the next one may leave.
    [[nodiscard]] TimePoint nextAt(TimePoint now) const;

    /// An item was judged for what it is, whatever the verdict.
    void passed(TimePoint sentAt, TimePoint now);
    /// An item was refused for its speed; `retryAfter` is the platform's own, 0 when it said nothing. A long one stops
    /// all, a short one is the refused item's own matter.
    void throttled(TimePoint sentAt, TimePoint now, std::chrono::milliseconds retryAfter);

    [[nodiscard]] const Found& found() const { return found_; }
    /// Items a second that may leave at present; nothing: no limit is known.
    [[nodiscard]] std::optional<double> rate() const;
    /// Items a second that passed in the last ten seconds.
    [[nodiscard]] double lately(TimePoint now) const;

private:
    enum class Mode : std::uint8_t { Free, Waking, Measuring, Holding, Probing };
    void advance(TimePoint now);
    void advanceProbe(TimePoint now);
    void measure(double rate, TimePoint since);
    void measured(TimePoint now);
    void hold(double base, TimePoint now, std::chrono::milliseconds settling);
    void probe(TimePoint now);
    void probeFailed(TimePoint now);
    void setRate(double rate, TimePoint since);
    void count(TimePoint sentAt, TimePoint now, bool refused);
    /// Whether one more refusal stays within what a minute allows.
    [[nodiscard]] bool affordable(TimePoint now) const;
    void climb(TimePoint now);
    void rest();
    [[nodiscard]] bool heavy() const;
    [[nodiscard]] std::chrono::milliseconds spacing() const;

    Found found_;
    Mode mode_ = Mode::Free;
    double rate_ = 0;   ///< items a second at present
    double saved_ = 1;  ///< items that may leave at `refilledAt_`
    TimePoint refilledAt_{};
    TimePoint pausedTill_{};
    TimePoint cutAt_{};             ///< since when the present pace is sent
    TimePoint cutAgainAt_{};        ///< what was sent before says nothing of the last small cut
    std::uint8_t last_ = 0;         ///< the last eight outcomes at this pace, a bit each: refused
    std::uint32_t outcomes_ = 0;    ///< at this pace
    std::uint32_t refused_ = 0;     ///< at this pace
    std::uint32_t refusals_ = 0;    ///< that this probe, or what followed it, has cost
    TimePoint emptyAt_{};           ///< the last refusal …
    std::uint64_t sinceEmpty_ = 0;  ///< … and what has passed since
    TimePoint holdTill_{};
    // The probe's step, or the measurement's part.
    int step_ = 0;
    double multiple_ = 1;
    double survived_ = 1;
    TimePoint stepAt_{};
    double stepItems_ = 0;
    bool fine_ = false;  ///< the probe climbs by single hundredths, after a measurement
    bool refined_ = false;
    bool first_ = false;  ///< the measurement follows upon a pace without bounds
    RecentItems recent_;
    RecentRefusals minute_;
};

}  // namespace lianzheng
