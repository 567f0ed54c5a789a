#include "mappings/refusal_catalogue.h"

#include "mappings/yaml_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::string_view kUnknown = "unknown";

constexpr std::array<std::pair<std::string_view, RefusalReaction>, 4> kReactions{{
    {"block", RefusalReaction::Block},
    {"slow_down", RefusalReaction::SlowDown},
    {"read_back", RefusalReaction::ReadBack},
    {"record_absent", RefusalReaction::RecordAbsent},
}};

std::optional<RefusalReaction> reactionOf(std::string_view word) {
    for (const auto& [name, reaction] : kReactions) {
        if (name == word) return reaction;
    }
    return std::nullopt;
}

std::vector<std::string> fragmentsIn(YamlFile& file, const YamlNode& entry, std::string_view key) {
    const YamlNode* node = entry.find(key);
    if (node == nullptr) return {};
    std::vector<std::string> fragments = file.texts(*node, key);
    if (std::find(fragments.begin(), fragments.end(), std::string()) != fragments.end()) {
        file.problem(*node, std::string(key) + ": an empty one would fit every message");
    }
    return fragments;
}

Refusal refusalIn(YamlFile& file, const YamlNode& entry) {
    Refusal refusal;
    if (!file.keys(entry, "a refusal", {"id", "fragments", "unless", "reaction", "why", "help", "owner"}))
        return refusal;
    refusal.id = file.requiredText(entry, "id", "a refusal");
    refusal.fragments = fragmentsIn(file, entry, "fragments");
    refusal.unless = fragmentsIn(file, entry, "unless");
    const std::string reaction = file.requiredText(entry, "reaction", "a refusal");
    if (const std::optional<RefusalReaction> known = reactionOf(reaction)) {
        refusal.reaction = *known;
    } else if (!reaction.empty()) {
        file.problem(*entry.find("reaction"), "reaction must be block, slow_down, read_back or record_absent");
    }
    refusal.advice.reason = refusal.id;
    refusal.advice.why = file.requiredText(entry, "why", "a refusal");
    refusal.advice.help = file.requiredText(entry, "help", "a refusal");
    const std::string owner = file.requiredText(entry, "owner", "a refusal");
    if (const std::optional<Owner> known = ownerOf(owner)) {
        refusal.advice.owner = *known;
    } else if (!owner.empty()) {
        file.problem(*entry.find("owner"),
                     "owner must be province_centre, city, enterprise, holder, foreign_authority or platform");
    }
    return refusal;
}

bool contains(std::string_view message, const std::vector<std::string>& fragments) {
    return std::any_of(fragments.begin(), fragments.end(), [message](const std::string& fragment) {
        return message.find(fragment) != std::string_view::npos;
    });
}

}  // namespace

Loaded<RefusalCatalogue> RefusalCatalogue::load(const std::filesystem::path& path) {
    YamlFile file = YamlFile::read(path);
    RefusalCatalogue catalogue;
    if (!file.good() || !file.keys(file.root(), "the catalogue", {"refusals"})) {
        return tl::make_unexpected(file.takeProblems());
    }
    const YamlNode* entries = file.required(file.root(), "refusals", "the catalogue");
    if (entries == nullptr || !file.isSequence(*entries, "refusals")) {
        return tl::make_unexpected(file.takeProblems());
    }
    std::unordered_set<std::string> ids;
    for (const YamlNode& entry : entries->items) {
        Refusal refusal = refusalIn(file, entry);
        if (!refusal.id.empty() && !ids.insert(refusal.id).second) {
            file.problem(entry, "the id `" + refusal.id + "` stands here a second time");
        }
        const bool last = &entry == &entries->items.back();
        if (last != (refusal.id == kUnknown) || last != refusal.fragments.empty()) {
            file.problem(entry, "the last refusal, and only it, has the id `unknown` and no fragments");
        }
        catalogue.refusals_.push_back(std::move(refusal));
    }
    if (catalogue.refusals_.empty()) file.problem(*entries, "there is no refusal `unknown`");
    if (!file.good()) return tl::make_unexpected(file.takeProblems());
    return catalogue;
}

const Refusal& RefusalCatalogue::classify(std::string_view message) const {
    for (const Refusal& refusal : refusals_) {
        if (contains(message, refusal.fragments) && !contains(message, refusal.unless)) return refusal;
    }
    return refusals_.back();
}

}  // namespace lianzheng
