#include "gateway/sync/adopt.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/planner/ledger_key.h"

namespace lianzheng {
namespace {

constexpr std::size_t kGroup = 500;

/// What somebody remembers of a certificate that was pushed before.
struct Pushed {
    LedgerEntry entry;
    Acknowledged acknowledged;
};

void setKnown(Pushed& pushed, Field field, const std::string& value) {
    pushed.acknowledged.record[field] = value;
    pushed.acknowledged.known.set(static_cast<std::size_t>(field));
}

Pushed pushedOf(const NationalRow& row) {
    Pushed pushed;
    LedgerEntry& entry = pushed.entry;
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
    for (const Field field : kFields) {
        if (!row.record[field].empty()) setKnown(pushed, field, row.record[field]);
    }
    return pushed;
}

Pushed pushedOf(const Desired& row, const Remembered& remembered) {
    Pushed pushed;
    LedgerEntry& entry = pushed.entry;
    entry.number = ledgerKey(row);
    entry.sourceKey = row.facts.sourceKey;
    entry.authority = row.facts.authority;
    entry.state = *remembered.state;
    entry.zzeCertId = remembered.zzeCertId;
    entry.codeId = remembered.codeId;
    entry.codeMissing = remembered.codeId.empty();
    entry.stage = remembered.collected ? Stage::Collected : Stage::WaitingLicence;
    entry.codeAt = remembered.at.value_or(TimePoint{});
    entry.lastECertId = remembered.eCertId;
    entry.origin = Origin::Adopted;
    setKnown(pushed, Field::CertNum, entry.number);
    if (remembered.unchangedSince) {
        entry.expiringDate = row.record[Field::ExpiringDate];
        entry.photoVersion = row.facts.photoVersion;
        for (const Field field : kFields) {
            const auto isOf = [&](const Invalid& problem) { return problem.field == nationalName(field); };
            if (field != Field::CertStatusDescription && std::ranges::none_of(row.problems, isOf)) {
                setKnown(pushed, field, row.record[field]);
            }
        }
    }
    setKnown(pushed, Field::CertState, std::string(code(entry.state)));
    return pushed;
}

/// Brings what was pushed before into the ledger, in groups.
class TakeOver {
public:
    explicit TakeOver(Store& store) : store_(store) {}
    AdoptResult result;

    Status add(Pushed pushed) {
        page_.push_back(std::move(pushed));
        return page_.size() < kGroup ? ok() : settle();
    }
    Status settle() {
        std::vector<std::string> numbers;
        for (const Pushed& pushed : page_) numbers.push_back(pushed.entry.number);
        auto entries = store_.findMany(numbers);
        if (!entries) return tl::unexpected(entries.error());
        std::map<std::string, LedgerEntry> byNumber;
        for (LedgerEntry& entry : *entries) byNumber.emplace(entry.number, std::move(entry));
        std::vector<Change> changes;
        for (Pushed& pushed : page_) take(std::move(pushed), byNumber, changes);
        page_.clear();
        return changes.empty() ? ok() : store_.commit(changes);
    }

private:
    /// One certificate against what the ledger has, or got from another row of its number.
    void take(Pushed pushed, std::map<std::string, LedgerEntry>& byNumber, std::vector<Change>& changes) {
        LedgerEntry& entry = pushed.entry;
        const auto found = byNumber.find(entry.number);
        if (found == byNumber.end() || found->second.origin == Origin::Observed) {
            if (found != byNumber.end()) {  // seen before: what its row asks for is planned anew
                const LedgerEntry& seen = found->second;
                if (entry.sourceKey.empty()) entry.sourceKey = seen.sourceKey;
                if (entry.authority.empty()) entry.authority = seen.authority;
                entry.seen = seen.seen;
                entry.mappingVersion = seen.mappingVersion;
                entry.dirty = true;
                changes.emplace_back(ClearBlocked{entry.number});
            }
            result.adopted += 1;
            if (pushed.acknowledged.known.count() <= 2) result.unknown += 1;
            byNumber.insert_or_assign(entry.number, entry);
            changes.emplace_back(PutAcknowledged{entry.number, std::move(pushed.acknowledged)});
            changes.emplace_back(PutLedger{std::move(entry)});
        } else if (found->second.codeMissing && !entry.codeId.empty()) {
            LedgerEntry& known = found->second;
            known.codeId = entry.codeId;
            known.codeMissing = false;
            if (known.lastECertId.empty()) known.lastECertId = entry.lastECertId;
            known.dirty = true;
            changes.emplace_back(PutLedger{known});
            result.restored += 1;
        } else {
            result.known += 1;
        }
    }

    Store& store_;
    std::vector<Pushed> page_;
};

}  // namespace

Result<AdoptResult> adoptFromExchange(ExchangeView& view, Store& store, const std::stop_token& stop) {
    TakeOver takeOver(store);
    Status settled = ok();
    const auto rows = view.ordered(
        [&](const NationalRow& row) {
            takeOver.result.rows += 1;
            // A state in other words than the platform's codes is not guessed at.
            const std::string& state = row.record[Field::CertState];
            if (row.record[Field::CertNum].empty() || (!state.empty() && !certStateOf(state))) {
                takeOver.result.unreadable += 1;
                return true;
            }
            settled = takeOver.add(pushedOf(row));
            return settled.has_value();
        },
        stop);
    if (!settled) return tl::unexpected(settled.error());
    if (!rows) return tl::unexpected(rows.error());
    if (settled = takeOver.settle(); !settled) return tl::unexpected(settled.error());
    return takeOver.result;
}

Result<AdoptResult> adoptFromProvince(ProvincialSource& source, const FieldMap& map, Store& store,
                                      const std::stop_token& stop) {
    TakeOver takeOver(store);
    Status settled = ok();
    Desired row;
    const auto rows = source.sweep(
        [&](std::span<const Cell> cells) {
            map.map(cells, row);
            const Remembered remembered = map.remember(cells, row);
            AdoptResult& result = takeOver.result;
            result.rows += 1;
            if (!remembered.pushed) {
                result.unpushed += 1;
            } else if (!remembered.state || ledgerKey(row) != row.record[Field::CertNum]) {
                result.unreadable += 1;
            } else {
                settled = takeOver.add(pushedOf(row, remembered));
            }
            return settled.has_value();
        },
        stop);
    if (!settled) return tl::unexpected(settled.error());
    if (!rows) return tl::unexpected(rows.error());
    if (settled = takeOver.settle(); !settled) return tl::unexpected(settled.error());
    return takeOver.result;
}

}  // namespace lianzheng
