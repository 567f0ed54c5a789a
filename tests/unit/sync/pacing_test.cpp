#include "gateway/sync/pacing.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "adapters/runtime/random.h"
#include "tests/unit/sync/limiters.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;
using Milliseconds = std::chrono::milliseconds;
constexpr TimePoint kBegin{1'773'115'200'000ms};

/// A platform with a hidden limit, so many calls under way at once, and a way there and back that differs each time.
class Pushing {
public:
    struct Step {
        std::chrono::seconds from;
        double perSecond;
    };
    Pushing(std::unique_ptr<test::Limiter> limiter, std::vector<Step> steps, std::uint64_t seed)
        : limiter_(std::move(limiter)), steps_(std::move(steps)), random_(seed) {}

    Pacer pacer;
    Milliseconds retryAfter{0};

    void go(Milliseconds length) {
        const TimePoint end = now_ + length;
        while (now_ < end) {
            send();
            TimePoint next = underWay_ < kUnderWay ? std::max(now_ + 1ms, pacer.nextAt(now_)) : end;
            if (!events_.empty()) next = std::min(next, events_.top().at);
            now_ = std::min(next, end);
            receive();
        }
    }

    struct Minute {
        double used = 0;     ///< share of the allowed items that passed
        double refused = 0;  ///< share of all items that were refused for speed
    };
    [[nodiscard]] Minute between(std::chrono::seconds from, std::chrono::seconds to) const {
        double passed = 0;
        double refused = 0;
        double allowed = 0;
        for (auto second = from; second < to; second += 1s) {
            const auto at = counts_.find(second.count());
            if (at != counts_.end()) {
                passed += at->second.first;
                refused += at->second.second;
            }
            allowed += limitAt(second);
        }
        return {passed / allowed, refused / std::max(1.0, passed + refused)};
    }

    [[nodiscard]] TimePoint now() const { return now_; }

private:
    static constexpr std::size_t kUnderWay = 128;
    /// An item at the platform, or its answer.
    struct Event {
        TimePoint at;
        TimePoint sent;
        enum class Kind : std::uint8_t { Arrives, Passed, Refused } kind;
        bool operator<(const Event& other) const { return at > other.at; }
    };

    [[nodiscard]] double limitAt(Milliseconds since) const {
        double limit = 0;
        for (const Step& step : steps_) {
            if (since >= step.from) limit = step.perSecond;
        }
        return limit;
    }
    [[nodiscard]] Milliseconds way() { return Milliseconds{20 + static_cast<int>(random_.unit() * 20)}; }
    void send() {
        const std::size_t room = kUnderWay - underWay_;
        const std::size_t granted = room == 0 ? 0 : pacer.take(room, now_);
        for (std::size_t i = 0; i < granted; ++i) events_.push({now_ + way(), now_, Event::Kind::Arrives});
        underWay_ += granted;
    }
    void receive() {
        while (!events_.empty() && events_.top().at <= now_) {
            const Event event = events_.top();
            events_.pop();
            if (event.kind == Event::Kind::Arrives) {
                auto& [passed, refused] = counts_[(event.at - kBegin) / 1s];
                const bool passes = limiter_->passes(event.at, limitAt(event.at - kBegin));
                (passes ? passed : refused) += 1;
                events_.push({event.at + way(), event.sent, passes ? Event::Kind::Passed : Event::Kind::Refused});
                continue;
            }
            underWay_ -= 1;
            if (event.kind == Event::Kind::Passed) pacer.passed(event.sent, now_);
            if (event.kind == Event::Kind::Refused) pacer.throttled(event.sent, now_, retryAfter);
        }
    }

    std::unique_ptr<test::Limiter> limiter_;
    std::vector<Step> steps_;
    SeededRandom random_;
    TimePoint now_ = kBegin;
    std::priority_queue<Event> events_;
    std::size_t underWay_ = 0;
    std::map<std::int64_t, std::pair<double, double>> counts_;
};

