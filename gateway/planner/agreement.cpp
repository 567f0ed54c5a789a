#include "gateway/planner/agreement.h"

#include <algorithm>
#include <variant>

namespace lianzheng {

bool agree(const Desired& desired, const Acknowledged& acknowledged, std::span<const Field> compared) {
    return std::ranges::all_of(compared, [&](Field field) {
        const bool apart =
            field == Field::CertNum || field == Field::CertState || field == Field::CertStatusDescription;
        return apart || !acknowledged.knows(field) || acknowledged.record[field] == desired.record[field];
    });
}

void keepAgreement(LedgerEntry& entry, const Plan& next, const Desired& desired, const Acknowledged& acknowledged,
                   std::span<const Field> compared, std::string_view mappingVersion) {
    // Another mapping may have digested other fields that read the same.
    if (entry.mappingVersion != mappingVersion) entry.push = entry.comparable = Digest{};
    entry.mappingVersion = mappingVersion;
    const bool settled = std::holds_alternative<InStep>(next) || std::holds_alternative<Waiting>(next);
    if (!settled || entry.state == CertState::None) return;
    entry.comparable = Digest{};
    if (!agree(desired, acknowledged, compared)) return;
    entry.comparable = desired.comparable;
    if (entry.digestVersion != kDigestVersion) entry.push = Digest{};  // made in another way
    entry.digestVersion = kDigestVersion;
    const auto* waits = std::get_if<Waiting>(&next);
    if (!entry.push.none() || (waits != nullptr && waits->what != Waiting::For::LicenceFile)) return;
    entry.push = desired.push;
    if (entry.photoVersion.empty()) entry.photoVersion = desired.facts.photoVersion;
}

}  // namespace lianzheng
