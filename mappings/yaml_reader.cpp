#include "mappings/yaml_reader.h"

#include "mappings/text.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>
#include <unordered_set>
#include <utility>

namespace lianzheng {
namespace {

// A file of ours has some hundred lines; anything far beyond is the wrong file.
constexpr std::uintmax_t kLargestFile = 4U << 20U;
constexpr std::size_t kDeepest = 32;

int lineOf(const YAML::Mark& mark) {
    return mark.is_null() ? 0 : mark.line + 1;
}

/// Builds the tree from the parser's events, because the library's own nodes keep duplicate keys in silence.
class TreeBuilder final : public YAML::EventHandler {
public:
    TreeBuilder(YamlFile& file, YamlNode& root) : file_(file), root_(root) {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ == 2) file_.problem(lineOf(mark), "a second document: one file holds one");
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        YamlNode node = begin(YamlNode::Kind::Null, mark, anchor);
        place(std::move(node));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        file_.problem(lineOf(mark), "aliases (*name) are not used here: write the value out");
        place(begin(YamlNode::Kind::Null, mark, YAML::NullAnchor));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        YamlNode node = begin(YamlNode::Kind::Scalar, mark, anchor);
        node.quoted = tag == "!";
        if (!node.quoted) refuseTag(mark, tag);
        node.text = value;
        place(std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        open(YamlNode::Kind::Sequence, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        open(YamlNode::Kind::Map, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        YamlNode node;
        std::unordered_set<std::string> keys;
        bool keyRead = false;
        bool keep = true;  ///< false while the value of a refused key is read
        std::string key;
        int keyLine = 0;
    };

    YamlNode begin(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor) {
            file_.problem(lineOf(mark), "anchors (&name) are not used here: write the value out");
        }
        YamlNode node;
        node.kind = kind;
        node.line = lineOf(mark);
        return node;
    }
    void refuseTag(const YAML::Mark& mark, const std::string& tag) {
        if (!tag.empty() && tag != "?" && tag != "!") {
            file_.problem(lineOf(mark), "tags (!name) are not used here");
        }
    }
    void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        refuseTag(mark, tag);
        if (stack_.size() >= kDeepest) throw YAML::ParserException(mark, "nested too deeply");
        Open opened;
        opened.node = begin(kind, mark, anchor);
        stack_.push_back(std::move(opened));
    }
    void close() {
        YamlNode node = std::move(stack_.back().node);
        stack_.pop_back();
        place(std::move(node));
    }
    void place(YamlNode node) {
        if (stack_.empty()) {
            if (documents_ == 1) root_ = std::move(node);
            return;
        }
        Open& parent = stack_.back();
        if (parent.node.isSequence()) {
            parent.node.items.push_back(std::move(node));
        } else if (!parent.keyRead) {
            takeKey(parent, node);
        } else {
            parent.keyRead = false;
            // The mark of an absent value is that of whatever follows it.
            if (node.isNull()) node.line = parent.keyLine;
            if (parent.keep) parent.node.entries.push_back({std::move(parent.key), parent.keyLine, std::move(node)});
        }
    }
    void takeKey(Open& parent, YamlNode& key) {
        parent.keyRead = true;
        parent.keep = false;
        parent.keyLine = key.line;
        if (!key.isScalar()) {
            file_.problem(key.line, "a key must be a word");
            return;
        }
        parent.key = std::move(key.text);
        parent.keep = parent.keys.insert(parent.key).second;
        if (!parent.keep) file_.problem(key.line, "duplicate key `" + parent.key + "`");
    }

    YamlFile& file_;
    YamlNode& root_;
    std::vector<Open> stack_;
    int documents_ = 0;
};

/// The line of the first byte that is no text, or 0.
int badLine(std::string_view bytes) {
    int line = 1;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        std::string_view text = bytes.substr(0, end);
        if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
        // A tab is white space to YAML, and refused by its parser where it would indent.
        for (std::size_t from = 0; from <= text.size();) {
            const std::size_t tab = std::min(text.find('\t', from), text.size());
            if (!isCleanUtf8(text.substr(from, tab - from))) return line;
            from = tab + 1;
        }
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
    try {
        std::istringstream in(file.bytes_);
        YAML::Parser parser(in);
        TreeBuilder builder(file, *file.root_);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& error) {
        file.problem(lineOf(error.mark), "not YAML: " + error.msg);
    }
    return file;
}

FileProblems YamlFile::takeProblems() {
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](const FileProblem& a, const FileProblem& b) { return a.line < b.line; });
    return std::exchange(problems_, {});
}

void YamlFile::problem(int line, std::string message) {
    problems_.push_back({name_, line, std::move(message)});
}

bool YamlFile::keys(const YamlNode& node, std::string_view what, std::initializer_list<std::string_view> allowed) {
    return keys(node, what, std::span<const std::string_view>(allowed.begin(), allowed.size()));
}

bool YamlFile::keys(const YamlNode& node, std::string_view what, std::span<const std::string_view> allowed) {
    if (!isMap(node, what)) return false;
    for (const YamlEntry& entry : node.entries) {
        if (std::find(allowed.begin(), allowed.end(), entry.key) != allowed.end()) continue;
        problem(entry.line, "unknown key `" + entry.key + "` in " + std::string(what) + "; known are " + joined(allowed));
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
    problem(node, std::string(what) + " must be a whole number from " + std::to_string(low) + " to " +
                      std::to_string(high));
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
