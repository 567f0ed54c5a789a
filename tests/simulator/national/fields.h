#pragma once

#include <map>
#include <string>
#include <string_view>

namespace lianzheng::sim::national {

/// One item of a call or one national record: field name to text. Section 3: all values are strings.
using Fields = std::map<std::string, std::string, std::less<>>;

/// The field's text, empty when absent.
inline std::string_view valueOf(const Fields& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace lianzheng::sim::national