enum class Shape : std::uint8_t { Bucket, Fixed, Sliding };
std::unique_ptr<test::Limiter> limiter(Shape shape) {
    if (shape == Shape::Fixed) return std::make_unique<test::FixedWindow>();
    if (shape == Shape::Sliding) return std::make_unique<test::SlidingWindow>();
    return std::make_unique<test::TokenBucket>();
}

constexpr std::array kShapes{Shape::Bucket, Shape::Fixed, Shape::Sliding};

/// The bounds that are wanted in each minute (issue 3): nine tenths and a half of what is allowed is used, and one item
/// in two hundred at most is refused for its speed.
bool isGood(const Pushing::Minute& seen) { return seen.used >= 0.95 && seen.refused <= 0.005; }

void expectGood(const Pushing& run, std::chrono::seconds from, int minutes) {
    for (int minute = 0; minute < minutes; ++minute) {
        const auto at = from + std::chrono::minutes{minute};
        const Pushing::Minute seen = run.between(at, at + 60s);
        EXPECT_TRUE(isGood(seen)) << "from second " << at.count() << " used " << seen.used << " refused "
                                  << seen.refused;
    }
}

TEST(PacerTest, UsesAHiddenLimitAndIsHardlyRefused) {
    for (const Shape shape : kShapes) {
        for (const double limit : {5.0, 50.0, 500.0}) {
            for (std::uint64_t seed = 1; seed <= (limit > 50 ? 2U : 10U); ++seed) {
                SCOPED_TRACE(::testing::Message()
                             << "shape " << static_cast<int>(shape) << ", " << limit << " a second, seed " << seed);
                Pushing run(limiter(shape), {{0s, limit}}, seed);
                run.go(665s);
                expectGood(run, 60s, 10);
            }
        }
    }
}

/// Counts minutes, and those out of bounds.
struct Minutes {
    int all = 0;
    int bad = 0;
    void look(const Pushing& run, std::chrono::seconds from, int count) {
        for (int minute = 0; minute < count; ++minute) {
            const auto at = from + std::chrono::minutes{minute};
            all += 1;
            bad += isGood(run.between(at, at + 60s)) ? 0 : 1;
        }
    }
};

/// 50, then 10, then 200 a second: within half a minute of each step the bounds hold again, whenever it comes. A chance
/// in a hundred minutes is left: a wrong guess of how the platform counts takes some minutes to be mended.
TEST(PacerTest, FollowsALimitThatMoves) {
    Minutes minutes;
    for (const Shape shape : kShapes) {
        for (std::uint64_t seed = 1; seed <= 8; ++seed) {
            const std::chrono::seconds down = 360s + std::chrono::seconds{7 * seed % 60};
            Pushing run(limiter(shape), {{0s, 50.0}, {down, 10.0}, {down + 630s, 200.0}}, seed);
            run.go(down + 630s + 640s);
            minutes.look(run, 60s, 5);
            minutes.look(run, down + 30s, 10);
            minutes.look(run, down + 660s, 10);
        }
    }
    EXPECT_LE(minutes.bad, minutes.all / 100) << "of " << minutes.all;
}

/// Between the limits that are asked for: a pace at which each refusal is dear, and how the platform counts hard to
/// tell.
TEST(PacerTest, OtherLimitsAreFoundAsWell) {
    Minutes minutes;
    for (const Shape shape : kShapes) {
        for (const double limit : {7.0, 10.0, 15.0, 20.0, 100.0}) {
            for (std::uint64_t seed = 1; seed <= 4; ++seed) {
                Pushing run(limiter(shape), {{0s, limit}}, seed);
                run.go(665s);
                minutes.look(run, 60s, 10);
            }
        }
    }
    EXPECT_LE(minutes.bad, minutes.all / 100) << "of " << minutes.all;
}

