#include "gateway/sync/limit_shape.h"

#include <cmath>
#include <numbers>

namespace lianzheng {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;
constexpr double kTogether = 0.75;  ///< of their number, the length of their sum as unit vectors
constexpr double kStays = 0.06;     ///< seconds that the place may move from one half to the other

}  // namespace

double placeInSecond(TimePoint at) {
    using namespace std::chrono_literals;
    return static_cast<double>((at.time_since_epoch() % 1s).count()) / 1000;
}

void RefusalPhases::add(TimePoint at, bool late) {
    halves_[late ? 1 : 0] += std::polar(1.0, kTurn * placeInSecond(at));
    counts_[late ? 1 : 0] += 1;
}

bool RefusalPhases::together() const {
    const std::size_t all = counts_[0] + counts_[1];
    if (all < 4 || std::abs(halves_[0] + halves_[1]) < kTogether * static_cast<double>(all)) return false;
    if (counts_[0] == 0 || counts_[1] == 0) return true;
    return std::abs(std::arg(halves_[1] * std::conj(halves_[0]))) < kStays * kTurn;
}

double RefusalPhases::place() const { return std::fmod(std::arg(halves_[0] + halves_[1]) / kTurn + 1, 1.0); }

}  // namespace lianzheng
