#include "gateway/sync/pacing.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "gateway/sync/pace_steps.h"
#include "gateway/sync/pacing_figures.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;
using namespace pacing;
using Span = std::chrono::duration<double>;

constexpr std::chrono::milliseconds kLongPause{2'000};
constexpr std::uint32_t kUnmet = 30;  ///< items without a refusal: the measurement's pace does not meet the limit
constexpr double kAlikeFrom = 17;     ///< items a second from which any second looks like the clock's

/// Long enough for so many items, in whole seconds: a limit may count by them.
std::chrono::milliseconds measuringTakes(double rate, bool refined) {
    return refined ? milliseconds(std::clamp(std::ceil(120 / rate), 2.0, 24.0))
                   : milliseconds(std::clamp(std::ceil(12 / rate), 1.0, 3.0));
}

}  // namespace

bool Pacer::slow() const { return found_.base < kSlowPace; }

std::size_t Pacer::take(std::size_t wanted, TimePoint now) {
    advance(now);
    if (mode_ == Mode::Free && now >= pausedTill_) return wanted;
    if (now < pausedTill_) return 0;
    const double passed = std::max(0.0, Span{now - refilledAt_}.count());
    // What could not be sent for a moment is made up for, no more: a platform that counts by the second would notice.
    saved_ = std::min(1 + rate_ / 50, saved_ + passed * rate_);
    refilledAt_ = now;
    const auto granted = std::min(wanted, static_cast<std::size_t>(std::max(0.0, saved_ + 1e-6)));
    saved_ -= static_cast<double>(granted);
    stepItems_ += static_cast<double>(granted);
    return granted;
}

void Pacer::giveBack(double items) {
    if (mode_ == Mode::Free) return;
    saved_ += items;
    stepItems_ -= items;
}

TimePoint Pacer::nextAt(TimePoint now) const {
    if (now < pausedTill_) return pausedTill_;
    if (mode_ == Mode::Free || mode_ == Mode::Waking || saved_ + 1e-6 >= 1) return now;
    return std::max(now, refilledAt_ + milliseconds((1 - saved_) / rate_));
}

std::optional<double> Pacer::rate() const {
    if (mode_ == Mode::Free) return std::nullopt;
    return mode_ == Mode::Waking ? found_.base : rate_;
}

double Pacer::lately(TimePoint now) const { return recent_.in(now, 100) / 10; }

void Pacer::setRate(double rate, TimePoint since) {
    rate_ = std::max(rate, kSlowest);
    saved_ = std::min(saved_, 1.0);
    cutAt_ = since;
    last_ = 0;
    outcomes_ = refused_ = 0;
    phases_ = {};
}

void Pacer::count(TimePoint sentAt, TimePoint now, bool refused) {
    if (refused) {
        minute_.add(now);
        emptyAt_ = now;
        sinceEmpty_ = 0;
    } else {
        recent_.add(now);
        if (sentAt >= emptyAt_) sinceEmpty_ += 1;
    }
    if (sentAt < cutAt_) return;
    last_ = static_cast<std::uint8_t>((static_cast<unsigned>(last_) << 1U) | (refused ? 1U : 0U));
    outcomes_ += 1;
    refused_ += refused ? 1U : 0U;
}

/// A platform that counts by the second refuses all of the rest of one, which does not mean much.
bool Pacer::heavy(TimePoint now) {
    if (std::popcount(last_) < 4) {
        heavySince_ = TimePoint::max();
        return false;
    }
    heavySince_ = std::min(heavySince_, now);
    return now - heavySince_ >= 150ms;
}

void Pacer::passed(TimePoint sentAt, TimePoint now) {
    if (mode_ == Mode::Free) {
        recent_.add(now);
        return;
    }
    if (mode_ == Mode::Measuring && sentAt >= cutAt_ + measuringTakes(rate_, refined_)) measured(now);
    count(sentAt, now, false);
    if (mode_ == Mode::Feeling && sentAt >= cutAt_) climb(level_, now);
    if (mode_ != Mode::Measuring) return;
    if (refined_ && refused_ == 0 && outcomes_ == kUnmet) setRate(rate_ * 1.05, now + kSettles / 5);
    // What was under way at the first refusal of all says how much passed before it.
    if (first_ && sentAt < cutAt_) rate_ = std::max(rate_, 1.3 * recent_.in(now + 100ms, 10));
}