/// A platform that counts by its clock's seconds refuses at the end of one. A trial that begins with a second meets the
/// limit within the next; one that begins in the midst of it would need another, or be refused twice.
TEST(PacerTest, ATrialBeginsWithThePlatformsSecond) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        Pushing run(limiter(Shape::Fixed), {{0s, 10.0}}, seed);
        run.go(60s);
        int trials = 0;
        double before = 0;
        while (run.now() < kBegin + 660s) {
            run.go(20ms);
            const double rate = run.pacer.rate().value_or(0);
            if (rate > 10.2 && before <= 10.2) {
                trials += 1;
                // A little before it ends is as good: what is sent then arrives after it.
                EXPECT_LT(std::fmod(placeInSecond(run.now()) + 0.1, 1.0), 0.5) << "seed " << seed;
            }
            before = rate;
        }
        EXPECT_GE(trials, 15) << "seed " << seed;
    }
}

TEST(PacerTest, WithoutARefusalNothingIsHeldBack) {
    Pacer pacer;
    TimePoint now = kBegin;
    for (int i = 0; i < 1000; ++i) {
        EXPECT_EQ(pacer.take(500, now), 500U);
        EXPECT_EQ(pacer.nextAt(now), now);
        for (int item = 0; item < 500; ++item) pacer.passed(now, now + 20ms);
        now += 20ms;
    }
    EXPECT_FALSE(pacer.rate());
    EXPECT_NEAR(pacer.lately(now), 25'000, 600);
}

TEST(PacerTest, WhatWasFoundIsTakenUpByTheNextProcess) {
    Pushing run(limiter(Shape::Bucket), {{0s, 50.0}}, 3);
    run.go(300s);
    const Pacer::Found found = run.pacer.found();
    EXPECT_NEAR(found.base, 49, 2);
    EXPECT_NEAR(found.limit, 50, 2.5);
    ASSERT_TRUE(found.at);
    Pushing later(limiter(Shape::Bucket), {{0s, 50.0}}, 4);
    later.pacer = Pacer(found);
    later.go(130s);
    const Pushing::Minute first = later.between(0s, 60s);
    EXPECT_GE(first.used, 0.95);
    EXPECT_LE(first.refused, 0.015);  // the platform's reserve is full at first, and empties once
    expectGood(later, 60s, 1);
}

TEST(PacerTest, ALongRetryAfterStopsAll) {
    Pacer pacer(Pacer::Found{50, 51, kBegin});
    pacer.take(1, kBegin);
    pacer.throttled(kBegin, kBegin + 50ms, 30s);
    EXPECT_EQ(pacer.take(10, kBegin + 30s), 0U);
    EXPECT_EQ(pacer.nextAt(kBegin + 1s), kBegin + 30'050ms);
    EXPECT_GE(pacer.take(10, kBegin + 31s), 1U);
}

TEST(PacerTest, ShortRetryAftersDoNotStopTheRest) {
    Pushing run(limiter(Shape::Bucket), {{0s, 50.0}}, 3);
    run.retryAfter = 1s;
    run.go(665s);
    expectGood(run, 60s, 10);
}

TEST(PacerTest, WhatIsNotUsedIsGivenBack) {
    Pacer pacer(Pacer::Found{10, 10.2, kBegin});
    ASSERT_EQ(pacer.take(5, kBegin), 1U);
    pacer.giveBack(1);
    EXPECT_EQ(pacer.take(5, kBegin), 1U);
    EXPECT_EQ(pacer.take(5, kBegin), 0U);
    EXPECT_GT(pacer.nextAt(kBegin), kBegin + 50ms);
}

TEST(PacerTest, ALimitThatIsGoneIsForgotten) {
    Pushing run(limiter(Shape::Bucket), {{0s, 50.0}, {90s, 1e9}}, 3);
    run.go(300s);
    EXPECT_FALSE(run.pacer.rate());
    EXPECT_EQ(run.pacer.found().base, 0);
}

}  // namespace
}  // namespace lianzheng
