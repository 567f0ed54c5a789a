#include <algorithm>
#include <cmath>

#include "gateway/sync/pace_steps.h"
#include "gateway/sync/pacing.h"
#include "gateway/sync/pacing_figures.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;
using namespace pacing;
using Span = std::chrono::duration<double>;

constexpr double kAffordable = 0.0049;    ///< of a minute's items
constexpr double kRefusedShare = 0.0034;  ///< what probing may cost: no more than two in 600, or one in 300
constexpr double kEarly = 1.065;          ///< a probe refused before that many times its base is refused early …
constexpr double kLate = 1.1;             ///< … and from there on late: something had been saved
constexpr std::chrono::milliseconds kIdleAfter{5'000};
constexpr double kFeeler = 20;  ///< of that many items one is sent while nothing passes

}  // namespace

std::optional<double> Pacer::average(TimePoint now) const {
    if (emptyAt_ == TimePoint{}) return std::nullopt;
    return static_cast<double>(sinceEmpty_) / std::max(1.0, Span{now - emptyAt_}.count());
}

bool Pacer::affordable(TimePoint then) const {
    const double cost = std::clamp(static_cast<double>(refusals_), 1.0, std::max(1.0, 0.25 * found_.base));
    return minute_.lastMinute(then) + cost <= std::max(cost, kAffordable * 60 * found_.base);
}

bool Pacer::inPhase(TimePoint now) const {
    if (!byClock()) return true;
    return std::fmod(placeInSecond(now) - secondEnds_ + 1.95, 1.0) < 0.25;
}

/// From one refusal to the next: far enough apart for all that this probe has cost.
std::chrono::milliseconds Pacer::spacing() const {
    return milliseconds(std::clamp(refusals_ / (kRefusedShare * found_.base), 10.0, 62.0));
}

/// How long a probe lasts at least before it is refused.
std::chrono::milliseconds Pacer::untilRefused() const {
    if (!slow()) return 2'000ms;
    switch (shape_) {
        case LimitShape::ClockSecond:
            return 600ms;
        case LimitShape::AnySecond:
            return 300ms;
        case LimitShape::Reserve:
            return 2'500ms;
        case LimitShape::Unknown:
            break;
    }
    return 1'000ms;
}

void Pacer::begin(Mode mode, TimePoint now) {
    mode_ = mode;
    step_ = 0;
    survived_ = 1;
    beyond_ = 0;
    setStep(now);
}

void Pacer::probe(TimePoint now) {
    refusals_ = 0;
    proven_ = 0;
    begin(Mode::Probing, now);
}

/// From a base that passes upwards, until one step is refused; then from a little below it, in finer steps.
void Pacer::climb(std::size_t level, TimePoint now) {
    const bool fromFeeling = mode_ == Mode::Feeling;
    refusals_ = 0;
    proven_ = 0;
    level_ = level;
    begin(Mode::Climbing, now);
    if (!fromFeeling) return;
    cutAt_ = now;
    saved_ = 0;
}

/// Far too much was sent: the platform's second may be full, or its reserve empty. When something passes again the
/// climb begins, at `base`.
void Pacer::feel(double base, std::size_t level, TimePoint now) {
    mode_ = Mode::Feeling;
    refusedAt_ = 0;
    found_.base = std::max(base, kSlowest);
    level_ = level;
    setRate(std::max(std::min(8.0, base), base / kFeeler), now + 30ms);
    saved_ = 0;
}

void Pacer::setStep(TimePoint now) {
    multiple_ = (mode_ == Mode::Probing ? probeStep(shape_, found_.base, step_) : climbStep(level_, found_.base, step_))
                    .multiple;
    rate_ = found_.base * multiple_;
    stepAt_ = now;
    stepItems_ = 0;
}

void Pacer::advanceStep(TimePoint now) {
    const bool probing = mode_ == Mode::Probing;
    const auto takes = (probing ? probeStep(shape_, found_.base, step_) : climbStep(level_, found_.base, step_)).takes;
    if (now - stepAt_ < takes) return;
    const double took = Span{now - stepAt_}.count();
    if (stepItems_ < 0.7 * rate_ * took) {  // there is less to send than may be sent, which proves nothing
        if (now - stepAt_ <= kIdleAfter) return;
        if (multiple_ >= 2) {
            mode_ = Mode::Free;
            found_.base = 0;
            return;
        }
        stepAt_ = now;
        stepItems_ = 0;
        return;
    }
    beyond_ += stepItems_ - found_.base / kShare * took;
    survived_ = multiple_;
    if (probing && emptiesReserve(shape_, found_.base, step_) && beyond_ < 1.05 * found_.base + 1) {
        stepAt_ = now;
        stepItems_ = 0;
        return;
    }
    step_ += 1;
    setStep(now);
}