void Pacer::throttled(TimePoint sentAt, TimePoint now, std::chrono::milliseconds retryAfter) {
    if (retryAfter > kLongPause) pausedTill_ = std::max(pausedTill_, now + retryAfter);
    if (mode_ == Mode::Waking) advance(now);
    if (mode_ == Mode::Free) {
        const double passed = recent_.in(now + 100ms, 10);
        measure(1.3 * std::max(1.0, passed), std::max(now, pausedTill_));
        first_ = true;
        return;
    }
    if (mode_ == Mode::Measuring) {
        const auto takes = measuringTakes(rate_, refined_);
        if (sentAt >= cutAt_ + takes) measured(now);
        if (sentAt >= cutAt_) phases_.add(now, sentAt >= cutAt_ + takes / 2);
        return count(sentAt, now, true);
    }
    refusals_ += 1;
    const bool present = sentAt >= cutAt_;
    const bool trying = mode_ == Mode::Probing || mode_ == Mode::Climbing;
    if (trying && present) (mode_ == Mode::Probing ? probeFailed(now) : climbFailed(now));
    count(sentAt, now, true);
    if ((trying && present) || mode_ == Mode::Feeling) return;
    if (heavy(now)) {
        measure(rate_ / 2, now + kSettles / 5);
    } else if (present && sentAt >= cutAgainAt_) {
        cut(now);
    } else if (mode_ == Mode::Holding) {
        holdTill_ = std::max(holdTill_, now + spacing() - untilRefused());
    }
}

/// An item was refused that should have passed. While a climb's result is tested, that says where the limit is: one
/// item in so many was too much.
void Pacer::cut(TimePoint now) {
    cutAgainAt_ = now + kSettles;
    refusedAt_ = refusedAt_ > 0 ? std::min(refusedAt_, rate_) : rate_;
    if (now < testTill_) {
        const double borne = kShare * rate_ * (1 - 1.0 / std::max(outcomes_, 20U));
        const bool again = !refuted_ && outcomes_ >= 12 && found_.base >= kOneAMinute;
        found_.base = std::max({proven_, borne, again ? 0.985 * found_.base : 0});
        found_.limit = found_.base / kShare;
        testTill_ = again ? now + milliseconds(kTestItems / found_.base) : now;
        refuted_ = true;
    } else if (proven_ > 0 && proven_ < found_.base) {
        found_.base = std::max(proven_, kShare * found_.base);
        found_.limit = found_.base / kShare;
    } else {
        found_.limit = std::min(found_.limit, found_.base);
        found_.base = std::max(found_.base * kShare, kSlowest);
    }
    rate_ = (now < testTill_ ? kTest : 1) * found_.base;
    rest();
    holdTill_ = now + spacing() - untilRefused();
}

void Pacer::measure(double rate, TimePoint since) {
    mode_ = Mode::Measuring;
    refusedAt_ = 0;
    believed_ = 0;
    refined_ = false;
    first_ = false;
    setRate(rate, since);
}

/// All that was sent in the measurement's time is judged.
void Pacer::measured(TimePoint now) {
    const double took = Span{measuringTakes(rate_, refined_)}.count();
    const double share = outcomes_ == 0 ? 0 : static_cast<double>(refused_) / outcomes_;
    const double allowed = (outcomes_ - refused_) / took;
    if (share < (refined_ ? 0.015 : 0.001)) {  // too little to meet the limit
        setRate(rate_ * (refined_ ? 1.05 : 2), now + kSettles / 5);
        first_ = false;
    } else if (share > 0.6) {
        setRate(rate_ / 2, now + kSettles / 5);
        first_ = false;
    } else if (!refined_) {
        refined_ = true;
        setRate(std::min(rate_, (allowed < 100 ? 1.06 : 1.03) * allowed), now + kSettles);
    } else {
        found_.limit = allowed;
        found_.at = now;
        const bool clock = allowed < kAlikeFrom && phases_.together();
        shape_ = clock ? LimitShape::ClockSecond : LimitShape::Unknown;
        secondEnds_ = phases_.place();
        hold(kShare * allowed, now, kSettles);
        proven_ = 0;
        testTill_ = now;
        // One that counts by any second lets fewer pass of too many than of just enough: how much, only a climb tells.
        if (!clock) climb(kFinestClimb, now);
    }
}

void Pacer::hold(double base, TimePoint now, std::chrono::milliseconds settling) {
    mode_ = Mode::Holding;
    found_.base = std::max(base, kSlowest);
    setRate(found_.base, now + settling);
    holdTill_ = now + spacing() - untilRefused();
}

/// An item the less, or a twentieth of a second's: what is left of the platform's second, or of its reserve, is not
/// knocked at again.
void Pacer::rest() { saved_ = -std::max(slow() ? 1.0 : 2.0, rate_ / 20); }

void Pacer::advance(TimePoint now) {
    if (mode_ == Mode::Waking) {
        refusals_ = 0;
        refilledAt_ = now;
        hold(found_.base, now, 0ms);
    }
    if (mode_ == Mode::Holding) {
        if (rate_ > found_.base && now >= testTill_) rate_ = found_.base;
        if (now >= holdTill_ && now >= pausedTill_ && affordable(now + untilRefused()) && inPhase(now)) probe(now);
    }
    if (mode_ == Mode::Probing || mode_ == Mode::Climbing) advanceStep(now);
}

}  // namespace lianzheng
