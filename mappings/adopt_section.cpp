#include "mappings/cell_text.h"
#include "mappings/compiled_mapping.h"
#include "mappings/mapping_context.h"
#include "mappings/text.h"

#include <algorithm>
#include <string>
#include <utility>

namespace lianzheng {
namespace {

/// The column under `key`, which is read at a take-over only. It may be one that the gateway writes back to: what is
/// taken over is the platform's word, not the province's.
FactColumns::Column adoptColumn(MappingContext& context, const YamlNode& section, std::string_view key,
                                std::string_view feature) {
    const YamlNode* node = section.find(key);
    const std::string use = "adopt." + std::string{key};
    if (node == nullptr) {
        context.out.disabled.push_back(use + " is absent: " + std::string{feature});
        return std::nullopt;
    }
    const bool map = key == "state" && node->isMap();
    const auto name =
        map ? std::optional{context.yaml.requiredText(*node, "column", use)} : context.yaml.text(*node, use);
    if (!name || name->empty()) return std::nullopt;
    context.sourceColumn(*node, *name, use);
    const auto& own = context.out.columns;
    auto& more = context.out.adopt.columns;
    if (const auto found = std::ranges::find(own, *name); found != own.end()) {
        return static_cast<std::uint16_t>(found - own.begin());
    }
    auto found = std::ranges::find(more, *name);
    if (found == more.end()) found = more.insert(more.end(), *name);
    return static_cast<std::uint16_t>(own.size() + static_cast<std::size_t>(found - more.begin()));
}

void states(MappingContext& context, const YamlNode& node) {
    if (!node.isMap() || !context.yaml.keys(node, "adopt.state", {"column", "map"})) return;
    const YamlNode* map = node.find("map");
    if (map == nullptr || !context.yaml.isMap(*map, "adopt.state.map")) return;
    for (const YamlEntry& entry : map->entries) {
        const std::string code = context.yaml.text(entry.value, "adopt.state.map").value_or("");
        const auto state = certStateOf(context.out.type, code);
        if (!state || *state == CertState::None) {
            context.yaml.problem(entry.value, "adopt.state.map: `" + code + "` is no certState; there are 01 to " +
                                                  std::string{lastState(context.out.type)} + " and 99");
        }
        context.out.adopt.states.emplace_back(entry.key, code);
    }
}

}  // namespace

void compileAdopt(MappingContext& context, const YamlNode& section) {
    AdoptRules& adopt = context.out.adopt;
    if (!context.yaml.keys(section, "adopt", {"code", "event", "state", "identifier", "at"})) return;
    adopt.there = true;
    adopt.code = adoptColumn(context, section, "code", "licences of taken-over certificates cannot be collected anew");
    adopt.event =
        adoptColumn(context, section, "event", "identity numbers of taken-over certificates cannot be changed");
    if (!adopt.code && !adopt.event) {
        context.yaml.problem(section,
                             "adopt must have code or event: a row with neither does not say that it was pushed");
    }
    adopt.state = adoptColumn(context, section, "state", "every taken-over certificate counts as registered 有效 (01)");
    if (const YamlNode* state = section.find("state")) states(context, *state);
    adopt.identifier = adoptColumn(context, section, "identifier",
                                   "taken-over certificates count as collected, and their versions from 001");
    adopt.at =
        adoptColumn(context, section, "at", "no field of a taken-over certificate is known, so no change is noticed");
}

std::vector<std::string> FieldMap::adoptColumns() const {
    std::vector<std::string> all = compiled_->columns;
    all.insert(all.end(), compiled_->adopt.columns.begin(), compiled_->adopt.columns.end());
    return all;
}

bool FieldMap::adopts() const noexcept { return compiled_->adopt.there; }

Remembered FieldMap::remember(std::span<const Cell> row, const Desired& desired) const {
    const CompiledMapping& mapping = *compiled_;
    const AdoptRules& adopt = mapping.adopt;
    const auto text = [&](const FactColumns::Column& column) -> std::string {
        if (!column || *column >= row.size() || row[*column].null) return {};
        std::string converted;
        std::string_view bytes = row[*column].text;
        if (mapping.source.charset == SourceDefinition::Charset::Gb18030) {
            if (!fromGb18030(bytes, converted)) return {};
            bytes = converted;
        }
        bytes = trimmed(bytes);
        const bool nothing = !factsOf(bytes).clean || std::ranges::find(mapping.nulls, bytes) != mapping.nulls.end();
        return nothing ? std::string{} : std::string{bytes};
    };
    Remembered remembered;
    remembered.codeId = text(adopt.code);
    remembered.eCertId = text(adopt.event);
    remembered.pushed = !remembered.codeId.empty() || !remembered.eCertId.empty();
    remembered.zzeCertId = text(adopt.identifier);
    remembered.collected = !adopt.identifier || !remembered.zzeCertId.empty();
    remembered.state = CertState::Valid;
    if (adopt.state) {
        std::string code = text(adopt.state);
        if (!adopt.states.empty()) {
            const auto found = std::ranges::find(adopt.states, code, &std::pair<std::string, std::string>::first);
            code = found == adopt.states.end() ? std::string{} : found->second;
        }
        remembered.state = certStateOf(mapping.type, code);
        if (remembered.state == CertState::None) remembered.state.reset();
    }
    const auto& dates = mapping.tables.dates;
    const auto offset = mapping.source.changedAtOffset;
    if (const std::string at = text(adopt.at); !at.empty()) remembered.at = dates.instant(at, offset);
    const auto changed = dates.instant(desired.facts.changedAt, offset);
    remembered.unchangedSince = remembered.at && changed && *changed <= *remembered.at;
    return remembered;
}

}  // namespace lianzheng
