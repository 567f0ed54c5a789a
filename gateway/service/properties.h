#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "mappings/problem.h"

namespace lianzheng {

/// One value of a .properties file and where it stands.
struct Property {
    std::string value;
    int line = 0;
    std::string file;
};
using Properties = std::map<std::string, Property, std::less<>>;

/// Reads `key = value` lines; `#` and `!` begin a comment line; both sides are trimmed, nothing is unescaped. A line
/// without `=`, an empty key and a key given twice are problems with their line.
Loaded<Properties> readProperties(const std::filesystem::path& file);

}  // namespace lianzheng
