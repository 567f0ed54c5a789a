#include "gateway/sync/adopt.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lianzheng {
namespace {

constexpr std::size_t kGroup = 500;

LedgerEntry entryOf(const NationalRow& row) {
    LedgerEntry entry;
    entry.number = row.record[Field::CertNum];
    entry.state = certStateOf(row.record[Field::CertState]).value_or(CertState::Valid);
    if (entry.state == CertState::None) entry.state = CertState::Valid;  // a view without states shows valid ones
    entry.zzeCertId = row.zzeCertId;
    entry.codeId = row.codeId;
    entry.codeMissing = row.codeId.empty();
    entry.stage = row.collected ? Stage::Collected : Stage::WaitingLicence;
    entry.codeAt = TimePoint{};  // when is not known: any licence file is newer
    entry.lastECertId = row.eCertId;
    entry.expiringDate = row.record[Field::ExpiringDate];
    entry.origin = Origin::Adopted;
    return entry;
}

Acknowledged recordOf(const NationalRow& row) {
    Acknowledged acknowledged;
    for (const Field field : kFields) {
        if (row.record[field].empty()) continue;
        acknowledged.record[field] = row.record[field];
        acknowledged.known.set(static_cast<std::size_t>(field));
    }
    return acknowledged;
}

/// One view row against what the ledger has.
void take(const NationalRow& row, std::optional<LedgerEntry> known, AdoptResult& result, std::vector<Change>& changes) {
    if (!known || known->origin == Origin::Observed) {
        LedgerEntry entry = entryOf(row);
        if (known) entry.sourceKey = known->sourceKey;
        changes.emplace_back(PutLedger{std::move(entry)});
        changes.emplace_back(PutAcknowledged{row.record[Field::CertNum], recordOf(row)});
        result.adopted += 1;
    } else if (known->codeMissing && !row.codeId.empty()) {
        known->codeId = row.codeId;
        known->codeMissing = false;
        if (known->lastECertId.empty()) known->lastECertId = row.eCertId;
        known->dirty = true;
        changes.emplace_back(PutLedger{std::move(*known)});
        result.restored += 1;
    } else {
        result.known += 1;
    }
}

}  // namespace

Result<AdoptResult> adoptFromExchange(ExchangeView& view, Store& store, const std::stop_token& stop) {
    AdoptResult result;
    std::vector<Change> changes;
    std::vector<NationalRow> page;
    std::optional<Error> error;
    const auto settlePage = [&]() -> bool {
        std::vector<std::string> numbers;
        for (const NationalRow& row : page) numbers.push_back(row.record[Field::CertNum]);
        auto entries = store.findMany(numbers);
        if (!entries) {
            error = entries.error();
            return false;
        }
        std::map<std::string, LedgerEntry> byNumber;
        for (LedgerEntry& entry : *entries) byNumber.emplace(entry.number, std::move(entry));
        for (const NationalRow& row : page) {
            const auto found = byNumber.find(row.record[Field::CertNum]);
            take(row, found == byNumber.end() ? std::nullopt : std::optional(found->second), result, changes);
        }
        page.clear();
        if (changes.empty()) return true;
        if (const Status done = store.commit(changes); !done) {
            error = done.error();
            return false;
        }
        changes.clear();
        return true;
    };
    const auto rows = view.ordered(
        [&](const NationalRow& row) {
            result.rows += 1;
            if (row.record[Field::CertNum].empty()) {
                result.unreadable += 1;
                return true;
            }
            page.push_back(row);
            return page.size() < kGroup || settlePage();
        },
        stop);
    if (error) return tl::unexpected(*error);
    if (!rows) return tl::unexpected(rows.error());
    if (!page.empty() && !settlePage()) return tl::unexpected(*error);
    return result;
}

}  // namespace lianzheng
