#include "gateway/store/evidence_seals.h"

#include <algorithm>
#include <utility>

namespace lianzheng {

namespace {

const std::string kSelect = "SELECT number, entry, previous, every, sealed_at, key_id, seal FROM evidence_seal ";
constexpr std::string_view kKinds = "iiiiitt";

}  // namespace

const SealKey* EvidenceSealing::find(std::string_view id) const {
    if (key && key->id() == id) return &*key;
    const auto found = std::ranges::find(former, id, [](const SealKey& each) { return std::string_view(each.id()); });
    return found == former.end() ? nullptr : &*found;
}

std::string EvidenceSeal::text(std::string_view hash, SealMethod method) const {
    std::string text = "lianzheng evidence seal 1\n";
    const auto line = [&text](std::string_view name, std::string_view value) {
        text.append(name).append(" ").append(value).append("\n");
    };
    line("number", std::to_string(number));
    line("entry", std::to_string(entry));
    line("hash", hash);
    line("previous", std::to_string(previous));
    line("every", std::to_string(every));
    line("sealed_at", std::to_string(sealedAt.time_since_epoch().count()));
    line("method", word(method));
    line("key", keyId);
    return text;
}

EvidenceSeals::EvidenceSeals(Database& database, const EvidenceSealing& sealing, const Clock& clock)
    : sealing_(sealing),
      clock_(clock),
      insert_(database,
              "INSERT INTO evidence_seal (number, entry, previous, every, sealed_at, key_id, seal) VALUES (:number, "
              ":entry, :previous, :every, :sealed_at, :key_id, :seal)"),
      readLast_(database, kSelect + "ORDER BY number DESC LIMIT 1", kKinds),
      covering_(database, kSelect + "WHERE entry >= :entry ORDER BY entry LIMIT 1", kKinds),
      all_(database, kSelect + "ORDER BY number", kKinds) {}

EvidenceSeal EvidenceSeals::taken(Prepared& row) {
    return {.number = row.integer(0),
            .entry = row.integer(1),
            .previous = row.integer(2),
            .every = row.integer(3),
            .sealedAt = row.time(4),
            .keyId = row.text(5),
            .seal = row.text(6)};
}

const EvidenceSeal& EvidenceSeals::last() {
    if (!last_) last_ = readLast_.one() ? taken(readLast_) : EvidenceSeal{};
    return *last_;
}

Status EvidenceSeals::entryAdded(std::int64_t entry, std::string_view hash) {
    if (!sealing_.key || entry - last().entry < sealing_.every) return ok();
    return sealNow(entry, hash);
}

Status EvidenceSeals::sealNow(std::int64_t entry, std::string_view hash) {
    if (!sealing_.key || entry <= last().entry) return ok();
    EvidenceSeal seal{.number = last().number + 1,
                      .entry = entry,
                      .previous = last().entry,
                      .every = sealing_.every,
                      .sealedAt = clock_.now(),
                      .keyId = sealing_.key->id()};
    auto made = sealing_.key->seal(seal.text(hash, sealing_.key->method()));
    if (!made) return tl::unexpected<Error>(std::move(made.error()));
    seal.seal = std::move(*made);
    insert_.run(seal.number, seal.entry, seal.previous, seal.every, seal.sealedAt, seal.keyId, seal.seal);
    last_ = std::move(seal);
    return ok();
}

std::vector<EvidenceSeal> EvidenceSeals::all() {
    std::vector<EvidenceSeal> seals;
    all_.each([&] { seals.push_back(taken(all_)); });
    return seals;
}

std::optional<EvidenceSeal> EvidenceSeals::covering(std::int64_t entry) {
    if (!covering_.one(entry)) return std::nullopt;
    return taken(covering_);
}

bool EvidenceSeals::fits(const EvidenceSeal& seal, std::string_view hash) const {
    const SealKey* const key = sealing_.find(seal.keyId);
    return key != nullptr && key->verifies(seal.text(hash, key->method()), seal.seal);
}

}  // namespace lianzheng
