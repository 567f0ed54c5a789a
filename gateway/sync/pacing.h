#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "gateway/sync/limit_shape.h"
#include "gateway/sync/recent_items.h"
#include "mappings/date.h"

namespace lianzheng {

/// Finds and keeps the pace that a platform allows for one operation and credential, of which nothing is published but
/// its refusals for speed. Without a refusal everything may go. The first one starts a measurement: a little more is
/// sent than passes until what passes is known to one in a hundred. From then on about 0.97 of it is sent; every now
/// and then, as seldom as the share of refused items has to stay below 0.5 %, it is tried whether more passes: in
/// growing steps until one is refused. Where far more passes than before, the new limit is closed in upon from below.
/// Many refusals halve the pace at once and are measured again.
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
    enum class Mode : std::uint8_t {
        Free,       ///< no limit is known
        Waking,     ///< a limit is known from an earlier process
        Measuring,  ///< a little more is sent than passes
        Holding,    ///< the base is sent
        Probing,    ///< it is tried whether more passes …
        Climbing,   ///< … or how much more, from a pace known to pass
        Feeling,    ///< hardly anything is sent until something passes again
    };
    void advance(TimePoint now);
    void setRate(double rate, TimePoint since);
    void count(TimePoint sentAt, TimePoint now, bool refused);
    /// Most of what is sent has been refused for a while.
    [[nodiscard]] bool heavy(TimePoint now);
    void measure(double rate, TimePoint since);
    void measured(TimePoint now);
    void hold(double base, TimePoint now, std::chrono::milliseconds settling);
    void cut(TimePoint now);
    void rest();

    // Probing and climbing.
    void probe(TimePoint now);
    void climb(std::size_t level, TimePoint now);
    void feel(double base, std::size_t level, TimePoint now);
    void begin(Mode mode, TimePoint now);
    void advanceStep(TimePoint now);
    void setStep(TimePoint now);
    void probeFailed(TimePoint now);
    void climbFailed(TimePoint now);
    void moved(TimePoint now);
    [[nodiscard]] double nextBase(TimePoint now);
    double learnShape();
    /// Whether one more refusal at `then` stays within what a minute allows.
    [[nodiscard]] bool affordable(TimePoint then) const;
    /// Whether a trial of a platform that counts by its clock's seconds would begin with one of them.
    [[nodiscard]] bool inPhase(TimePoint now) const;
    [[nodiscard]] std::chrono::milliseconds spacing() const;
    [[nodiscard]] std::chrono::milliseconds untilRefused() const;
    /// Items a second that passed since the refusal before; nothing: there was none.
    [[nodiscard]] std::optional<double> average(TimePoint now) const;
    [[nodiscard]] bool slow() const;
    [[nodiscard]] bool byClock() const { return shape_ == LimitShape::ClockSecond && slow(); }

    Found found_;
    Mode mode_ = Mode::Free;
    double rate_ = 0;   ///< items a second at present
    double saved_ = 1;  ///< items that may leave at `refilledAt_`
    TimePoint refilledAt_{};
    TimePoint pausedTill_{};
    TimePoint holdTill_{};
    TimePoint cutAgainAt_{};  ///< what was sent before says nothing of the last small cut

    // What was sent since `cutAt_`, at the present pace.
    TimePoint cutAt_{};
    std::uint8_t last_ = 0;  ///< the last eight outcomes, a bit each: refused
    std::uint32_t outcomes_ = 0;
    std::uint32_t refused_ = 0;
    TimePoint heavySince_ = TimePoint::max();

    TimePoint emptyAt_{};           ///< the last refusal …
    std::uint64_t sinceEmpty_ = 0;  ///< … and what has passed since
    RecentItems recent_;
    RecentRefusals minute_;

    // The measurement.
    bool refined_ = false;  ///< its second part, which is longer and gentler
    bool first_ = false;    ///< it follows upon a pace without bounds
    RefusalPhases phases_;
    LimitShape shape_ = LimitShape::Unknown;
    double secondEnds_ = 0;  ///< where in a second the platform's ends (ClockSecond)
    bool brief_ = false;     ///< the last probe was refused early

    // The probe, or the climb.
    std::size_t level_ = 0;
    int step_ = 0;
    double multiple_ = 1;
    double survived_ = 1;
    TimePoint stepAt_{};
    double stepItems_ = 0;
    double beyond_ = 0;           ///< items sent beyond what the base's limit bears
    std::uint32_t refusals_ = 0;  ///< that this probe, or what followed it, has cost

    // What a climb leaves to be proven.
    double proven_ = 0;     ///< a base that is borne in any case; 0: nothing is in doubt
    double believed_ = 0;   ///< a base that is likely borne
    TimePoint testTill_{};  ///< till then a little more than the base is sent
    bool refuted_ = false;  ///< once already
    double refusedAt_ = 0;  ///< the slowest pace that was refused while holding; 0: none
};

}  // namespace lianzheng
