#include "gateway/reconcile/reconciler.h"

#include <algorithm>
#include <initializer_list>
#include <utility>
#include <vector>

#include "gateway/reconcile/findings_writer.h"
#include "gateway/reconcile/provincial_stream.h"
#include "gateway/reconcile/shared_identifiers.h"
#include "gateway/reconcile/store_memory.h"

namespace lianzheng {
namespace {

constexpr std::size_t kLedgerPage = 1000;
constexpr std::uint64_t kProgressRows = 20'000;
/// The store's word for: the platform's own view has been compared.
constexpr std::string_view kExchangeSeen = "reconciled_exchange";

}  // namespace

/// One run's parts, in the order in which they need each other.
class Reconciler::Run {
public:
    Run(Reconciler& owner, ReconcileResult& result, JudgeSettings settings, const std::stop_token& stop)
        : owner_(owner),
          result_(result),
          memory_(owner.store_),
          writer_(owner.store_, result.run),
          judge_(
              std::move(settings), memory_, result.tally, [this](Finding& finding) { return writer_.put(finding); },
              owner.repairs_ ? Judge::RepairSink([this](Repair repair) { return put(std::move(repair)); })
                             : Judge::RepairSink{}),
          leftovers_(judge_, owner.settings_.scratchDirectory, owner.settings_.memory / 2),
          identifiers_(owner.settings_.scratchDirectory, owner.settings_.memory / 2),
          stream_(owner.source_, owner.map_, leftovers_, stop),
          merger_(stream_, judge_, &leftovers_) {}

    Status prepare() { return memory_.load(); }

    /// The other side's next row.
    bool national(const NationalItem& item, bool identifiers) {
        if (++result_.tally.national % kProgressRows == 0 && owner_.progress_) {
            result_.tally.provincial = stream_.rows();
            owner_.progress_(result_.tally);
        }
        if (identifiers && !note(identifiers_.add(item))) return false;
        return merger_.national(item);
    }

    /// After the other side's end.
    Status finish() {
        if (const Status status = failures(); !status) return status;
        const bool done = merger_.finish() && leftovers_.settle() && blockedOnes() &&
                          note(identifiers_.judge(judge_, memory_)) && writer_.flush() && flushRepairs();
        result_.tally.provincial = stream_.rows();
        if (owner_.progress_) owner_.progress_(result_.tally);
        const Status status = failures();
        if (!done && status) return failed(Fault::Cancelled, "reconcile", "stopped");
        return status;
    }

    /// What went wrong first, as far as the parts know.
    [[nodiscard]] Status failures() const {
        for (const auto* failure : {&failure_, &writer_.failure(), &judge_.failure(), &leftovers_.failure(),
                                    &stream_.failure(), &merger_.failure()}) {
            if (*failure) return tl::unexpected<Error>(**failure);
        }
        return ok();
    }

private:
    bool note(const Status& status) {
        if (!status) failure_ = status.error();
        return status.has_value();
    }

    bool blockedOnes() {
        const auto rows = memory_.untouched();
        return std::all_of(rows.begin(), rows.end(), [this](const BlockedRow* row) { return judge_.blocked(*row); });
    }

    bool put(Repair repair) {
        repairs_.push_back(std::move(repair));
        return repairs_.size() < owner_.settings_.repairPage || flushRepairs();
    }

    bool flushRepairs() {
        if (repairs_.empty()) return true;
        result_.repairs += repairs_.size();
        const Status status = owner_.repairs_(repairs_);
        repairs_.clear();
        return note(status);
    }

