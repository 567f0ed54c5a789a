#include "tests/simulator/national/licence_identifier.h"

#include <algorithm>
#include <string>
#include <vector>

#include "tests/simulator/common/check_digits.h"
#include "tests/simulator/national/text_form.h"

namespace lianzheng::sim::national {

bool isLicenceIdentifier(std::string_view text, bool checkDigit) {
    static constexpr std::string_view kRoot = "1.2.156.3005.2.";
    if (!text.starts_with(kRoot)) return false;
    std::vector<std::string_view> parts;
    for (std::string_view rest = text.substr(kRoot.size());;) {
        const std::size_t dot = rest.find('.');
        parts.push_back(rest.substr(0, dot));
        if (dot == std::string_view::npos) break;
        rest.remove_prefix(dot + 1);
    }
    if (parts.size() != 5) return false;
    const auto capital = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
    for (const std::string_view part : parts) {
        if (part.empty() || !std::all_of(part.begin(), part.end(), capital)) return false;
    }
    if (parts[0].size() != 21 || parts[1].size() != 18 || !isDigits(parts[3], 3) || parts[4].size() != 1) return false;
    if (!isDigits(parts[2], parts[2].size())) return false;
    std::string checked;
    for (std::size_t i = 0; i < 4; ++i) checked += parts[i];
    return !checkDigit || licenceCheck(checked) == parts[4].front();
}

}  // namespace lianzheng::sim::national
