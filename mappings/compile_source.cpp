#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "mappings/source_compiler.h"

namespace lianzheng {

void SourceCompiler::from() {
    int given = 0;
    for (const std::string_view kind : {"table", "view", "query"}) {
        const YamlNode* node = source_.find(kind);
        if (node == nullptr) continue;
        ++given;
        std::string text = yaml_.requiredText(source_, kind, "source");
        if (kind == "query") {
            if (text.find(';') != std::string::npos) {
                yaml_.problem(*node, "source.query must be one SELECT without a semicolon");
            }
            text = "(" + text + ")";
        } else if (text.find_first_of(";()'") != std::string::npos) {
            yaml_.problem(*node, "source." + std::string{kind} + " must be a name; a SELECT goes to source.query");
        }
        to_.from = std::move(text);
    }
    if (given != 1) yaml_.problem(source_, "source must have exactly one of table, view and query");
    to_.where = yaml_.textOr(source_, "where", "source", "");
    to_.baseTable = yaml_.textOr(source_, "base_table", "source", "");
    if (to_.baseTable.empty()) off("base_table", "`check` cannot set the view's row count beside its table's");
}

void SourceCompiler::key() {
    const YamlNode* node = yaml_.required(source_, "key", "source");
    if (node == nullptr) return;
    if (node->isMap()) {
        yaml_.keys(*node, "source.key", {"column", "number"});
        to_.key = yaml_.requiredText(*node, "column", "source.key");
        if (const YamlNode* number = node->find("number")) {
            to_.keyIsNumber = yaml_.boolean(*number, "source.key.number").value_or(false);
        }
    } else {
        to_.key = yaml_.requiredText(source_, "key", "source");
    }
    context_.out.facts.key = context_.column(*node, to_.key, "source.key");
}

void SourceCompiler::number() {
    to_.number = yaml_.requiredText(source_, "number", "source");
    if (const YamlNode* node = source_.find("number")) context_.sourceColumn(*node, to_.number, "source.number");
}

std::string SourceCompiler::sourceColumn(std::string_view key, std::string_view feature) {
    const YamlNode* node = source_.find(key);
    if (node == nullptr) {
        if (!feature.empty()) off(key, feature);
        return {};
    }
    std::string name = yaml_.requiredText(source_, key, "source");
    context_.sourceColumn(*node, name, "source." + std::string{key});
    return name;
}

void SourceCompiler::changedAt() {
    const YamlNode* node = yaml_.required(source_, "changed_at", "source");
    if (node == nullptr) return;
    if (node->isScalar() && node->text == "none") {
        off("changed_at", "every pass is a sweep of all rows");
        return;
    }
    if (!yaml_.keys(*node, "source.changed_at", {"column", "greatest", "zone"})) return;
    std::vector<std::string> columns;
    const YamlNode* column = node->find("column");
    const YamlNode* several = node->find("greatest");
    if ((column == nullptr) == (several == nullptr)) {
        yaml_.problem(*node,
                      "source.changed_at must have one of column and greatest; write `changed_at: none` when "
                      "the source has no such time");
        return;
    }
    columns = yaml_.texts(column != nullptr ? *column : *several, "source.changed_at");
    if (column != nullptr ? columns.size() != 1 : columns.size() < 2) {
        yaml_.problem(*node, "source.changed_at: column takes one name, greatest takes several");
        return;
    }
    for (const std::string& name : columns) {
        context_.out.facts.changedAt.push_back(context_.column(*node, name, "source.changed_at"));
    }
    greatest(columns);
    zone(*node);
}

/// Databases disagree on how the greatest of several columns is called, and on what a null among them does; CASE is
/// the same everywhere.
void SourceCompiler::greatest(const std::vector<std::string>& columns) {
    if (columns.size() == 1) {
        to_.changedAt = columns.front();
        return;
    }
    to_.changedAt = "(CASE";
    for (std::size_t i = 0; i + 1 < columns.size(); ++i) {
        for (std::size_t j = i + 1; j < columns.size(); ++j) {
            to_.changedAt += j == i + 1 ? " WHEN " : " AND ";
            to_.changedAt += "(" + columns[j] + " IS NULL OR " + columns[i] + " >= " + columns[j] + ")";
        }
        to_.changedAt += " THEN " + columns[i];
    }
    to_.changedAt += " ELSE " + columns.back() + " END)";
}

void SourceCompiler::zone(const YamlNode& changedAt) {
    const std::string text = yaml_.requiredText(changedAt, "zone", "source.changed_at");
    if (text == "Asia/Shanghai" || text.empty()) return;
    if (text == "UTC") {
        to_.changedAtOffset = std::chrono::minutes{0};
        return;
    }
    const auto digit = [&text](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    const bool form = text.size() == 6 && (text[0] == '+' || text[0] == '-') && digit(1) && digit(2) &&
                      text[3] == ':' && digit(4) && digit(5);
    const int hours = form ? (text[1] - '0') * 10 + (text[2] - '0') : 99;
    const int minutes = form ? (text[4] - '0') * 10 + (text[5] - '0') : 99;
    if (hours > 14 || minutes > 59) {
        yaml_.problem(changedAt, "source.changed_at.zone must be Asia/Shanghai, UTC or an offset as +08:00");
        return;
    }
    to_.changedAtOffset = std::chrono::minutes{(hours * 60 + minutes) * (text[0] == '-' ? -1 : 1)};
}

void SourceCompiler::authority() {
    const YamlNode* node = source_.find("authority");
    if (node == nullptr) return off("authority", "every certificate is counted under 省属/未归属");
    if (!yaml_.keys(*node, "source.authority", {"column", "rules"})) return;
    const std::string column = yaml_.requiredText(*node, "column", "source.authority");
    context_.out.facts.authority = context_.column(*node, column, "source.authority.column");
    const auto districts = Districts::load(context_.directory() / "districts.yaml");
    if (!districts) std::ranges::copy(districts.error(), std::back_inserter(context_.foreignProblems()));
    const YamlNode* rules = yaml_.required(*node, "rules", "source.authority");
    if (rules == nullptr || !yaml_.isSequence(*rules, "source.authority.rules")) return;
    for (const YamlNode& rule : rules->items) authorityRule(rule, districts ? &*districts : nullptr);
}

void SourceCompiler::authorityRule(const YamlNode& node, const Districts* districts) {
    if (!yaml_.keys(node, "source.authority.rules", {"exact", "prefix", "when", "is"})) return;
    AuthorityRule rule;
    rule.prefix = node.find("prefix") != nullptr;
    if (rule.prefix == (node.find("exact") != nullptr)) {
        yaml_.problem(node, "source.authority.rules: each rule has one of exact and prefix");
        return;
    }
    rule.value = yaml_.requiredText(node, rule.prefix ? "prefix" : "exact", "source.authority.rules");
    rule.id = yaml_.requiredText(node, "is", "source.authority.rules");
    if (const YamlNode* when = node.find("when")) {
        rule.when = context_.conditions(*when, "source.authority.rules.when");
    }
    const auto known = [&rule](const Authority& authority) { return authority.id == rule.id; };
    if (districts != nullptr && !rule.id.empty() && std::ranges::none_of(districts->all(), known)) {
        std::string ids;
        for (const Authority& authority : districts->all()) ids += (ids.empty() ? "" : ", ") + authority.id;
        yaml_.problem(node,
                      "source.authority.rules: no authority `" + rule.id + "` in districts.yaml; there are " + ids);
    }
    context_.out.authorities.push_back(std::move(rule));
}

std::optional<Conditions> SourceCompiler::flag(std::string_view key, std::string_view feature) {
    const YamlNode* node = source_.find(key);
    if (node == nullptr) {
        off(key, feature);
        return std::nullopt;
    }
    return context_.conditions(*node, "source." + std::string{key});
}

void SourceCompiler::spellings() {
    if (const YamlNode* node = source_.find("nulls")) context_.out.nulls = yaml_.texts(*node, "source.nulls");
    if (const YamlNode* node = source_.find("dates")) {
        for (const std::string& pattern : yaml_.texts(*node, "source.dates")) {
            if (auto spelling = DateSpelling::compile(pattern)) {
                context_.out.tables.dates.add(std::move(*spelling));
            } else {
                yaml_.problem(*node, "source.dates: `" + pattern +
                                         "` must say yyyy, MM or M, and dd or d once each, perhaps HH, mm and ss; "
                                         "a * may only end it");
            }
        }
    }
    if (const YamlNode* node = source_.find("null_dates")) {
        context_.out.tables.nullDates = yaml_.texts(*node, "source.null_dates");
        for (const std::string& day : context_.out.tables.nullDates) {
            if (!isIsoDay(day)) yaml_.problem(*node, "source.null_dates: `" + day + "` is no day; write yyyy-MM-dd");
        }
    }
}

void SourceCompiler::charset() {
    const std::string charset = yaml_.textOr(source_, "charset", "source", "UTF-8");
    if (charset == "GB18030") {
        to_.charset = SourceDefinition::Charset::Gb18030;
    } else if (charset != "UTF-8") {
        yaml_.problem(*source_.find("charset"), "source.charset must be UTF-8 or GB18030 (which reads GBK and GB2312)");
    }
}

void SourceCompiler::compile() {
    static constexpr std::array<std::string_view, 21> kKeys{
        "table",  "view",    "query",      "where",     "latest_by", "base_table", "key",         "number",
        "person", "company", "changed_at", "authority", "photo",     "licence",    "predecessor", "renewal_in_hand",
        "urgent", "nulls",   "null_dates", "dates",     "charset"};
    if (!yaml_.keys(source_, "source", kKeys)) return;
    from();
    key();
    number();
    to_.latestBy = sourceColumn("latest_by", "");
    to_.person =
        sourceColumn("person", "a blocked certificate is not looked at again when another of its holder changes");
    to_.company =
        sourceColumn("company", "a blocked certificate is not looked at again when another of its company changes");
    changedAt();
    authority();
    photo();
    licence();
    predecessor();
    context_.out.facts.renewalInHand = flag("renewal_in_hand", "no cancellation waits for a renewal (延续办理中)");
    context_.out.facts.urgent = flag("urgent", "no certificate goes before others (急用)");
    spellings();
    charset();
}

void compileSource(MappingContext& context, const YamlNode& source) { SourceCompiler{context, source}.compile(); }

}  // namespace lianzheng