    Reconciler& owner_;
    ReconcileResult& result_;
    StoreMemory memory_;
    FindingsWriter writer_;
    std::vector<Repair> repairs_;
    std::optional<Error> failure_;
    Judge judge_;
    Leftovers leftovers_;
    SharedIdentifiers identifiers_;
    ProvincialStream stream_;
    Merger merger_;
};

Reconciler::Reconciler(ProvincialSource& source, const FieldMap& map, Store& store, Clock& clock,
                       ReconcileSettings settings)
    : source_(source), map_(map), store_(store), clock_(clock), settings_(std::move(settings)) {
    settings_.policy.loaded.reset();
    for (const Field field : map_.pushFields()) settings_.policy.loaded.set(static_cast<std::size_t>(field));
}

Status Reconciler::begin(const ReconcileResult& result) {
    const std::vector<Change> changes{
        PutRun{RunRow{result.run, "reconcile", result.startedAt, std::nullopt, "", result.tally.json(result.against)}}};
    return store_.commit(changes);
}

Status Reconciler::end(const ReconcileResult& result, const Status& outcome) {
    std::vector<Change> changes;
    std::string word = "ok";
    if (outcome) {
        const bool exchange = result.against == "exchange";
        const Result<std::string> seen = store_.wordOf(kExchangeSeen);
        if (!seen) return tl::unexpected<Error>(seen.error());
        CloseFindings close{result.run, {}};
        if (!exchange && !seen->empty()) close.kinds = {std::string(lianzheng::word(FindingKind::Blocked))};
        changes.emplace_back(std::move(close));
        if (exchange) changes.emplace_back(PutWord{std::string(kExchangeSeen), isoUtc(result.endedAt)});
    } else {
        word = outcome.error().fault == Fault::Cancelled ? "stopped" : "failed";
    }
    changes.emplace_back(PutRun{
        RunRow{result.run, "reconcile", result.startedAt, result.endedAt, word, result.tally.json(result.against)}});
    return store_.commit(changes);
}

Result<ReconcileResult> Reconciler::reconcile(std::string against, const Feed& feed, const std::stop_token& stop) {
    ReconcileResult result;
    result.against = std::move(against);
    result.startedAt = clock_.now();
    const Result<std::int64_t> id = store_.newId("run");
    if (!id) return tl::unexpected<Error>(id.error());
    result.run = *id;
    if (const Status begun = begin(result); !begun) return tl::unexpected<Error>(begun.error());

    JudgeSettings settings{settings_.policy, result.startedAt, {}, result.against == "ledger", settings_.inFlight};
    settings.compared.assign(map_.comparableFields().begin(), map_.comparableFields().end());
    Status outcome = ok();
    {
        Run run(*this, result, std::move(settings), stop);
        outcome = run.prepare();
        if (outcome) {
            outcome = feed(run);
            if (const Status inner = run.failures(); !inner) outcome = inner;
        }
        if (outcome && stop.stop_requested()) outcome = failed(Fault::Cancelled, "reconcile", "stopped");
        if (outcome) outcome = run.finish();
    }
    result.endedAt = clock_.now();
    const Status ended = end(result, outcome);
    if (!outcome) return tl::unexpected<Error>(outcome.error());
    if (!ended) return tl::unexpected<Error>(ended.error());
    return result;
}

Result<ReconcileResult> Reconciler::againstExchange(ExchangeView& view, const std::stop_token& stop) {
    const Result<std::vector<Field>> shown = view.shownFields();
    if (!shown) return tl::unexpected<Error>(shown.error());
    NationalItem item;
    for (const Field field : *shown) item.known.set(static_cast<std::size_t>(field));
    const auto feed = [&](Run& run) -> Status {
        const auto rows = view.ordered(
            [&](const NationalRow& row) {
                item.row = row;
                return run.national(item, settings_.identifiers);
            },
            stop);
        if (!rows) return tl::unexpected<Error>(rows.error());
        return ok();
    };
    return reconcile("exchange", feed, stop);
}

Result<ReconcileResult> Reconciler::againstLedger(const std::stop_token& stop) {
    const auto feed = [&](Run& run) -> Status {
        NationalItem item;
        item.complete = false;
        std::vector<LedgerEntry> page;
        std::string after;
        do {
            if (stop.stop_requested()) return failed(Fault::Cancelled, "reconcile", "stopped");
            if (Status status = store_.ledgerPage(after, kLedgerPage, page); !status) return status;
            for (const LedgerEntry& entry : page) {
                if (entry.state == CertState::None) continue;
                item.row.record[Field::CertNum] = entry.number;
                item.row.record[Field::CertState] = code(entry.state);
                item.row.record[Field::ExpiringDate] = entry.expiringDate;
                item.row.zzeCertId = entry.zzeCertId;
                item.row.codeId = entry.codeId;
                item.row.eCertId = entry.lastECertId;
                item.comparable = entry.digestVersion == kDigestVersion ? entry.comparable : Digest{};
                if (!run.national(item, false)) return ok();
            }
            if (!page.empty()) after = page.back().number;
        } while (page.size() == kLedgerPage);
        return ok();
    };
    return reconcile("ledger", feed, stop);
}

}  // namespace lianzheng
