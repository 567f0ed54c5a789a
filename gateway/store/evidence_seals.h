#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/envelope/seal_key.h"
#include "adapters/runtime/clock.h"
#include "gateway/store/prepared.h"

namespace lianzheng {

/// With which key the chain of evidence is sealed, and how often.
struct EvidenceSealing {
    std::optional<SealKey> key{};   ///< none: nothing is sealed
    std::vector<SealKey> former{};  ///< whose seals still count
    std::int64_t every = 1000;      ///< entries
    /// The key with this id; null when it is not known.
    [[nodiscard]] const SealKey* find(std::string_view id) const;
};

/// A seal over the chain as it was after `entry`.
struct EvidenceSeal {
    std::int64_t number = 0;    ///< counts from 1, without a gap
    std::int64_t entry = 0;     ///< the last entry it covers
    std::int64_t previous = 0;  ///< the entry of the seal before it; 0: it is the first
    std::int64_t every = 0;     ///< the setting it was made under
    TimePoint sealedAt{};
    std::string keyId{};
    std::string seal{};  ///< hex

    /// What is sealed: lines of text with the hash of the chain after `entry`.
    [[nodiscard]] std::string text(std::string_view hash, SealMethod method) const;
};

/// The seals, a row each. Errors: as Prepared, beside those that are returned.
class EvidenceSeals {
public:
    /// `sealing` and `clock` are borrowed.
    EvidenceSeals(Database& database, const EvidenceSealing& sealing, const Clock& clock);

    /// Forgets the last seal read in a transaction that was given up.
    void begin() { last_.reset(); }
    /// Seals the chain after `entry` when the last seal is `every` entries back.
    Status entryAdded(std::int64_t entry, std::string_view hash);
    /// Seals the chain after `entry` unless that is done, or nothing seals.
    Status sealNow(std::int64_t entry, std::string_view hash);
    std::vector<EvidenceSeal> all();
    /// The first seal at or after `entry`.
    std::optional<EvidenceSeal> covering(std::int64_t entry);
    /// Whether the seal is of a known key and fits the chain's hash.
    [[nodiscard]] bool fits(const EvidenceSeal& seal, std::string_view hash) const;
    [[nodiscard]] const EvidenceSealing& sealing() const { return sealing_; }

private:
    const EvidenceSeal& last();
    static EvidenceSeal taken(Prepared& row);

    const EvidenceSealing& sealing_;
    const Clock& clock_;
    std::optional<EvidenceSeal> last_;
    Prepared insert_;
    Prepared readLast_;
    Prepared covering_;
    Prepared all_;
};

}  // namespace lianzheng
