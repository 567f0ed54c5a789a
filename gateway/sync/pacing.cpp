#include "gateway/sync/pacing.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <span>

namespace lianzheng {
namespace {

using namespace std::chrono_literals;
using Span = std::chrono::duration<double>;

constexpr double kShare = 0.97;           ///< of what passes, that is sent
constexpr double kSlowest = 0.1;          ///< items a second: below it a pace is an outage, which is the breaker's
constexpr double kAffordable = 0.0049;    ///< of a minute's items
constexpr double kRefusedShare = 0.0034;  ///< what probing may cost: no more than two in 600, or one in 300
constexpr std::chrono::milliseconds kLongPause{2'000};
/// What was sent at the old pace still arrives, and a platform that counts by the second refuses the rest of it.
constexpr std::chrono::milliseconds kSettles{1'000};
constexpr std::chrono::milliseconds kProbeTakes{2'000};  ///< at least, before it is refused

std::chrono::milliseconds milliseconds(double seconds) {
    return std::chrono::milliseconds{static_cast<std::int64_t>(std::ceil(seconds * 1000))};
}

constexpr double kSlow = 8;  ///< items a second at which a single refusal is all that a minute allows

/// A probe's steps as multiples of the base: gently at first, for the limit has probably not moved; then by leaps, for
/// it has. A slow pace leaps only after a whole second's worth has passed beyond the limit, which some platforms hold
/// in reserve.
double multiple(int step, double base) {
    constexpr std::array kGentle{1.01, 1.02, 1.03, 1.06, 1.12, 1.3, 1.8};
    constexpr std::array kGentlest{1.01, 1.03, 1.06, 1.12, 1.25, 1.25, 1.25, 1.25, 1.25, 1.25, 1.25, 1.8};
    const std::span<const double> gentle = base < kSlow ? std::span<const double>(kGentlest) : kGentle;
    const int last = static_cast<int>(gentle.size()) - 1;
    return step <= last ? gentle[static_cast<std::size_t>(step)] : gentle.back() * std::exp2(step - last);
}
constexpr std::chrono::milliseconds kStepTakes{500};
constexpr std::chrono::milliseconds kFineTakes{500};

/// Long enough for a hundred items, in whole seconds: a limit may count by them.
std::chrono::milliseconds measuringTakes(double rate, bool refined) {
    return refined ? milliseconds(std::clamp(std::ceil(100 / rate), 2.0, 14.0))
                   : milliseconds(std::clamp(std::ceil(12 / rate), 1.0, 3.0));
}

}  // namespace

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
}

bool Pacer::affordable(TimePoint now) const {
    const double cost = std::clamp(static_cast<double>(refusals_), 1.0, std::max(1.0, 0.25 * found_.base));
    return minute_.lastMinute(now) + cost <= std::max(cost, kAffordable * 60 * found_.base);
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

bool Pacer::heavy() const { return std::popcount(last_) >= 4; }

/// From one refusal to the next: far enough apart for all that this probe has cost.
std::chrono::milliseconds Pacer::spacing() const {
    return milliseconds(std::clamp(refusals_ / (kRefusedShare * found_.base), 10.0, 62.0));
}

void Pacer::passed(TimePoint sentAt, TimePoint now) {
    if (mode_ == Mode::Free) {
        recent_.add(now);
        return;
    }
    if (mode_ == Mode::Measuring && sentAt >= cutAt_ + measuringTakes(rate_, refined_)) measured(now);
    count(sentAt, now, false);
    // What was under way at the first refusal of all says how much passed before it.
    if (mode_ == Mode::Measuring && first_ && sentAt < cutAt_)
        rate_ = std::max(rate_, 1.3 * recent_.in(now + 100ms, 10));
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
        if (sentAt >= cutAt_ + measuringTakes(rate_, refined_)) measured(now);
        count(sentAt, now, true);
        return;
    }
    refusals_ += 1;
    const bool present = sentAt >= cutAt_;
    if (mode_ == Mode::Probing && present) {
        probeFailed(now);
        count(sentAt, now, true);
        return;
    }
    count(sentAt, now, true);
    if (heavy()) {
        measure(rate_ / 2, now + kSettles / 5);
    } else if (present && sentAt >= cutAgainAt_) {
        cutAgainAt_ = now + kSettles;
        found_.limit = std::min(found_.limit, found_.base);
        found_.base = std::max(found_.base * kShare, kSlowest);
        rate_ = found_.base;
        rest();
        holdTill_ = now + spacing() - kProbeTakes;
    } else if (mode_ == Mode::Holding) {
        holdTill_ = std::max(holdTill_, now + spacing() - kProbeTakes);
    }
}

void Pacer::measure(double rate, TimePoint since) {
    mode_ = Mode::Measuring;
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
        hold(kShare * allowed, now, kSettles);
        climb(now);
    }
}

void Pacer::hold(double base, TimePoint now, std::chrono::milliseconds settling) {
    mode_ = Mode::Holding;
    found_.base = std::max(base, kSlowest);
    setRate(found_.base, now + settling);
    holdTill_ = now + spacing() - kProbeTakes;
}

/// A platform that counts the items of any second lets fewer pass of too many than of just enough: from what passed
/// under pressure it goes upwards by hundredths.
void Pacer::climb(TimePoint now) {
    probe(now);
    fine_ = true;
}

/// One or two items the less, or a tenth of a second's: what is left of the platform's second, or of its reserve, is
/// not knocked at again.
void Pacer::rest() { saved_ = -std::max(rate_ < kSlow ? 1.0 : 2.0, rate_ / 10); }

void Pacer::probe(TimePoint now) {
    mode_ = Mode::Probing;
    fine_ = false;
    refusals_ = 0;
    step_ = 0;
    survived_ = 1;
    multiple_ = multiple(0, found_.base);
    stepAt_ = now;
    stepItems_ = 0;
    rate_ = found_.base * multiple_;
}

void Pacer::advanceProbe(TimePoint now) {
    if (now - stepAt_ <
        (fine_ ? std::max(kFineTakes, milliseconds(9 / rate_)) : std::max(kStepTakes, milliseconds(5 / rate_))))
        return;
    const double took = Span{now - stepAt_}.count();
    if (stepItems_ < 0.7 * rate_ * took) {  // there is less to send than may be sent, which proves nothing
        if (now - stepAt_ > 10 * kStepTakes) {
            if (multiple_ >= 2) {
                mode_ = Mode::Free;
                found_.base = 0;
                return;
            }
            stepAt_ = now;
            stepItems_ = 0;
        }
        return;
    }
    survived_ = multiple_;
    step_ += 1;
    multiple_ = fine_ ? 1 + 0.01 * (step_ + 1) : multiple(step_, found_.base);
    rate_ = found_.base * multiple_;
    stepAt_ = now;
    stepItems_ = 0;
}

/// Where the limit lies is told by what has passed since the refusal before this one: a platform that lets bursts pass
/// bears a steep step for a moment, but no more in all than it allows.
void Pacer::probeFailed(TimePoint now) {
    const double base = found_.base;
    if (fine_) {
        const double share = base >= kSlow ? kShare : survived_ > 1.085 ? 0.975 : 0;
        hold(std::max(base, share * base * survived_), now, kSettles);
        rest();
        found_.limit = std::max(found_.limit, found_.base / kShare);
        return;
    }
    const double took = std::max(1.0, Span{now - emptyAt_}.count());
    const double average = static_cast<double>(sinceEmpty_) / took;
    const double expected = base / kShare * took;
    const bool known = emptyAt_ != TimePoint{};
    const double beyond = static_cast<double>(sinceEmpty_) - expected;
    if (known ? beyond > std::max(3.0, 0.03 * static_cast<double>(sinceEmpty_)) : survived_ > 1.6) {
        measure(std::max(base, recent_.in(now + 100ms, 10) / 1.4), now + kSettles / 5);
        return;
    }
    double next = 0;
    double most = 0.975 * found_.limit;
    if (survived_ <= 1.065) {
        next = base * std::clamp(0.975 * survived_, 0.99, 1.03);
    } else if (known && average > 1.012 * base) {
        next = std::min(0.99 * average, base * survived_);
        most = 0.99 * found_.limit;
    } else {
        next = base * 1.01;
        if (base > kSlow && survived_ >= (base > 20 ? 1.1 : 1.7)) found_.limit *= 1.01;
    }
    next = std::min(next, std::max(0.985 * base, most));
    hold(next, now, kSettles);
    rest();
}

void Pacer::advance(TimePoint now) {
    if (mode_ == Mode::Waking) {
        refusals_ = 0;
        refilledAt_ = now;
        hold(found_.base, now, 0ms);
    }
    if (mode_ == Mode::Holding && now >= holdTill_ && now >= pausedTill_ && affordable(now + kProbeTakes)) probe(now);
    if (mode_ == Mode::Probing) advanceProbe(now);
}

}  // namespace lianzheng
