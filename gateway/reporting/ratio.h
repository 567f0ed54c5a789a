#pragma once

#include <cstdint>
#include <string>

namespace lianzheng {

/// A part of a whole; of nothing there is no rate.
struct Ratio {
    std::uint64_t part = 0;
    std::uint64_t whole = 0;
    /// 98.12 %, never rounded up; — of nothing.
    [[nodiscard]] std::string text() const;
};

}  // namespace lianzheng
