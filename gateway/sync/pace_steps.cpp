#include "gateway/sync/pace_steps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "gateway/sync/pacing_figures.h"

namespace lianzheng {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kStepTakes{500};
constexpr milliseconds kLeapTakes{250};
constexpr double kFarLeap = 15;  ///< times the base: from here on a leap too far costs many refusals
constexpr double kReserveStep = 1.8;
constexpr std::array kGentle{1.01, 1.02, 1.03, 1.06, 1.12, 1.3, kReserveStep};
constexpr std::array kSlowly{1.01, 1.03, 1.12, 1.25, kReserveStep};
constexpr double kLeap = 4;  ///< where a whole second's excess was borne, and nothing can have been saved
constexpr std::array kAnySecond{1.03, 1.12, kLeap};
constexpr std::array kClimbs{0.12, 0.03, 0.01};

milliseconds forItems(double items, double rate) { return pacing::milliseconds(items / rate); }

/// The first multiple at which one item more than the limit surely falls into a whole second.
double oneMore(double base) { return (base / pacing::kShare + 1.2) / base; }

double multipleOf(LimitShape shape, double base, int step) {
    const std::array clockSecond{oneMore(base), kLeap};
    const auto steps = base >= kSlowPace                  ? std::span<const double>(kGentle)
                       : shape == LimitShape::ClockSecond ? std::span<const double>(clockSecond)
                       : shape == LimitShape::AnySecond   ? std::span<const double>(kAnySecond)
                                                          : std::span<const double>(kSlowly);
    const int last = static_cast<int>(steps.size()) - 1;
    return step <= last ? steps[static_cast<std::size_t>(step)] : steps.back() * std::exp2(step - last);
}

}  // namespace

PaceStep probeStep(LimitShape shape, double base, int step) {
    PaceStep result{multipleOf(shape, base, step), kStepTakes};
    const double rate = base * result.multiple;
    if (result.multiple > kReserveStep && result.multiple < kFarLeap) {
        result.takes = kLeapTakes;
    } else if (base < kSlowPace && shape == LimitShape::ClockSecond && step == 0) {
        result.takes = milliseconds{2'000};  // what is left of one second, and a whole one
    } else if (base < kSlowPace && shape == LimitShape::AnySecond && step == 1) {
        result.takes = milliseconds{1'050};
    } else if (base < kSlowPace && step == 2) {
        result.takes = std::clamp(forItems(12, rate), kStepTakes, milliseconds{1'200});
    } else {
        result.takes = std::max(kStepTakes, forItems(5, rate));
    }
    return result;
}

bool emptiesReserve(LimitShape shape, double base, int step) { return multipleOf(shape, base, step) == kReserveStep; }

PaceStep climbStep(std::size_t level, double base, int step) {
    const double multiple = level < kFinestClimb ? std::pow(1 + kClimbs[level], step) : 1 + kClimbs[level] * (step + 1);
    return {multiple, std::max(kStepTakes, forItems(6.5, base * multiple))};
}

}  // namespace lianzheng
