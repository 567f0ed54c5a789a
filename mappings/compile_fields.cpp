#include "mappings/mapping_context.h"

#include "mappings/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace lianzheng {
namespace {

/// Bits of the operations for which the platform assigns a code: 01, 02, 08, 09.
constexpr std::uint16_t kAssigning = 1U << 1U | 1U << 2U | 1U << 8U | 1U << 9U;
constexpr std::uint16_t kAlways = 0x7FE;

bool byState(Field field) { return field == Field::CertState || field == Field::CertStatusDescription; }

/// What the interface demands where a mapping says nothing (national interface, section 3): some fields name the
/// certificate in every call, others go with a code alone, and three may be empty.
std::uint16_t requiredByInterface(Field field) {
    switch (field) {
        case Field::ProvinceNum:
        case Field::CertNum:
        case Field::IdentityCard:
        case Field::CreditCode:
        case Field::CategoryCode:
        case Field::OperationCategory:
        case Field::CertState:
            return kAlways;
        case Field::TechnicalTitle:
        case Field::Major:
        case Field::CategoryDescription:
        case Field::CertStatusDescription:
            return 0;
        default:
            return kAssigning;
    }
}

/// The `fields:` section.
class FieldsCompiler {
public:
    explicit FieldsCompiler(MappingContext& context) : context_(context), yaml_(context.yaml) {}
    void compile(const YamlNode& fields);

private:
    void field(const YamlEntry& entry);
    void value(FieldRule& rule, const YamlNode& node, const std::string& what);
    std::optional<FieldRule::Case> oneCase(const YamlNode& node, const std::string& what);
    void chain(const YamlNode& from, const YamlNode* transforms, const std::string& what);
    void traits(Field field, const YamlNode& node, const std::string& what);
    void required(Field field, const YamlNode& node, const std::string& what);
    void checkConstant(FieldRule& rule, const YamlNode& node, const std::string& what);
    void order(const YamlNode& fields);
    bool visit(Field field, std::set<Field>& done, std::set<Field>& open, std::vector<FieldRule>& sorted);

