#include "mappings/masked.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lianzheng {
namespace {

constexpr std::size_t kShownFirst = 6;
constexpr std::size_t kShownLast = 4;
// With fewer characters, six and four would leave next to nothing hidden.
constexpr std::size_t kLongEnough = 15;

}  // namespace

std::string masked(std::string_view identityCard) {
    // Where each character begins: a foreign document's number need not be ASCII.
    std::vector<std::size_t> begins;
    begins.reserve(identityCard.size() + 1);
    for (std::size_t at = 0; at < identityCard.size(); ++at) {
        if ((static_cast<unsigned char>(identityCard[at]) & 0xC0U) != 0x80U) begins.push_back(at);
    }
    const std::size_t count = begins.size();
    begins.push_back(identityCard.size());
    if (count <= 2) return std::string(count, '*');
    const std::size_t first = count >= kLongEnough ? kShownFirst : 1;
    const std::size_t last = count >= kLongEnough ? kShownLast : 1;
    std::string out(identityCard.substr(0, begins[first]));
    out.append(count - first - last, '*');
    out += identityCard.substr(begins[count - last]);
    return out;
}

std::string withoutIdentities(std::string_view text, std::size_t hidden) {
    const auto fits = [](char c) { return (c >= '0' && c <= '9') || c == 'X' || c == 'x'; };
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && fits(text[end])) end += 1;
        if (end - i >= kLongEnough) {
            out += masked(text.substr(i, end - i));
        } else if (end - i >= hidden) {
            out.append(end - i, '*');
        } else {
            out.append(text, i, std::max<std::size_t>(end - i, 1));
        }
        i = std::max(end, i + 1);
    }
    return out;
}

}  // namespace lianzheng
