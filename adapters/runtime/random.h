#pragma once

#include <cstdint>
#include <string>

namespace lianzheng {

/// Chance. Threads: one caller at a time.
class Random {
public:
    virtual ~Random() = default;
    virtual std::uint64_t next() = 0;
    /// Uniform in [0, 1).
    double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
    /// 32 lower-case hex characters: an eCertID, a nonce.
    std::string hex32();
};

/// The kernel's random numbers.
class SystemRandom final : public Random {
public:
    std::uint64_t next() override;
};

/// SplitMix64 from a seed: the same numbers every time.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() override;

private:
    std::uint64_t state_;
};

}  // namespace lianzheng
