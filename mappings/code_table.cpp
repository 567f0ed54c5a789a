#include "mappings/code_table.h"

#include "mappings/text.h"
#include "mappings/yaml_reader.h"

namespace lianzheng {
namespace {

/// The code of an entry: one of `names`, or '' where the word means "none".
std::optional<std::string> codeIn(YamlFile& file, const YamlNode& names, const YamlNode& value, std::string_view what) {
    std::optional<std::string> code = file.text(value, what);
    if (!code || code->empty() || names.find(*code) != nullptr) return code;
    file.problem(value, std::string(what) + ": there is no code `" + *code + "` under names");
    return std::nullopt;
}

}  // namespace

Loaded<CodeTable> CodeTable::load(const std::filesystem::path& path) {
    YamlFile file = YamlFile::read(path);
    CodeTable table;
    const YamlNode& root = file.root();
    if (!file.good() || !file.keys(root, "a code table", {"names", "aliases", "contains", "blank"})) {
        return tl::make_unexpected(file.takeProblems());
    }
    const YamlNode* names = file.required(root, "names", "a code table");
    if (names == nullptr || !file.isMap(*names, "names")) return tl::make_unexpected(file.takeProblems());
    table.readNames(file, *names);
    if (const YamlNode* aliases = root.find("aliases"); aliases != nullptr && file.isMap(*aliases, "aliases")) {
        for (const YamlEntry& entry : aliases->entries) {
            const std::optional<std::string> code = codeIn(file, *names, entry.value, "aliases");
            if (code && !table.exact_.emplace(trimmed(entry.key), *code).second) {
                file.problem(entry.line, "aliases: `" + entry.key + "` is known already");
            }
        }
    }
    if (const YamlNode* rules = root.find("contains"); rules != nullptr && file.isSequence(*rules, "contains")) {
        for (const YamlNode& rule : rules->items) {
            if (!rule.isMap() || rule.entries.size() != 1) {
                file.problem(rule, "contains: write one `word: code` per list entry, the order decides");
                continue;
            }
            const YamlEntry& entry = rule.entries.front();
            if (const std::optional<std::string> code = codeIn(file, *names, entry.value, "contains")) {
                table.addRule(file, entry.line, entry.key, *code);
            }
        }
    }
    if (const YamlNode* blank = root.find("blank")) {
        if (std::optional<std::string> code = codeIn(file, *names, *blank, "blank")) {
            table.exact_.emplace(std::string(), std::move(*code));
        }
    }
    if (!file.good()) return tl::make_unexpected(file.takeProblems());
    return table;
}

void CodeTable::readNames(YamlFile& file, const YamlNode& names) {
    for (const YamlEntry& entry : names.entries) {
        const std::string name = file.text(entry.value, "names").value_or(std::string());
        if (trimmed(entry.key).empty() || trimmed(name).empty()) {
            file.problem(entry.line, "names: neither a code nor its name may be empty");
            continue;
        }
        if (!exact_.emplace(trimmed(name), entry.key).second) {
            file.problem(entry.line, "names: `" + name + "` is known already");
        }
        names_.emplace(entry.key, name);
    }
    // A name with full-width brackets is often typed with narrow ones.
    for (const YamlEntry& entry : names.entries) exact_.emplace(halfWidth(trimmed(entry.value.text)), entry.key);
}

void CodeTable::addRule(YamlFile& file, int line, const std::string& word, const std::string& code) {
    if (trimmed(word).empty()) {
        file.problem(line, "contains: an empty word would fit everything");
        return;
    }
    for (const auto& [earlier, unused] : contains_) {
        if (word.find(earlier) != std::string::npos) {
            file.problem(line, "contains: `" + word + "` is never reached, because `" + earlier + "` stands before it");
            return;
        }
    }
    contains_.emplace_back(word, code);
}

std::optional<std::string_view> CodeTable::code(std::string_view word) const {
    word = trimmed(word);
    if (const auto found = exact_.find(word); found != exact_.end()) return found->second;
    if (word.empty()) return std::nullopt;
    for (const auto& [fragment, code] : contains_) {
        if (word.find(fragment) != std::string_view::npos) return code;
    }
    return std::nullopt;
}

std::string_view CodeTable::name(std::string_view code) const {
    const auto found = names_.find(code);
    return found == names_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace lianzheng
