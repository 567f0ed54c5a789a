#include "mappings/yaml_reader.h"

#include "mappings/text.h"
#include "mappings/yaml_tree.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace lianzheng {
namespace {

// A file of ours has some hundred lines; anything far beyond is the wrong file.
constexpr std::uintmax_t kLargestFile = 4U << 20U;

/// The line of the first byte that is no text, or 0.
int badLine(std::string_view bytes) {
    int line = 1;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        std::string_view text = bytes.substr(0, end);
        if (text.ends_with('\r')) text.remove_suffix(1);
        // A tab is white space to YAML, and refused by its parser where it would indent.
        if (!isText(text) || text.find('\r') != std::string_view::npos) return line;
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        ++line;
    }
    return 0;
}

std::string joined(std::span<const std::string_view> words) {
    std::string all;
    for (const std::string_view word : words) {
        if (!all.empty()) all += ", ";
        all += word;
    }
    return all;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
    for (const YamlEntry& entry : entries) {
        if (entry.key == key) return &entry.value;
    }
    return nullptr;
}

YamlFile YamlFile::read(const std::filesystem::path& path) {
    YamlFile file;
    file.name_ = path.string();
    file.root_ = std::make_unique<YamlNode>();
    std::error_code error;
    const bool regular = std::filesystem::is_regular_file(path, error);
    if (!regular || error) {
        file.problem(0, "cannot be read: no such file");
        return file;
    }
    if (std::filesystem::file_size(path, error) > kLargestFile || error) {
        file.problem(0, "cannot be read: larger than 4 MB");
        return file;
    }
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in) {
        file.problem(0, "cannot be read: check its owner and permissions");
        return file;
    }
    return parse(std::move(text), file.name_);
}

YamlFile YamlFile::parse(std::string text, std::string name) {
    YamlFile file;
    file.name_ = std::move(name);
    file.root_ = std::make_unique<YamlNode>();
    file.bytes_ = std::move(text);
    if (const int line = badLine(file.bytes_); line != 0) {
        file.problem(line, "not UTF-8, or a control character: save the file as UTF-8");
        return file;
    }
    buildYamlTree(file.bytes_, file, *file.root_);
    return file;
}

FileProblems YamlFile::takeProblems() {
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](const FileProblem& a, const FileProblem& b) { return a.line < b.line; });
    return std::exchange(problems_, {});
}

void YamlFile::problem(int line, std::string message) {
    // What is quoted may go over several lines; a problem is one.
    std::ranges::replace_if(
        message, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    problems_.push_back({name_, line, std::move(message)});
}

bool YamlFile::keys(const YamlNode& node, std::string_view what, std::initializer_list<std::string_view> allowed) {
    return keys(node, what, std::span<const std::string_view>(allowed.begin(), allowed.size()));
}

bool YamlFile::keys(const YamlNode& node, std::string_view what, std::span<const std::string_view> allowed) {
    if (!isMap(node, what)) return false;
    for (const YamlEntry& entry : node.entries) {
        if (std::find(allowed.begin(), allowed.end(), entry.key) != allowed.end()) continue;
        problem(entry.line,
                "unknown key `" + entry.key + "` in " + std::string(what) + "; known are " + joined(allowed));
    }
    return true;
}

bool YamlFile::isMap(const YamlNode& node, std::string_view what) {
    if (node.isMap()) return true;
    problem(node, std::string(what) + " must be a map (key: value)");
    return false;
}

bool YamlFile::isSequence(const YamlNode& node, std::string_view what) {
    if (node.isSequence()) return true;
    problem(node, std::string(what) + " must be a list (- value)");
    return false;
}

const YamlNode* YamlFile::required(const YamlNode& map, std::string_view key, std::string_view what) {
    const YamlNode* node = map.find(key);
    if (node == nullptr) problem(map, std::string(what) + " lacks `" + std::string(key) + "`");
    return node;
}

std::optional<std::string> YamlFile::text(const YamlNode& node, std::string_view what) {
    if (node.isScalar()) return node.text;
    problem(node, std::string(what) + " must be a text");
    return std::nullopt;
}

std::string YamlFile::requiredText(const YamlNode& map, std::string_view key, std::string_view what) {
    const YamlNode* node = required(map, key, what);
    if (node == nullptr) return {};
    const std::string name = std::string(what) + "." + std::string(key);
    std::string value = text(*node, name).value_or(std::string());
    if (node->isScalar() && trimmed(value).empty()) problem(*node, name + " must not be empty");
    return value;
}

std::string YamlFile::textOr(const YamlNode& map, std::string_view key, std::string_view what,
                             std::string_view otherwise) {
    const YamlNode* node = map.find(key);
    if (node == nullptr) return std::string(otherwise);
    return text(*node, std::string(what) + "." + std::string(key)).value_or(std::string(otherwise));
}

std::optional<bool> YamlFile::boolean(const YamlNode& node, std::string_view what) {
    if (node.isScalar() && !node.quoted && node.text == "true") return true;
    if (node.isScalar() && !node.quoted && node.text == "false") return false;
    problem(node, std::string(what) + " must be true or false");
    return std::nullopt;
}

std::optional<long long> YamlFile::integer(const YamlNode& node, std::string_view what, long long low, long long high) {
    long long value = 0;
    if (node.isScalar()) {
        const char* const end = node.text.data() + node.text.size();
        const auto [stopped, error] = std::from_chars(node.text.data(), end, value);
        if (error == std::errc() && stopped == end && value >= low && value <= high) return value;
    }
    problem(node,
            std::string(what) + " must be a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    return std::nullopt;
}

std::vector<std::string> YamlFile::texts(const YamlNode& node, std::string_view what) {
    std::vector<std::string> all;
    if (!node.isSequence()) {
        if (std::optional<std::string> one = text(node, what)) all.push_back(std::move(*one));
        return all;
    }
    for (const YamlNode& item : node.items) {
        if (std::optional<std::string> one = text(item, what)) all.push_back(std::move(*one));
    }
    return all;
}

}  // namespace lianzheng
