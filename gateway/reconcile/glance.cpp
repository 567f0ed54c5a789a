#include "gateway/reconcile/glance.h"

#include <array>
#include <cstring>

#include "gateway/reconcile/provincial_suspects.h"
#include "gateway/reconcile/shared_identifiers.h"

namespace lianzheng {
namespace {

/// What is of the same size in every glance.
struct Head {
    Digest digest;
    std::uint64_t identifier = 0;
    std::uint32_t place = 0;
    std::uint32_t sound = 0;
    std::array<std::uint32_t, 5> sizes{};  ///< of the texts
    std::uint32_t none = 0;                ///< no byte is left to chance
};
static_assert(sizeof(Head) == 56);

}  // namespace

Glance glanceAt(const Desired& desired, std::span<const Cell> cells, std::span<const Field> compared,
                std::string& noted) {
    const Certificate& record = desired.record;
    ProvincialSuspects::note(desired.facts.sourceKey, cells, noted);
    Glance glance;
    glance.digest = digestOf(record, compared, {});
    glance.identifier = SharedIdentifiers::hashOf(desired);
    glance.sound = desired.problems.empty();
    glance.number = record[Field::CertNum];
    glance.state = record[Field::CertState];
    glance.expires = record[Field::ExpiringDate];
    glance.authority = desired.facts.authority;
    glance.noted = noted;
    return glance;
}

Glance glanceAt(const NationalItem& item, std::span<const Field> compared) {
    const Certificate& record = item.row.record;
    Glance glance;
    glance.digest = item.complete ? digestOf(record, compared, {}) : item.comparable;
    glance.identifier = SharedIdentifiers::hashOf(item);
    glance.place = static_cast<std::uint32_t>(item.row.place);
    glance.sound = item.complete || !item.comparable.none();
    glance.number = record[Field::CertNum];
    glance.state = record[Field::CertState];
    return glance;
}

void pack(const Glance& glance, std::string& bytes) {
    const auto size = [](std::string_view text) { return static_cast<std::uint32_t>(text.size()); };
    const Head head{
        glance.digest,
        glance.identifier,
        glance.place,
        glance.sound ? 1U : 0U,
        {size(glance.number), size(glance.state), size(glance.expires), size(glance.authority), size(glance.noted)}};
    bytes.append(reinterpret_cast<const char*>(&head), sizeof head);
    bytes.append(glance.number).append(glance.state).append(glance.expires);
    bytes.append(glance.authority).append(glance.noted);
}

bool take(std::string_view& bytes, Glance& glance) {
    if (bytes.size() < sizeof(Head)) return false;
    Head head{};
    std::memcpy(&head, bytes.data(), sizeof head);
    std::string_view rest = bytes.substr(sizeof head);
    const std::array texts{&glance.number, &glance.state, &glance.expires, &glance.authority, &glance.noted};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (rest.size() < head.sizes[i]) return false;
        *texts[i] = rest.substr(0, head.sizes[i]);
        rest.remove_prefix(head.sizes[i]);
    }
    glance.digest = head.digest;
    glance.identifier = head.identifier;
    glance.place = head.place;
    glance.sound = head.sound != 0;
    bytes = rest;
    return true;
}

}  // namespace lianzheng
