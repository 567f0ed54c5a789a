#include "gateway/reporting/ratio.h"

#include <algorithm>

#include <fmt/format.h>

namespace lianzheng {

std::string Ratio::text() const {
    if (whole == 0) return "—";
    const std::uint64_t hundredths = std::min(part, whole) * 10'000 / whole;
    return fmt::format("{}.{:02}%", hundredths / 100, hundredths % 100);
}

}  // namespace lianzheng
