#include "gateway/sync/resync.h"

#include <utility>

#include "gateway/sync/national_query.h"
#include "gateway/sync/provincial_rows.h"
#include "gateway/sync/read_back.h"

namespace lianzheng {

Status Resync::correct(const std::string& number, const Holdings::Item* national) {
    auto entry = parts_.store.find(number);
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry && national == nullptr) return ok();
    LedgerEntry before;
    before.number = number;
    if (*entry) before = **entry;
    auto acknowledged = parts_.store.acknowledged(number);
    if (!acknowledged) return tl::unexpected(acknowledged.error());
    Outcome outcome = national != nullptr ? correctedBy(*national, before, *acknowledged) : withoutNational(before);
    if (outcome.ledger == before && outcome.acknowledged == *acknowledged) return ok();
    const std::vector<Change> changes{PutLedger{std::move(outcome.ledger)},
                                      PutAcknowledged{number, std::move(outcome.acknowledged)}};
    return parts_.store.commit(changes);
}

Status Resync::queue(ResyncItem& item, const std::vector<Desired>& rows, const Intake::Manner& manner) {
    Intake intake(parts_);
    auto entry = parts_.store.find(item.number);
    if (!entry) return tl::unexpected(entry.error());
    for (const Desired& row : rows) {
        auto planned = intake.look(row, *entry ? &**entry : nullptr, manner);
        if (!planned) return tl::unexpected(planned.error());
        item.plan = std::move(*planned);
    }
    return intake.flush();
}

/// What may have been sent decides first: the same event goes again now, not when its retry is due. `force` gives it
/// all its tries again.
Status Resync::hasten(const OutboxRow& intent, bool force) {
    if (intent.state != OutboxState::Unconfirmed) return ok();
    const std::vector<Change> changes{MoveIntent{intent.id, intent.state, intent.state, force ? 0 : intent.attempts,
                                                 intent.sends, parts_.clock.now()}};
    return parts_.store.commit(changes);
}

Result<Holdings> Resync::ask(const std::string& number, const Desired& row, const std::stop_token& stop) {
    NationalQuery query(parts_, NationalQuery::Manner::AtOnce);
    return query.ask(number, row.record[Field::IdentityCard], stop);
}

Result<std::optional<Holdings::Item>> Resync::believed(const NationalRow* view, const ResyncItem& item,
                                                       const Desired& row, const std::stop_token& stop) {
    std::optional<Holdings::Item> shown;
    if (view != nullptr) shown = Holdings::Item{view->record, view->zzeCertId};
    if (!parts_.settings.readBack) return shown;
    const auto holdings = ask(item.number, row, stop);
    if (!holdings) return tl::unexpected(holdings.error());
    const Holdings::Item* held = itemOf(*holdings, item.number);
    if (held == nullptr) return shown;
    const std::string& ours = item.before ? item.before->lastECertId : std::string{};
    const bool upToDate = view != nullptr && (ours.empty() || view->eCertId.empty() || ours == view->eCertId);
    return shown && upToDate && agree(*shown, *held) ? shown : std::optional{*held};
}

Result<ResyncItem> Resync::repair(const std::string& number, const NationalRow* view, const std::string& reason,
                                  const std::stop_token& stop) {
    ResyncItem item;
    item.number = number;
    auto before = parts_.store.find(number);
    if (!before) return tl::unexpected(before.error());
    item.before = std::move(*before);
    auto intent = parts_.store.intentOf(number);
    if (!intent) return tl::unexpected(intent.error());
    item.underWay = *intent && (*intent)->state != OutboxState::Queued;
    auto rows = provincialRows(parts_.source, parts_.map, number);
    if (!rows) return tl::unexpected(rows.error());
    item.provincialRows = rows->size();
    if (item.underWay || rows->empty()) return item;
    const auto national = believed(view, item, rows->front(), stop);
    if (!national) return tl::unexpected(national.error());
    item.nationalHolds = national->has_value();
    if (const Status done = correct(number, *national ? &**national : nullptr); !done)
        return tl::unexpected(done.error());
    Intake::Manner manner;
    manner.reason = reason;
    if (const Status done = queue(item, *rows, manner); !done) return tl::unexpected(done.error());
    return item;
}

Result<ResyncItem> Resync::conclude(const std::string& number, const std::vector<Desired>& rows,
                                    const Holdings* holdings, const std::string& reason, bool force) {
    ResyncItem item;
    item.number = number;
    item.provincialRows = rows.size();
    auto before = parts_.store.find(number);
    if (!before) return tl::unexpected(before.error());
    item.before = std::move(*before);
    auto intent = parts_.store.intentOf(number);
    if (!intent) return tl::unexpected(intent.error());
    item.underWay = *intent && (*intent)->state != OutboxState::Queued;
    if (item.underWay) {
        if (const Status done = hasten(**intent, force); !done) return tl::unexpected(done.error());
        return item;
    }
    if (rows.empty()) return item;
    if (holdings != nullptr) {
        const Holdings::Item* national = itemOf(*holdings, number);
        item.nationalHolds = national != nullptr;
        if (const Status done = correct(number, national); !done) return tl::unexpected(done.error());
    }
    Intake::Manner manner;
    manner.lane = Lane::Manual;
    manner.reason = "resync: " + reason;
    manner.ignoreRefusal = force;
    if (const Status done = queue(item, rows, manner); !done) return tl::unexpected(done.error());
    return item;
}

Result<ResyncItem> Resync::one(const std::string& number, const std::string& reason, bool force,
                               const std::stop_token& stop) {
    const auto rows = provincialRows(parts_.source, parts_.map, number);
    if (!rows) return tl::unexpected(rows.error());
    const auto intent = parts_.store.intentOf(number);
    if (!intent) return tl::unexpected(intent.error());
    const bool underWay = *intent && (*intent)->state != OutboxState::Queued;
    if (underWay || rows->empty() || !parts_.settings.readBack) return conclude(number, *rows, nullptr, reason, force);
    const auto holdings = ask(number, rows->front(), stop);
    if (!holdings) return tl::unexpected(holdings.error());
    return conclude(number, *rows, &*holdings, reason, force);
}

}  // namespace lianzheng
