#include "gateway/reconcile/sample_plan.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gateway/reconcile/binomial.h"

namespace lianzheng {
namespace {

/// The i-th point of the van der Corput sequence to the base 2: the bits of i mirrored behind the point.
double mirrored(std::uint64_t i) {
    double value = 0;
    for (double weight = 0.5; i != 0; i >>= 1U, weight /= 2) value += (i & 1U) != 0 ? weight : 0;
    return value;
}

}  // namespace

SamplePlan::SamplePlan(const std::vector<std::uint64_t>& sizes, std::uint64_t draws, double shift)
    : ofStratum_(sizes.size(), 0), population_(std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0})) {
    std::vector<std::uint64_t> ends(sizes.size());
    std::partial_sum(sizes.begin(), sizes.end(), ends.begin());
    const std::uint64_t wanted = std::min(draws, population_);
    order_.reserve(wanted);
    for (std::uint64_t i = 0; order_.size() < wanted; ++i) {
        const double point = mirrored(i) + shift;
        const double place = (point - std::floor(point)) * static_cast<double>(population_);
        const auto end = std::upper_bound(ends.begin(), ends.end(), static_cast<std::uint64_t>(place));
        auto stratum = static_cast<std::size_t>(end - ends.begin());
        // Of one that is drawn whole its neighbours take the turn.
        while (stratum >= sizes.size() || ofStratum_[stratum] == sizes[stratum]) {
            stratum = stratum + 1 < sizes.size() ? stratum + 1 : 0;
        }
        ofStratum_[stratum] += 1;
        order_.push_back(stratum);
    }
}

GrowingBound::GrowingBound(const SamplePlan& plan, double confidence, double target)
    : riskOfEach_(0), target_(target), whole_(plan.isWhole()) {
    constexpr std::uint64_t kParts[] = {16, 8, 4, 2, 1};
    for (const std::uint64_t part : kParts) {
        const std::uint64_t look = plan.order().size() / part;
        if (look != 0 && (looks_.empty() || looks_.back() != look)) looks_.push_back(look);
    }
    if (!looks_.empty()) riskOfEach_ = (1 - confidence) / static_cast<double>(looks_.size());
}

bool GrowingBound::add(bool disagrees) {
    drawn_ += 1;
    disagreeing_ += disagrees ? 1 : 0;
    if (!std::binary_search(looks_.begin(), looks_.end(), drawn_)) return false;
    const bool all = whole_ && drawn_ == looks_.back();
    if (all) {
        bound_ = static_cast<double>(disagreeing_) / static_cast<double>(drawn_);  // no bound any more, but the share
    } else {
        bound_ = std::min(bound_.value_or(1), upperShare(disagreeing_, drawn_, riskOfEach_));
    }
    return reached();
}

}  // namespace lianzheng
