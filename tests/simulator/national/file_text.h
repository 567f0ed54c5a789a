#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace lianzheng::sim::national {

/// The whole file. Errors: std::runtime_error when it cannot be read.
std::string readFile(const std::string& path);
/// Each line that is not empty. Errors: as readFile.
void eachLine(const std::string& text, const std::function<void(std::string_view line)>& visit);
/// Writes beside the file and renames, so that a reader never sees half of it; gzip when the name ends in .gz.
void writeFile(const std::string& path, const std::string& text);
/// The bytes a key file holds: raw (as they are), hex or base64.
std::string keyBytes(const std::string& fileText, std::string_view encoding);

}  // namespace lianzheng::sim::national
