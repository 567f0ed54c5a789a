#include "mappings/mapping_context.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lianzheng {
namespace {

using Kind = Transform::Kind;

/// What a transform takes beside its name.
enum class Takes : std::uint8_t { Nothing, Text, Amount, Table, Map };

struct Word {
    std::string_view name;
    Kind kind;
    Takes takes;
};

constexpr std::array<Word, 21> kWords{{
    {"trim", Kind::Trim, Takes::Nothing},
    {"half_width", Kind::HalfWidth, Takes::Nothing},
    {"upper", Kind::Upper, Takes::Nothing},
    {"lower", Kind::Lower, Takes::Nothing},
    {"middle_dot", Kind::MiddleDot, Takes::Nothing},
    {"date", Kind::Day, Takes::Nothing},
    {"certificate_number", Kind::CertificateNumber, Takes::Nothing},
    {"convert_legacy", Kind::ConvertLegacyNumber, Takes::Nothing},
    {"certificate_category", Kind::CertificateCategory, Takes::Nothing},
    {"birth_date", Kind::BirthDate, Takes::Nothing},
    {"gender", Kind::Gender, Takes::Nothing},
    {"identity_type", Kind::IdentityType, Takes::Nothing},
    {"default", Kind::Default, Takes::Text},
    {"remove", Kind::Remove, Takes::Text},
    {"before", Kind::Before, Takes::Text},
    {"after", Kind::After, Takes::Text},
    {"prepend", Kind::Prepend, Takes::Text},
    {"append", Kind::Append, Takes::Text},
    {"plus_years", Kind::PlusYears, Takes::Amount},
    {"plus_days", Kind::PlusDays, Takes::Amount},
    {"code", Kind::Code, Takes::Table},
}};

std::string knownNames() {
    std::string all;
    for (const Word& word : kWords) all.append(word.name).append(", ");
    return all + "map";
}

void compileMap(MappingContext& context, const YamlNode& node, const std::string& use) {
    if (!context.yaml.isMap(node, use)) return;
    TransformTables::TextMap table;
    for (const YamlEntry& entry : node.entries) {
        if (auto to = context.yaml.text(entry.value, use + "." + entry.key))
            table.emplace_back(entry.key, std::move(*to));
    }
    context.out.tables.maps.push_back(std::move(table));
    const auto index = static_cast<std::int32_t>(context.out.tables.maps.size() - 1);
    context.out.chains.push_back({Kind::Map, index});
}

void compileWithArgument(MappingContext& context, const Word& word, const YamlNode& argument, const std::string& use) {
    std::int32_t number = 0;
    switch (word.takes) {
        case Takes::Text:
            if (auto text = context.yaml.text(argument, use)) {
                if (text->empty()) context.yaml.problem(argument, use + " must not be empty");
                number = context.text(std::move(*text));
            }
            break;
        case Takes::Amount:
            number = static_cast<std::int32_t>(context.yaml.integer(argument, use, -36500, 36500).value_or(0));
            break;
        case Takes::Table:
            if (const auto name = context.yaml.text(argument, use)) {
                number = context.codeTable(argument, *name).value_or(0);
            }
            break;
        case Takes::Nothing:
        case Takes::Map:
            break;
    }
    context.out.chains.push_back({word.kind, number});
}

void compileTransform(MappingContext& context, const YamlNode& node, const std::string& use) {
    if (!node.isScalar() && !(node.isMap() && node.entries.size() == 1)) {
        context.yaml.problem(node, use + ": a transform is a name, or a name with what it takes, as {code: gender}");
        return;
    }
    const std::string& name = node.isScalar() ? node.text : node.entries.front().key;
    const YamlNode* argument = node.isScalar() ? nullptr : &node.entries.front().value;
    const std::string each = use + "." + name;
    if (name == "map" && argument != nullptr) return compileMap(context, *argument, each);
    const auto* const word = std::ranges::find(kWords, name, &Word::name);
    if (word == kWords.end()) {
        context.yaml.problem(node, use + ": unknown transform `" + name + "`; known are " + knownNames());
        return;
    }
    if ((word->takes == Takes::Nothing) != (argument == nullptr)) {
        context.yaml.problem(node, each + (argument == nullptr ? " needs a value: write {" + name + ": …}"
                                                               : std::string{" takes no value: write its name alone"}));
        return;
    }
    if (argument == nullptr) {
        context.out.chains.push_back({word->kind, 0});
    } else {
        compileWithArgument(context, *word, *argument, each);
    }
}

}  // namespace

void compileTransforms(MappingContext& context, const YamlNode& transforms, std::string_view use) {
    const std::string what{use};
    if (!context.yaml.isSequence(transforms, what)) return;
    for (const YamlNode& node : transforms.items) compileTransform(context, node, what);
}

}  // namespace lianzheng
