#include "gateway/reconcile/binomial.h"

#include <cmath>

namespace lianzheng {
namespace {

/// The probability of at most `found` among `asked` draws of share `p`, found / asked < p < 1. Terms are taken from the
/// largest index down and in logarithms, so that neither end vanishes.
double atMost(std::uint64_t found, std::uint64_t asked, double p) {
    const double n = static_cast<double>(asked);
    double k = static_cast<double>(found);
    double term =
        std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(p) + (n - k) * std::log1p(-p);
    const double ratio = std::log1p(-p) - std::log(p);
    double sum = 0;
    for (std::uint64_t left = found + 1; left > 0; --left, k -= 1) {
        const double part = std::exp(term);
        sum += part;
        if (part < sum * 1e-17) break;  // above the peak, so what is left is less still
        if (k > 0) term += std::log(k) - std::log(n - k + 1) + ratio;
    }
    return sum;
}

}  // namespace

double upperShare(std::uint64_t found, std::uint64_t asked, double risk) {
    if (asked == 0 || found >= asked) return 1;
    double low = static_cast<double>(found) / static_cast<double>(asked);
    double high = 1;
    constexpr int kHalvings = 60;
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = (low + high) / 2;
        (atMost(found, asked, middle) > risk ? low : high) = middle;
    }
    return high;
}

}  // namespace lianzheng
