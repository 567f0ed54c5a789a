#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace lianzheng {

/// From which strata a sample is drawn, and in which order. Draw i falls where the i-th point of a van der Corput
/// sequence, moved by one random shift, falls among the strata laid end to end, so that every beginning of the sample
/// is in proportion to them, and each certificate is as likely to be drawn as any other. Pure.
class SamplePlan {
public:
    /// `sizes`: of the strata. `draws`: how many at the most; all of the population when that is no more.
    /// `shift`: by chance, 0 <= shift < 1.
    SamplePlan(const std::vector<std::uint64_t>& sizes, std::uint64_t draws, double shift);

    /// The stratum of each draw.
    [[nodiscard]] const std::vector<std::size_t>& order() const { return order_; }
    /// How many of each stratum are drawn in all.
    [[nodiscard]] const std::vector<std::uint64_t>& ofStratum() const { return ofStratum_; }
    [[nodiscard]] std::uint64_t population() const { return population_; }
    [[nodiscard]] bool isWhole() const { return order_.size() == population_; }

private:
    std::vector<std::size_t> order_;
    std::vector<std::uint64_t> ofStratum_;
    std::uint64_t population_ = 0;
};

/// What a growing sample has shown: an upper bound of the share that disagrees, which holds with the stated confidence
/// although it is looked at more than once. The risk is divided among a few looks that are fixed beforehand, at a
/// sixteenth, an eighth, a quarter, half and the whole of the sample. Pure.
class GrowingBound {
public:
    /// `target`: the share that is to be ruled out. 0 < confidence < 1.
    GrowingBound(const SamplePlan& plan, double confidence, double target);

    /// After one more draw. True: the target has been reached at a look, and nothing more need be drawn.
    bool add(bool disagrees);
    [[nodiscard]] std::uint64_t drawn() const { return drawn_; }
    [[nodiscard]] std::uint64_t disagreeing() const { return disagreeing_; }
    /// The share that is not exceeded; nothing before the first look.
    [[nodiscard]] std::optional<double> bound() const { return bound_; }
    [[nodiscard]] bool reached() const { return bound_ && *bound_ <= target_; }

private:
    std::vector<std::uint64_t> looks_;
    double riskOfEach_;
    double target_;
    bool whole_;
    std::uint64_t drawn_ = 0;
    std::uint64_t disagreeing_ = 0;
    std::optional<double> bound_;
};

}  // namespace lianzheng
