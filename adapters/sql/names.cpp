#include "adapters/sql/names.h"

#include <algorithm>

namespace lianzheng {

std::string quotedName(std::string_view name) {
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + "\"";
}

bool sameName(std::string_view left, std::string_view right) {
    const auto folded = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
    return std::ranges::equal(left, right, {}, folded, folded);
}

std::string nameAmong(std::span<const std::string> there, std::string_view wanted) {
    if (const auto same = std::ranges::find(there, wanted); same != there.end()) return *same;
    const auto similar = std::ranges::find_if(there, [&](const auto& name) { return sameName(name, wanted); });
    return similar == there.end() ? std::string() : *similar;
}

}  // namespace lianzheng
