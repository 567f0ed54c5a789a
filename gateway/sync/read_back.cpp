#include "gateway/sync/read_back.h"

#include <algorithm>
#include <array>

#include "mappings/certificate_number.h"

namespace lianzheng {
namespace {

/// What the reply of a query can show (national interface, section 3); empty in the reply means not shown.
constexpr std::array kShown{Field::Name,          Field::Gender,       Field::IdentityCardType, Field::IdentityCard,
                            Field::BirthDate,     Field::CategoryCode, Field::CompanyName,      Field::CreditCode,
                            Field::IssuAuth,      Field::CertState,    Field::IssuedDate,       Field::IssuDate,
                            Field::EffectiveDate, Field::ExpiringDate};

const Certificate* recordOf(const Request& request) {
    if (const auto* assign = std::get_if<AssignCode>(&request)) return &assign->record;
    if (const auto* update = std::get_if<UpdateState>(&request)) return &update->record;
    if (const auto* identity = std::get_if<ChangeIdentity>(&request)) return &identity->record;
    return nullptr;
}

/// Whether this kind of event carries the field at all.
bool loads(const Request& request, Field field) {
    if (std::holds_alternative<AssignCode>(request)) return true;
    if (std::holds_alternative<UpdateState>(request)) return field == Field::CertState;
    return field == Field::IdentityCard || field == Field::IdentityCardType || field == Field::BirthDate;
}

ReadBack judgeCollect(const CollectLicence& collect, const std::string& before, const Holdings::Item& item) {
    if (item.zzeCertId == collect.zzeCertId)
        return before == collect.zzeCertId ? ReadBack::Unclear : ReadBack::Accepted;
    return ReadBack::NotAccepted;
}

}  // namespace

const Holdings::Item* itemOf(const Holdings& holdings, const std::string& number) {
    const auto found = std::find_if(holdings.items.begin(), holdings.items.end(),
                                    [&](const Holdings::Item& item) { return item.record[Field::CertNum] == number; });
    return found == holdings.items.end() ? nullptr : &*found;
}

const Holdings::Item* itemUnder(const Holdings& holdings, const std::string& number) {
    if (const Holdings::Item* exact = itemOf(holdings, number)) return exact;
    const auto found = std::find_if(holdings.items.begin(), holdings.items.end(), [&](const Holdings::Item& item) {
        const auto read = CertificateNumber::parse(item.record[Field::CertNum]);
        return read && read->converted().str() == number;
    });
    return found == holdings.items.end() ? nullptr : &*found;
}

bool agree(const Holdings::Item& one, const Holdings::Item& other) {
    const auto same = [](const std::string& a, const std::string& b) { return a.empty() || b.empty() || a == b; };
    return same(one.zzeCertId, other.zzeCertId) && std::all_of(kShown.begin(), kShown.end(), [&](Field field) {
               return same(one.record[field], other.record[field]);
           });
}

ReadBack judgeReadBack(const Step& step, const Acknowledged& before, const std::string& beforeZzeCertId,
                       const Holdings& holdings) {
    const Certificate* sent = recordOf(step.request);
    if (sent == nullptr) {
        const auto* collect = std::get_if<CollectLicence>(&step.request);
        if (collect == nullptr || holdings.items.empty()) return ReadBack::Absent;
        return judgeCollect(*collect, beforeZzeCertId, holdings.items.front());
    }
    const Holdings::Item* item = itemOf(holdings, (*sent)[Field::CertNum]);
    if (item == nullptr) return ReadBack::Absent;
    const bool neverKnown = before.known.none();
    bool oneChanged = false;
    bool allEqual = true;
    for (const Field field : kShown) {
        const std::string& shown = item->record[field];
        if (shown.empty() || !loads(step.request, field)) continue;
        // What an adopted certificate's view could not show may have been so before this event: it proves nothing.
        const bool changed = neverKnown || (before.knows(field) && before.record[field] != (*sent)[field]);
        if (shown == (*sent)[field]) {
            oneChanged = oneChanged || changed;
            continue;
        }
        // What this event left as it was is otherwise for a reason of its own, and says nothing of the event.
        const bool untouched = before.knows(field) && before.record[field] == (*sent)[field];
        if (!untouched) return ReadBack::NotAccepted;
        allEqual = false;
    }
    return oneChanged && allEqual ? ReadBack::Accepted : ReadBack::Unclear;
}

Outcome adoptedFrom(const Holdings::Item& item, const LedgerEntry& before) {
    Outcome out{before, {}};
    LedgerEntry& ledger = out.ledger;
    const auto shown = certStateOf(item.record[Field::CertState]).value_or(CertState::None);
    ledger.state = shown == CertState::None ? CertState::Valid : shown;  // it is there, whatever its state reads
    ledger.origin = Origin::Adopted;
    if (!item.zzeCertId.empty()) ledger.zzeCertId = item.zzeCertId;
    ledger.expiringDate = item.record[Field::ExpiringDate];
    ledger.push = Digest{};
    ledger.comparable = Digest{};
    ledger.codeMissing = ledger.codeId.empty();
    ledger.stage = item.zzeCertId.empty() ? Stage::WaitingLicence : Stage::Collected;
    ledger.dirty = true;
    for (const Field field : kShown) {
        if (item.record[field].empty()) continue;
        out.acknowledged.record[field] = item.record[field];
        out.acknowledged.known.set(static_cast<std::size_t>(field));
    }
    out.acknowledged.record[Field::CertNum] = ledger.number;
    out.acknowledged.known.set(static_cast<std::size_t>(Field::CertNum));
    return out;
}

Outcome correctedBy(const Holdings::Item& item, const LedgerEntry& before, const Acknowledged& acknowledged) {
    if (before.state == CertState::None) return adoptedFrom(item, before);
    Outcome out{before, acknowledged};
    for (const Field field : kShown) {
        const std::string& shown = item.record[field];
        if (shown.empty() || (out.acknowledged.knows(field) && out.acknowledged.record[field] == shown)) continue;
        out.acknowledged.record[field] = shown;
        out.acknowledged.known.set(static_cast<std::size_t>(field));
        out.ledger.push = Digest{};
        out.ledger.comparable = Digest{};
    }
    if (const auto state = certStateOf(item.record[Field::CertState]); state && *state != CertState::None) {
        if (out.ledger.state != *state) out.ledger.endedByExpiry = false;
        out.ledger.state = *state;
    }
    if (!item.record[Field::ExpiringDate].empty()) out.ledger.expiringDate = item.record[Field::ExpiringDate];
    if (!item.zzeCertId.empty()) out.ledger.zzeCertId = item.zzeCertId;
    return out;
}

Outcome withoutNational(const LedgerEntry& before) {
    Outcome out;
    out.ledger.number = before.number;
    out.ledger.sourceKey = before.sourceKey;
    out.ledger.authority = before.authority;
    out.ledger.zzeCertId = before.zzeCertId;  // a licence made anew goes on counting its versions
    return out;
}

}  // namespace lianzheng