void Pacer::climbFailed(TimePoint now) {
    const double base = found_.base;
    const double survived = base * survived_;
    const auto averaged = average(now);
    const std::size_t finest = shape_ == LimitShape::ClockSecond ? kFinestClimb - 1 : kFinestClimb;
    if (level_ < finest) {
        if (survived_ <= 1) return feel((level_ == 0 ? 0.75 : 0.92) * base, level_, now);
        const double below = survived / climbStep(level_, base, 1).multiple;
        return feel(averaged ? std::min(below, 1.05 * *averaged) : below, level_ + 1, now);
    }
    // A platform that saves bears more for a moment than it allows in all; one that counts by any second let less pass
    // when it was measured. So the higher base is taken, and proven where a refusal is dear.
    double next = (!slow() ? kShare : base >= kOneAMinute ? 0.975 : 0.98) * survived;
    if (!slow() && averaged) next = std::min(next, 1.06 * *averaged);
    hold(std::max(base, next), now, kSettles);
    proven_ = base;
    believed_ = 0.975 * survived;
    if (base < kSlowPace && survived_ < kLate) {
        testTill_ = now + milliseconds(kTestItems / base);
        rate_ = kTest * found_.base;
        refuted_ = false;
    }
    rest();
    found_.limit = std::max(found_.limit, found_.base / kShare);
}

/// Whether the limit has moved is told by what has passed since the refusal before this one: a platform that lets
/// bursts pass bears a steep step for a moment, but no more in all than it allows.
void Pacer::probeFailed(TimePoint now) {
    const double base = found_.base;
    const double took = std::max(1.0, Span{now - emptyAt_}.count());
    const auto since = static_cast<double>(sinceEmpty_);
    const bool known = emptyAt_ != TimePoint{};
    if (known ? since - base / kShare * took > std::max(3.0, 0.03 * since) : survived_ > 1.6)
        return feel(std::max(base, base * survived_), survived_ < 1.3 ? 1 : 0, now);
    hold(nextBase(now), now, kSettles);
    rest();
}

double Pacer::nextBase(TimePoint now) {
    const double base = found_.base;
    const auto averaged = average(now);
    double next = 1.003 * base;
    double most = 0.975 * found_.limit;
    if (survived_ <= kEarly && !byClock()) {
        next = base * std::clamp(0.975 * survived_, slow() ? 0.995 : 0.99, 1.03);
    } else if (averaged && *averaged > 1.012 * base) {
        next = most = std::max(base, std::min(0.98 * *averaged, base * survived_));
    } else if (byClock()) {
        next = base;
    } else if (!averaged && base > kOneAMinute && survived_ >= (base > 20 ? 1.1 : 1.7)) {
        found_.limit *= 1.01;
    }
    next = std::min(next, learnShape() * base);
    if (shape_ == LimitShape::AnySecond || shape_ == LimitShape::Unknown)
        most = std::max(most, std::min(believed_, 0.985 * base * survived_));
    if (refusedAt_ > 0) {
        refusedAt_ *= 1.001;  // it is tried again, very much later
        most = std::min(most, 0.98 * refusedAt_);
    }
    return std::min(next, std::max(0.985 * base, most));
}

/// What a probe's end says of the platform's way of counting; returns how much of the base may be kept at most.
double Pacer::learnShape() {
    constexpr double kAny = 2;
    if (!slow() || shape_ == LimitShape::ClockSecond) return kAny;
    const bool early = survived_ <= kEarly;
    const bool nothingSaved = early && shape_ == LimitShape::Reserve && !brief_;
    brief_ = early;
    if (nothingSaved) return 0.985;
    if (survived_ >= kLate) shape_ = LimitShape::Reserve;
    if (early) shape_ = LimitShape::AnySecond;
    return kAny;
}

}  // namespace lianzheng
