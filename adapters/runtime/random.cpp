#include "adapters/runtime/random.h"

#include <cstddef>
#include <stdexcept>
#include <string_view>

#include <sys/random.h>

namespace lianzheng {

std::string Random::hex32() {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(32, '0');
    for (std::size_t half = 0; half < 2; ++half) {
        std::uint64_t bits = next();
        for (std::size_t i = 0; i < 16; ++i, bits >>= 4U) text[half * 16 + i] = kDigits[bits & 0xFU];
    }
    return text;
}

std::uint64_t SystemRandom::next() {
    std::uint64_t value = 0;
    if (getrandom(&value, sizeof value, 0) != static_cast<ssize_t>(sizeof value)) {
        throw std::runtime_error("the kernel gave no random numbers");
    }
    return value;
}

std::uint64_t SeededRandom::next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
}

}  // namespace lianzheng
