#include "mappings/refusal_catalogue.h"

#include "mappings/certificate_number.h"
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

Owner ownerIn(YamlFile& file, const YamlNode& entry, std::string_view what) {
    const std::string owner = file.requiredText(entry, "owner", what);
    const std::optional<Owner> known = ownerOf(owner);
    if (!known && !owner.empty()) {
        file.problem(*entry.find("owner"),
                     "owner must be province_centre, city, enterprise, holder, foreign_authority or platform");
    }
    return known.value_or(Owner{});
}

std::optional<Refusal::Named> namedIn(YamlFile& file, const YamlNode& entry, std::string_view key) {
    const YamlNode* node = entry.find(key);
    if (node == nullptr || !file.keys(*node, key, {"help", "owner"})) return std::nullopt;
    Refusal::Named named{file.requiredText(*node, "help", key), ownerIn(file, *node, key)};
    if (!named.help.empty() && named.help.find("{}") == std::string::npos) {
        file.problem(*node, std::string(key) + ": its help needs `{}` where the certificate's number stands");
    }
    return named;
}

Refusal refusalIn(YamlFile& file, const YamlNode& entry) {
    Refusal refusal;
    if (!file.keys(entry, "a refusal",
                   {"id", "fragments", "unless", "reaction", "why", "help", "owner", "named", "named_foreign"})) {
        return refusal;
    }
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
    refusal.advice.owner = ownerIn(file, entry, "a refusal");
    refusal.named = namedIn(file, entry, "named");
    refusal.namedForeign = namedIn(file, entry, "named_foreign");
    return refusal;
}

bool contains(std::string_view message, const std::vector<std::string>& fragments) {
    return std::any_of(fragments.begin(), fragments.end(), [message](const std::string& fragment) {
        return message.find(fragment) != std::string_view::npos;
    });
}

}  // namespace

Advice adviceFor(const Refusal& refusal, std::string_view message, std::string_view number) {
    Advice advice = refusal.advice;
    for (const CertificateNumber& other : CertificateNumber::namedIn(message)) {
        if (other.str() == number) continue;
        const auto& named = number.starts_with(other.province()) ? refusal.named : refusal.namedForeign;
        if (!named) break;
        advice.help = named->help;
        advice.help.replace(advice.help.find("{}"), 2, other.str());
        advice.owner = named->owner;
        break;
    }
    return advice;
}

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
