#include "gateway/service/settings_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "adapters/sql/database.h"
#include "mappings/date_spelling.h"

namespace lianzheng {
namespace {

constexpr std::chrono::hours kShanghai{8};  ///< ahead of UTC

}  // namespace

const Property* SettingsReader::take(std::string_view key) {
    asked_.emplace(key);
    const auto found = properties_.find(key);
    return found == properties_.end() ? nullptr : &found->second;
}

void SettingsReader::problem(std::string_view key, const std::string& message) {
    const auto found = properties_.find(key);
    const Property where = found == properties_.end() ? Property{} : found->second;
    problems_.push_back({where.file, where.line, fmt::format("`{}` {}", key, message)});
}

void SettingsReader::text(std::string_view key, std::string& out) {
    if (const Property* property = take(key)) out = property->value;
}

void SettingsReader::required(std::string_view key, std::string& out) {
    text(key, out);
    if (out.empty()) problem(key, "is missing; it has no default");
}

void SettingsReader::flag(std::string_view key, bool& out) {
    if (const auto index = oneOf(key, {"false", "true"})) out = *index == 1;
}

void SettingsReader::whole(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t& out) {
    const Property* property = take(key);
    if (property == nullptr) return;
    const std::string& value = property->value;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size() || number < least || number > most) {
        problem(key, fmt::format("must be a whole number from {} to {}", least, most));
        return;
    }
    out = number;
}

void SettingsReader::real(std::string_view key, double least, double most, double& out) {
    const Property* property = take(key);
    if (property == nullptr) return;
    const std::string& value = property->value;
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size() || !(number >= least && number <= most)) {
        problem(key, fmt::format("must be a number from {} to {}", least, most));
        return;
    }
    out = number;
}

std::optional<std::size_t> SettingsReader::oneOf(std::string_view key, const std::vector<std::string>& words) {
    const Property* property = take(key);
    if (property == nullptr) return std::nullopt;
    const auto found = std::find(words.begin(), words.end(), property->value);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    problem(key, fmt::format("must be one of: {}", fmt::join(words, ", ")));
    return std::nullopt;
}

std::optional<std::chrono::minutes> SettingsReader::timeOfDay(std::string_view key) {
    const Property* property = take(key);
    if (property == nullptr || property->value.empty()) return std::nullopt;
    const std::string& value = property->value;
    int hour = -1;
    int minute = -1;
    const char* const begin = value.data();
    const bool form = value.size() == 5 && value[2] == ':' &&
                      std::from_chars(begin, begin + 2, hour).ptr == begin + 2 &&
                      std::from_chars(begin + 3, begin + 5, minute).ptr == begin + 5;
    if (form && hour >= 0 && hour < 24 && minute >= 0 && minute < 60) return std::chrono::minutes{hour * 60 + minute};
    problem(key, "must be a time of day as HH:MM (Asia/Shanghai)");
    return std::nullopt;
}

std::optional<TimePoint> SettingsReader::instant(std::string_view key) {
    const Property* property = take(key);
    if (property == nullptr || property->value.empty()) return std::nullopt;
    auto at = DateSpellings{}.instant(property->value, kShanghai);
    if (!at) problem(key, "must be a time as yyyy-MM-dd HH:mm:ss (Asia/Shanghai)");
    return at;
}

std::string SettingsReader::absolute(const std::string& value) const {
    const std::filesystem::path path(value);
    return (path.is_absolute() ? path : folder_ / path).lexically_normal().string();
}

void SettingsReader::path(std::string_view key, std::string& out) {
    const Property* property = take(key);
    if (property != nullptr && !property->value.empty()) {
        out = absolute(property->value);
    } else if (!out.empty()) {
        out = absolute(out);
    }
}

void SettingsReader::readableFile(std::string_view key, std::string& out) {
    path(key, out);
    if (out.empty() || !has(key)) return;
    const std::ifstream in(out, std::ios::binary);
    std::error_code ignored;
    if (!in || std::filesystem::is_directory(out, ignored)) {
        problem(key, "names a file that cannot be read: check the path and its permissions");
    }
}

void SettingsReader::databaseUrl(std::string_view key, bool needed, std::string& out) {
    const Property* property = take(key);
    if (property == nullptr || property->value.empty()) {
        if (needed) problem(key, "is missing: sqlite3://PATH or postgresql://host=… dbname=… user=…");
        return;
    }
    const std::string& url = property->value;
    if (url.find("password") != std::string::npos) {
        problem(key, "must not carry a password; name a file in the key that ends in password.file");
        return;
    }
    constexpr std::string_view kSqlite = "sqlite3://";
    if (url.starts_with(kSqlite)) {
        out = std::string(kSqlite) + absolute(url.substr(kSqlite.size()));
    } else if (dialectOf(url)) {
        out = url;
    } else {
        problem(key, "must begin with sqlite3:// or postgresql://");
    }
}

void SettingsReader::secretFile(std::string_view key, bool needed, std::string& out) {
    const Property* property = take(key);
    if (property == nullptr || property->value.empty()) {
        if (needed) problem(key, "is missing: the path of the file that holds it");
        return;
    }
    if (auto content = secret(property->value)) {
        out = std::move(*content);
    } else {
        problem(key, "names a file that cannot be read or is empty: check the path and its permissions");
    }
}

void SettingsReader::secretFiles(std::string_view key, std::vector<std::string>& out) {
    const Property* property = take(key);
    if (property == nullptr || property->value.empty()) return;
    for (std::string_view rest = property->value; !rest.empty();) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        std::string_view path = rest.substr(0, comma);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        path.remove_prefix(std::min(path.find_first_not_of(' '), path.size()));
        path = path.substr(0, path.find_last_not_of(' ') + 1);
        if (auto content = path.empty() ? std::nullopt : secret(path)) {
            out.push_back(std::move(*content));
        } else {
            problem(key, fmt::format("`{}` cannot be read or is empty: paths are separated by commas", path));
        }
    }
}

/// Nothing for a file that cannot be read or is empty.
std::optional<std::string> SettingsReader::secret(std::string_view path) const {
    std::ifstream in(absolute(std::string(path)), std::ios::binary);
    std::ostringstream content;
    if (in) content << in.rdbuf();
    std::string out = content.str();
    if (!in || out.empty()) return std::nullopt;
    if (out.ends_with('\n')) out.pop_back();
    if (out.ends_with('\r')) out.pop_back();
    return out;
}

std::vector<std::pair<std::string, std::string>> SettingsReader::family(std::string_view prefix) {
    std::vector<std::pair<std::string, std::string>> members;
    for (const auto& [key, property] : properties_) {
        if (!key.starts_with(prefix)) continue;
        asked_.insert(key);
        members.emplace_back(key.substr(prefix.size()), property.value);
    }
    return members;
}

FileProblems SettingsReader::finish(const std::string& file) {
    for (const auto& [key, property] : properties_) {
        if (!asked_.contains(key)) problem(key, "is not a key; config/lianzheng.properties lists them all");
    }
    for (FileProblem& found : problems_) {
        if (found.file.empty()) found.file = file;
    }
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](const FileProblem& a, const FileProblem& b) { return a.line < b.line; });
    return std::exchange(problems_, {});
}

}  // namespace lianzheng
