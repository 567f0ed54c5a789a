#pragma once

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mappings/problem.h"

namespace lianzheng {

struct YamlEntry;

/// One value of a YAML file with the line it stands on. Entries and items keep the order of the file.
struct YamlNode {
    enum class Kind { Null, Scalar, Sequence, Map };
    Kind kind = Kind::Null;
    int line = 0;      ///< from 1
    std::string text;  ///< Scalar: as read, untyped (01 stays 01)
    bool quoted = false;
    std::vector<YamlNode> items;     ///< Sequence
    std::vector<YamlEntry> entries;  ///< Map; a duplicate key has been reported and only its first entry is here

    [[nodiscard]] bool isNull() const noexcept { return kind == Kind::Null; }
    [[nodiscard]] bool isScalar() const noexcept { return kind == Kind::Scalar; }
    [[nodiscard]] bool isSequence() const noexcept { return kind == Kind::Sequence; }
    [[nodiscard]] bool isMap() const noexcept { return kind == Kind::Map; }
    /// The value under `key` of a map; null when there is none.
    [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

/// `key: value` of a map.
struct YamlEntry {
    std::string key;
    int line = 0;
    YamlNode value;
};

/// A YAML file read whole, and the problems found in it so far, each with its line. Duplicate keys, keys that are no
/// scalars, anchors, tags, several documents and bytes that are not UTF-8 are problems from the start.
/// The readers below report what does not fit and go on, so that one run shows every problem.
class YamlFile {
public:
    /// Never fails: what is wrong stands in problems(), and root() is then null or partial.
    static YamlFile read(const std::filesystem::path& path);
    /// The same from text; `name` stands for the file in problems.
    static YamlFile parse(std::string text, std::string name);

    /// Nodes stay where they are while this lives, even when it is moved.
    [[nodiscard]] const YamlNode& root() const noexcept { return *root_; }
    /// The file's bytes, for its digest.
    [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] bool good() const noexcept { return problems_.empty(); }
    [[nodiscard]] const FileProblems& problems() const noexcept { return problems_; }
    /// The problems in the order of their lines; none are left here.
    [[nodiscard]] FileProblems takeProblems();

    void problem(int line, std::string message);
    void problem(const YamlNode& at, std::string message) { problem(at.line, std::move(message)); }

    /// Whether `node` is a map; every key that is not among `allowed` is reported. `what` names the map in messages.
    bool keys(const YamlNode& node, std::string_view what, std::initializer_list<std::string_view> allowed);
    bool keys(const YamlNode& node, std::string_view what, std::span<const std::string_view> allowed);
    /// Whether it is a map or a list; reported when not.
    bool isMap(const YamlNode& node, std::string_view what);
    bool isSequence(const YamlNode& node, std::string_view what);
    /// The value under `key`; reported when absent (null with a value of none counts as there).
    const YamlNode* required(const YamlNode& map, std::string_view key, std::string_view what);
    /// A scalar's text; reported when it is none. An empty one must be quoted.
    std::optional<std::string> text(const YamlNode& node, std::string_view what);
    /// The text under `key`, which must be there and not blank; empty (and reported) when not.
    std::string requiredText(const YamlNode& map, std::string_view key, std::string_view what);
    /// The text under `key`, or `otherwise` when the key is absent.
    std::string textOr(const YamlNode& map, std::string_view key, std::string_view what, std::string_view otherwise);
    /// true or false; reported when neither.
    std::optional<bool> boolean(const YamlNode& node, std::string_view what);
    /// A whole number of [low, high]; reported when none.
    std::optional<long long> integer(const YamlNode& node, std::string_view what, long long low, long long high);
    /// One text or a list of texts.
    std::vector<std::string> texts(const YamlNode& node, std::string_view what);

private:
    YamlFile() = default;

    std::unique_ptr<YamlNode> root_;
    std::string bytes_;
    std::string name_;
    FileProblems problems_;
};

}  // namespace lianzheng
