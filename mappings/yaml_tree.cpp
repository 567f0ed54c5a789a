#include "mappings/yaml_tree.h"

#include "mappings/text.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <cstddef>
#include <sstream>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace lianzheng {
namespace {

constexpr std::size_t kDeepest = 32;

int lineOf(const YAML::Mark& mark) { return mark.is_null() ? 0 : mark.line + 1; }

/// Builds the tree from the parser's events, because the library's own nodes keep duplicate keys in silence.
class TreeBuilder final : public YAML::EventHandler {
public:
    TreeBuilder(YamlFile& file, YamlNode& root) : file_(file), root_(root) {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ == 2)
            file_.problem(lineOf(mark), "a second document: one file holds one. A stray , ] or } begins one, too");
    }
    void OnDocumentEnd() override {}
    [[nodiscard]] int documents() const noexcept { return documents_; }
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
        // The file is text, but an escape can bring any character.
        if (!isText(value)) file_.problem(lineOf(mark), "a control character, written as an escape: leave it out");
        node.text = isText(value) ? value : std::string{};
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

}  // namespace

void buildYamlTree(const std::string& bytes, YamlFile& file, YamlNode& root) {
    try {
        std::istringstream in(bytes);
        YAML::Parser parser(in);
        TreeBuilder builder(file, root);
        // Not until it has none: at a stray `,` the library never ends.
        while (builder.documents() < 2 && parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& error) {
        // Of an escape that there is not, the library quotes one byte.
        file.problem(lineOf(error.mark), "not YAML: " + (isText(error.msg) ? error.msg : "unknown escape character"));
    }
}

}  // namespace lianzheng