    MappingContext& context_;
    YamlFile& yaml_;
    std::vector<FieldRule> rules_;
    std::array<std::set<Field>, kFieldCount> uses_;
};

/// A chain for each column or `$name` of `from`, one behind the other: the first whose value is not empty in the end
/// counts. A default counts only after all of them.
void FieldsCompiler::chain(const YamlNode& from, const YamlNode* transforms, const std::string& what) {
    std::vector<Transform>& chains = context_.out.chains;
    const std::vector<std::string> names = yaml_.texts(from, what + ".from");
    if (names.empty()) return yaml_.problem(from, what + ".from names no column");
    std::vector<Transform> steps;
    if (transforms != nullptr) {
        const std::size_t before = chains.size();
        compileTransforms(context_, *transforms, what + ".transforms");
        steps.assign(chains.begin() + static_cast<std::ptrdiff_t>(before), chains.end());
        chains.resize(before);
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto operand = context_.operand(from, names[i], what + ".from");
        if (!operand) continue;
        const auto kind = operand->isField ? (i == 0 ? Transform::Kind::Field : Transform::Kind::OrField)
                                           : (i == 0 ? Transform::Kind::Column : Transform::Kind::OrColumn);
        chains.push_back({kind, operand->index});
        const bool last = i + 1 == names.size();
        std::ranges::copy_if(steps, std::back_inserter(chains),
                             [last](const Transform& step) { return last || step.kind != Transform::Kind::Default; });
    }
}

std::optional<FieldRule::Case> FieldsCompiler::oneCase(const YamlNode& node, const std::string& what) {
    const YamlNode* from = node.find("from");
    const YamlNode* constant = node.find("constant");
    if ((from == nullptr) == (constant == nullptr)) {
        yaml_.problem(node, what + " must have one of from (a column, $name, or a list of them), constant" +
                                (node.find("when") != nullptr ? "" : " and cases"));
        return std::nullopt;
    }
    FieldRule::Case result;
    if (const YamlNode* when = node.find("when")) result.when = context_.conditions(*when, what + ".when");
    result.chain.first = static_cast<std::uint32_t>(context_.out.chains.size());
    const YamlNode* transforms = node.find("transforms");
    if (from != nullptr) {
        chain(*from, transforms, what);
    } else {
        const std::string text = yaml_.text(*constant, what + ".constant").value_or("");
        context_.out.chains.push_back({Transform::Kind::Constant, context_.text(text)});
        if (transforms != nullptr) {
            yaml_.problem(*transforms, what + ": a constant takes no transforms; write it as it shall be");
        }
    }
    result.chain.count = static_cast<std::uint32_t>(context_.out.chains.size()) - result.chain.first;
    return result;
}

void FieldsCompiler::value(FieldRule& rule, const YamlNode& node, const std::string& what) {
    const YamlNode* cases = node.find("cases");
    if (cases == nullptr) {
        if (auto only = oneCase(node, what)) rule.cases.push_back(std::move(*only));
        return;
    }
    for (const std::string_view key : {"from", "constant", "transforms"}) {
        if (const YamlNode* beside = node.find(key)) {
            yaml_.problem(*beside, what + ": `" + std::string{key} + "` beside cases; put it into the cases");
        }
    }
    if (!yaml_.isSequence(*cases, what + ".cases")) return;
    for (const YamlNode& each : cases->items) {
        if (!yaml_.keys(each, what + ".cases", {"when", "from", "constant", "transforms"})) continue;
        if (auto made = oneCase(each, what + ".cases")) rule.cases.push_back(std::move(*made));
        if (each.find("when") == nullptr && &each != &cases->items.back()) {
            yaml_.problem(each, what + ".cases: only the last case may do without `when`");
        }
    }
}

void FieldsCompiler::required(Field field, const YamlNode& node, const std::string& what) {
    std::uint16_t& bits = context_.out.required[static_cast<std::size_t>(field)];
    bits = 0;
    for (const std::string& word : yaml_.texts(node, what)) {
        const auto type = operateTypeOf(context_.out.type, word);
        if (word == "always") {
            bits = kAlways;
        } else if (word == "assigning") {
            bits = static_cast<std::uint16_t>(bits | kAssigning);
        } else if (type) {
            bits = static_cast<std::uint16_t>(bits | 1U << static_cast<unsigned>(*type));
        } else if (word != "never") {
            yaml_.problem(node, what + ": `" + word +
                                    "` is none of always, assigning (01, 02, 08, 09), never and the codes 01 to 10");
        }
    }
}

void FieldsCompiler::traits(Field field, const YamlNode& node, const std::string& what) {
    FieldTraits& traits = context_.out.traits[static_cast<std::size_t>(field)];
    if (const YamlNode* said = node.find("comparable")) {
        traits.comparable = yaml_.boolean(*said, what + ".comparable").value_or(true);
    }
    if (const YamlNode* said = node.find("push")) traits.push = yaml_.boolean(*said, what + ".push").value_or(true);
}

/// A constant is judged once, here, instead of for each row.
void FieldsCompiler::checkConstant(FieldRule& rule, const YamlNode& node, const std::string& what) {
    if (rule.cases.size() != 1 || rule.cases.front().chain.count != 1) return;
    const Transform& step = context_.out.chains[rule.cases.front().chain.first];
    if (step.kind != Transform::Kind::Constant) return;
    const std::string& text = context_.out.tables.texts[static_cast<std::size_t>(step.number)];
    rule.constant = true;
    if (text.empty()) return;
    if (!isCleanUtf8(text) || hasPrivateUse(text))
        yaml_.problem(node, what + ".constant has characters that cannot go out");
    if (rule.form != Form::Any && refused(rule.form, text)) {
        yaml_.problem(node, what + ".constant is not of the pattern that the field demands");
    }
    if (rule.length != 0 && gbkLength(text) > rule.length)
        yaml_.problem(node, what + ".constant is longer than length");
}

void FieldsCompiler::field(const YamlEntry& entry) {
    const std::string what = "fields." + entry.key;
    const auto field = fieldOf(entry.key);
    const CertificateType type = context_.out.type;
    if (!field || !carries(type, *field)) {
        std::string known;
        for (const Field each : kFields) {
            if (carries(type, each)) known.append(known.empty() ? "" : ", ").append(nationalName(each));
        }
        yaml_.problem(entry.line, what + " is no national field; there are " + known);
        return;
    }
    const YamlNode& node = entry.value;
    if (byState(*field)) {
        // Their values come from `state:`; here stands only what is done with them.
        if (!yaml_.keys(node, what, {"comparable", "push"})) return;
        return traits(*field, node, what);
    }
    if (!yaml_.keys(
            node, what,
            {"from", "constant", "transforms", "cases", "length", "pattern", "required", "comparable", "push"})) {
        return;
    }
    FieldRule rule;
    rule.field = *field;
    context_.fieldsUsed.clear();
    value(rule, node, what);
    uses_[static_cast<std::size_t>(*field)] = context_.fieldsUsed;
    if (const YamlNode* length = node.find("length")) {
        rule.length = static_cast<std::size_t>(yaml_.integer(*length, what + ".length", 1, 4000).value_or(0));
    }
    if (const YamlNode* pattern = node.find("pattern")) {
        const std::string name = yaml_.text(*pattern, what + ".pattern").value_or("digits");
        const auto form = formOf(name);
        if (!form) {
            yaml_.problem(*pattern, what + ": unknown pattern `" + name + "`; known are " + std::string{kFormNames});
        }
        rule.form = form.value_or(Form::Any);
    }
    if (const YamlNode* said = node.find("required")) required(*field, *said, what + ".required");
    traits(*field, node, what);
    checkConstant(rule, node, what);
    rules_.push_back(std::move(rule));
}

bool FieldsCompiler::visit(Field field, std::set<Field>& done, std::set<Field>& open, std::vector<FieldRule>& sorted) {
    if (done.contains(field)) return true;
    if (!open.insert(field).second) return false;
    for (const Field used : uses_[static_cast<std::size_t>(field)]) {
        if (!visit(used, done, open, sorted)) return false;
    }
    open.erase(field);
    done.insert(field);
    const auto rule = std::ranges::find(rules_, field, &FieldRule::field);
    if (rule != rules_.end()) sorted.push_back(*rule);
    return true;
}

void FieldsCompiler::order(const YamlNode& fields) {
    std::set<Field> done;
    std::vector<FieldRule> sorted;
    for (const FieldRule& rule : rules_) {
        std::set<Field> open;
        if (visit(rule.field, done, open, sorted)) continue;
        const YamlNode* node = fields.find(nationalName(rule.field));
        yaml_.problem(node != nullptr ? *node : fields, "fields." + std::string{nationalName(rule.field)} +
                                                            " refers to itself through $names; take a column instead");
        return;
    }
    context_.out.fields = std::move(sorted);
}

void FieldsCompiler::compile(const YamlNode& fields) {
    for (const Field field : kFields) {
        const bool there = carries(context_.out.type, field);
        context_.out.required[static_cast<std::size_t>(field)] = there ? requiredByInterface(field) : std::uint16_t{0};
    }
    if (!yaml_.isMap(fields, "fields")) return;
    for (const YamlEntry& entry : fields.entries) field(entry);
    for (const Field field : kFields) {
        if (byState(field) || !carries(context_.out.type, field)) continue;
        if (fields.find(nationalName(field)) != nullptr) continue;
        yaml_.problem(fields, "fields lacks `" + std::string{nationalName(field)} + "` (" +
                                  std::string{chineseName(field)} +
                                  "): say where it comes from, or {constant: \"\"} when it is never known");
    }
    order(fields);
    for (const Field field : kFields) {
        const std::uint16_t bits = context_.out.required[static_cast<std::size_t>(field)];
        if ((bits & kAssigning) == kAssigning && !byState(field)) context_.out.always.push_back(field);
    }
}

}  // namespace

void compileFields(MappingContext& context, const YamlNode& fields) { FieldsCompiler{context}.compile(fields); }

}  // namespace lianzheng
