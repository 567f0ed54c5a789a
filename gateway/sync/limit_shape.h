#pragma once

#include <array>
#include <complex>
#include <cstddef>
#include <cstdint>

#include "mappings/date.h"

namespace lianzheng {

/// How a platform counts items, as far as its refusals tell. A slow pace, of which each refusal is dear, is tried upon
/// in the way that suits it.
enum class LimitShape : std::uint8_t {
    Unknown,
    Reserve,      ///< so many a second, and what was not used is saved for a while
    ClockSecond,  ///< so many in each second of its clock
    AnySecond,    ///< so many in whatever second one looks at
};

/// Where in their second refusals come. A platform that counts by its clock's seconds refuses at the end of each; one
/// that counts otherwise refuses whenever the pace has it. Pure.
class RefusalPhases {
public:
    /// `late`: in the latter half of the observation.
    void add(TimePoint at, bool late);
    /// Whether they all come at one place in the second and stay there. At least four are needed.
    [[nodiscard]] bool together() const;
    /// Their place in the second, 0 up to 1.
    [[nodiscard]] double place() const;

private:
    std::array<std::complex<double>, 2> halves_{};
    std::array<std::size_t, 2> counts_{};
};

/// The place in its second of an hour, 0 up to 1.
double placeInSecond(TimePoint at);

}  // namespace lianzheng
