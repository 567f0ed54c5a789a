#include "mappings/mapping_context.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::size_t kMostColumns = 1000;

/// Names go into SQL as they stand.
bool usableName(std::string_view name) {
    return !name.empty() && name.find_first_of("\"'`;()[],\\ \t\r\n") == std::string_view::npos;
}

}  // namespace

void MappingContext::use(const YamlNode& at, std::string_view name, std::string_view use) {
    if (!usableName(name)) {
        yaml.problem(at, std::string{use} + ": `" + std::string{name} +
                             "` is no column name; names have no quotes, blanks, brackets or commas");
    }
    const auto known = [name](const ColumnUse& each) { return each.column == name; };
    if (std::ranges::none_of(out.uses, known)) out.uses.push_back({std::string{name}, at.line, std::string{use}});
}

std::uint16_t MappingContext::column(const YamlNode& at, std::string_view name, std::string_view use) {
    this->use(at, name, use);
    const auto found = std::ranges::find(out.columns, name);
    const auto index = static_cast<std::uint16_t>(found - out.columns.begin());
    if (found == out.columns.end()) {
        if (out.columns.size() == kMostColumns) {
            yaml.problem(at, "more than 1000 columns: leave out those that are not needed");
            return 0;
        }
        out.columns.emplace_back(name);
    }
    return index;
}

void MappingContext::sourceColumn(const YamlNode& at, std::string_view name, std::string_view use) {
    this->use(at, name, use);
}

std::optional<Operand> MappingContext::operand(const YamlNode& at, std::string_view name, std::string_view use) {
    if (!name.starts_with('$')) return Operand{false, column(at, name, use)};
    const auto field = fieldOf(name.substr(1));
    if (!field || *field == Field::CertState || *field == Field::CertStatusDescription) {
        yaml.problem(at, std::string{use} + ": `" + std::string{name} +
                             "` is no national field that `fields` fills; write $ and its name, as $categoryCode");
        return std::nullopt;
    }
    fieldsUsed.insert(*field);
    return Operand{true, static_cast<std::uint16_t>(*field)};
}

Conditions MappingContext::conditions(const YamlNode& node, std::string_view use) {
    Conditions all;
    const std::string what{use};
    if (!yaml.isMap(node, use)) return all;
    if (node.entries.empty()) yaml.problem(node, what + " says nothing: name a column and what it must be");
    for (const YamlEntry& entry : node.entries) {
        Condition condition;
        YamlNode at;
        at.line = entry.line;
        if (const auto found = operand(at, entry.key, use)) condition.operand = *found;
        const YamlNode& value = entry.value;
        const std::string each = what + "." + entry.key;
        if (!value.isMap()) {
            condition.kind = Condition::Kind::In;
            condition.values = yaml.texts(value, each);
            all.push_back(std::move(condition));
            continue;
        }
        yaml.keys(value, each, {"in", "not_in", "empty"});
        if (value.entries.size() != 1) {
            yaml.problem(value, each + ": say one thing of a column: in, not_in or empty");
            continue;
        }
        const YamlEntry& said = value.entries.front();
        if (said.key == "empty") {
            const bool empty = yaml.boolean(said.value, each + ".empty").value_or(true);
            condition.kind = empty ? Condition::Kind::Empty : Condition::Kind::NotEmpty;
        } else {
            condition.kind = said.key == "not_in" ? Condition::Kind::NotIn : Condition::Kind::In;
            condition.values = yaml.texts(said.value, each + "." + said.key);
        }
        all.push_back(std::move(condition));
    }
    return all;
}

std::int32_t MappingContext::text(std::string text) {
    std::vector<std::string>& texts = out.tables.texts;
    const auto found = std::ranges::find(texts, text);
    const auto index = static_cast<std::int32_t>(found - texts.begin());
    if (found == texts.end()) texts.push_back(std::move(text));
    return index;
}

std::optional<std::int32_t> MappingContext::codeTable(const YamlNode& at, std::string_view name) {
    const auto known = std::ranges::find(codeNames_, name);
    if (known != codeNames_.end()) return codeIndexes_[static_cast<std::size_t>(known - codeNames_.begin())];
    codeNames_.emplace_back(name);
    codeIndexes_.emplace_back(std::nullopt);
    const std::filesystem::path file = directory_ / "codes" / (std::string{name} + ".yaml");
    if (!usableName(name) || name.find('/') != std::string_view::npos || !std::filesystem::exists(file)) {
        yaml.problem(at, "there is no code table `" + std::string{name} + "`: put it at codes/" + std::string{name} +
                             ".yaml beside the mapping, or write the table here with `map`");
        return std::nullopt;
    }
    auto table = CodeTable::load(file);
    if (!table) {
        std::ranges::move(table.error(), std::back_inserter(foreign_));
        return std::nullopt;
    }
    std::ifstream stream{file, std::ios::binary};
    dependencies_.append(name).push_back('\0');
    dependencies_.append(std::istreambuf_iterator<char>{stream}, {}).push_back('\0');
    out.tables.codes.push_back(std::move(*table));
    codeIndexes_.back() = static_cast<std::int32_t>(out.tables.codes.size() - 1);
    return codeIndexes_.back();
}

}  // namespace lianzheng
