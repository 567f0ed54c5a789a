#include "gateway/service/properties.h"

#include <fmt/format.h>

#include <fstream>

#include "mappings/text.h"

namespace lianzheng {

Loaded<Properties> readProperties(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in)
        return tl::unexpected(FileProblems{{file.string(), 0, "cannot be read: check the path and its permissions"}});
    Properties properties;
    FileProblems problems;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        const std::string_view text = trimmed(line);
        if (text.empty() || text.front() == '#' || text.front() == '!') continue;
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos || trimmed(text.substr(0, equals)).empty()) {
            problems.push_back({file.string(), number, "is not `key = value`; begin a comment with #"});
            continue;
        }
        const std::string key(trimmed(text.substr(0, equals)));
        const auto [place, fresh] =
            properties.emplace(key, Property{std::string(trimmed(text.substr(equals + 1))), number, file.string()});
        if (!fresh) {
            problems.push_back(
                {file.string(), number,
                 fmt::format("`{}` is given again (first in line {}); keep one", key, place->second.line)});
        }
    }
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    return properties;
}

}  // namespace lianzheng
