#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/service/properties.h"
#include "mappings/date.h"

namespace lianzheng {

/// Takes values out of properties, each checked for its form and range; what is wrong is collected with file and line.
class SettingsReader {
public:
    SettingsReader(Properties properties, std::filesystem::path folder)
        : properties_(std::move(properties)), folder_(std::move(folder)) {}

    void text(std::string_view key, std::string& out);
    void required(std::string_view key, std::string& out);
    void flag(std::string_view key, bool& out);
    /// A whole number in [least, most].
    void whole(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t& out);
    void real(std::string_view key, double least, double most, double& out);
    template <class T>
    void count(std::string_view key, std::int64_t least, std::int64_t most, T& out) {
        auto value = static_cast<std::int64_t>(out);
        whole(key, least, most, value);
        out = static_cast<T>(value);
    }
    template <class Duration>
    void duration(std::string_view key, std::int64_t least, std::int64_t most, Duration& out) {
        std::int64_t value = out.count();
        whole(key, least, most, value);
        out = Duration{value};
    }
    /// One of `words`; its index.
    std::optional<std::size_t> oneOf(std::string_view key, const std::vector<std::string>& words);
    /// HH:MM as minutes since midnight.
    std::optional<std::chrono::minutes> timeOfDay(std::string_view key);
    /// yyyy-MM-dd HH:mm:ss of Asia/Shanghai.
    std::optional<TimePoint> instant(std::string_view key);
    /// A path, made absolute from the file's folder.
    void path(std::string_view key, std::string& out);
    /// The path of a file that has to be readable when it is named.
    void readableFile(std::string_view key, std::string& out);
    void databaseUrl(std::string_view key, bool needed, std::string& out);
    /// The content of the file the key names; one trailing line end is not part of it.
    void secretFile(std::string_view key, bool needed, std::string& out);
    /// The contents of several such files, their paths separated by commas.
    void secretFiles(std::string_view key, std::vector<std::string>& out);
    /// Keys that begin with `prefix`, the prefix cut off.
    std::vector<std::pair<std::string, std::string>> family(std::string_view prefix);

    [[nodiscard]] bool has(std::string_view key) const { return properties_.find(key) != properties_.end(); }
    void problem(std::string_view key, const std::string& message);
    /// What is wrong in a file that a key names.
    void add(FileProblems problems) { problems_.insert(problems_.end(), problems.begin(), problems.end()); }
    /// What nobody took is unknown. All problems so far.
    FileProblems finish(const std::string& file);
    [[nodiscard]] const std::set<std::string, std::less<>>& asked() const { return asked_; }

private:
    const Property* take(std::string_view key);
    [[nodiscard]] std::optional<std::string> secret(std::string_view path) const;
    [[nodiscard]] std::string absolute(const std::string& value) const;

    Properties properties_;
    std::filesystem::path folder_;
    std::set<std::string, std::less<>> asked_;
    FileProblems problems_;
};

}  // namespace lianzheng
