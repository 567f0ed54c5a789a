#pragma once

#include <cstdint>
#include <iterator>

namespace lianzheng::sim::province {

/// The simulator's only source of chance: the same seed gives the same throws on every machine.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {  // SplitMix64
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    /// Uniform in [0, count); count > 0.
    std::uint64_t below(std::uint64_t count) { return next() % count; }
    /// Uniform in [low, high].
    int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::uint64_t>(high - low) + 1)); }
    bool chance(double probability) { return static_cast<double>(next() >> 11U) * 0x1.0p-53 < probability; }
    template <typename List>
    const auto& oneOf(const List& list) {
        return list[below(std::size(list))];
    }

private:
    std::uint64_t state_;
};

/// A bijection of [0, size) that looks shuffled and needs no memory: a Feistel network walked until it lands inside.
class Shuffle {
public:
    Shuffle(std::uint64_t size, std::uint64_t seed) : size_(size), seed_(seed) {
        while ((std::uint64_t{1} << (2 * half_)) < size) ++half_;
    }
    [[nodiscard]] std::uint64_t at(std::uint64_t index) const {
        do index = round(index);
        while (index >= size_);
        return index;
    }

private:
    [[nodiscard]] std::uint64_t round(std::uint64_t value) const {
        const std::uint64_t mask = (std::uint64_t{1} << half_) - 1;
        std::uint64_t left = value >> half_;
        std::uint64_t right = value & mask;
        for (std::uint64_t key = 1; key <= 4; ++key) {
            const std::uint64_t mixed = left ^ (Dice{seed_ + key * 0x1000003U + right * 0x9E3779B1U}.next() & mask);
            left = right;
            right = mixed;
        }
        return left << half_ | right;
    }

    std::uint64_t size_;
    std::uint64_t seed_;
    unsigned half_ = 1;
};

}  // namespace lianzheng::sim::province
