#include "gateway/reconcile/reconciler.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <utility>
#include <vector>

#include "gateway/reconcile/findings_writer.h"
#include "gateway/reconcile/first_look.h"
#include "gateway/reconcile/provincial_stream.h"
#include "gateway/reconcile/remembered_ranges.h"
#include "gateway/reconcile/shared_identifiers.h"
#include "gateway/reconcile/sieve.h"
#include "gateway/reconcile/store_memory.h"

namespace lianzheng {
namespace {

constexpr std::uint64_t kProgressRows = 20'000;
constexpr std::size_t kPage = 2000;

/// `unseen`: the fields that the other side could not show.
bool showsStates(std::span<const std::string> unseen) {
    return std::ranges::find(unseen, nationalName(Field::CertState)) == unseen.end();
}

}  // namespace

/// One run's parts, in the order in which they need each other.
class Reconciler::Run {
public:
    Run(Reconciler& owner, ReconcileResult& result, JudgeSettings settings, const std::stop_token& stop)
        : owner_(owner),
          result_(result),
          stop_(stop),
          today_(Date::inShanghai(settings.now).str()),
          memory_(owner.store_),
          writer_(owner.store_, result.run, deadlineOf(owner.settings_, result.startedAt), settings.ledgerOnly),
          judge_(
              std::move(settings), memory_, result.tally, [this](Finding& finding) { return writer_.put(finding); },
              owner.repairs_ ? Judge::RepairSink([this](Repair repair) { return put(std::move(repair)); })
                             : Judge::RepairSink{},
              [this](std::string_view number, std::string_view excuse) { return keep(number, excuse); }),
          identifiers_(owner.settings_.scratchDirectory, owner.settings_.memory / 4, today_),
          ours_(owner.source_, owner.map_, owner.settings_.scratchDirectory, owner.settings_.memory / 8),
          theirs_(owner.settings_.scratchDirectory, owner.settings_.memory / 4) {}

    /// `unseen`: the fields that the other side could not show at all.
    Status compare(OtherSide& side, std::vector<std::string>& unseen) {
        if (Status status = memory_.load(); !status) return status;
        if (Status status = unshown_.load(owner_.store_); !status) return status;
        for (const Field field : side.unseen()) unseen.emplace_back(nationalName(field));
        if (Status status = firstLook(side, showsStates(unseen)); !status) return status;
        if (identifiers_.national().none()) unseen.emplace_back("zzeCertID");
        if (identifiers_.provincial().none()) unseen.emplace_back(kLicenceIdentifier);
        if (Status status = secondLook(side); !status) return status;
        return finish();
    }

private:
    Status firstLook(OtherSide& side, bool states) {
        Sieve sieve(today_, memory_, ours_, theirs_, owner_.settings_.identifiers ? &identifiers_ : nullptr, states,
                    owner_.settings_.scratchDirectory, owner_.settings_.memory / 2);
        auto ours = remembered(side, "province");
        auto theirs = remembered(side, "platform");
        FirstLook look(owner_.source_, owner_.map_, sieve, {ours ? &*ours : nullptr, theirs ? &*theirs : nullptr});
        const auto seen = [&] {
            if (++result_.tally.national % kProgressRows == 0) progress(look.rows());
            return true;
        };
        const Status read = look.read(side, seen, stop_);
        progress(look.rows());
        if (!read) return read;
        if (Status whole = notEmpty(); !whole) return whole;
        if (ours) result_.recalledOurs = keepFor(*ours);
        if (theirs) result_.recalledTheirs = keepFor(*theirs);
        return sieve.sift(result_.tally, unshown_, stop_);
    }

    /// What the last run remembers of a side, if anything is to be remembered.
    std::optional<RememberedRanges> remembered(const OtherSide& side, const std::string& name) {
        if (owner_.settings_.rangeDirectory.empty()) return std::nullopt;
        std::string described = owner_.settings_.program + '\n' + owner_.map_.version() + '\n' + result_.against;
        for (const Field field : side.compared()) described.append(1, '\n').append(nationalName(field));
        for (const Field field : side.unseen()) described.append(1, '\n').append(nationalName(field)).append(1, '-');
        return std::optional<RememberedRanges>(
            std::in_place, owner_.settings_.rangeDirectory / (name + "-" + result_.against + ".ranges"), described,
            owner_.settings_.scratchDirectory, owner_.settings_.memory / 8);
    }

    /// How many rows were recalled. What cannot be kept is read again the next time, and no more.
    std::uint64_t keepFor(RememberedRanges& ranges) {
        if (const Status kept = ranges.keep(); !kept) result_.notKept = kept.error();
        return ranges.recalled();
    }

    /// A view without a single row is a view that was not filled, where the platform has acknowledged anything.
    Status notEmpty() {
        if (result_.against != "exchange" || result_.tally.national != 0) return ok();
        std::vector<LedgerEntry> page;
        std::string after;
        do {
            if (Status status = owner_.store_.ledgerPage(after, kPage, page); !status) return status;
            for (const LedgerEntry& entry : page) {
                if (entry.state != CertState::None) return failed(Fault::Corrupt, "exchange.read", "empty");
            }
            if (!page.empty()) after = page.back().number;
        } while (page.size() == kPage);
        return ok();
    }

    /// Judges what the first look left, each certificate from what both sides show now.
    Status secondLook(OtherSide& side) {
        if (ours_.none() && theirs_.none()) return ok();
        Leftovers leftovers(judge_, owner_.settings_.scratchDirectory, owner_.settings_.memory / 4);
        ProvincialStream stream(
            [this](const RowSink& sink, const std::stop_token& stop) { return ours_.read(sink, stop); }, owner_.map_,
            leftovers, stop_, [this](const ProvincialItem& item) { return note(identifiers_.add(item.desired)); });
        // The other side is read while the province is.
        if (Status status = theirs_.fetch(side, stop_); !status) return status;
        Merger merger(stream, judge_, &leftovers);
        const Status given = theirs_.each([&](const NationalItem& item) {
            if (!note(identifiers_.add(item))) return false;
            return merger.national(item);
        });
        const bool done = given && merger.finish() && leftovers.settle();
        if (const Status status = firstOf({&writer_.failure(), &judge_.failure(), &leftovers.failure(),
                                           &stream.failure(), &merger.failure(), &failure_});
            !status) {
            return status;
        }
        if (given && !done) return failed(Fault::Cancelled, "reconcile", "stopped");
        return given;
    }

    Status finish() {
        const bool done = blockedOnes() && takenOnes() && note(identifiers_.judge(judge_, memory_)) &&
                          note(unshown_.each(memory_, [this](const auto& number) { return writer_.keep(number); })) &&
                          writer_.flush() && flushRepairs();
        progress(result_.tally.provincial);
        if (const Status status = firstOf({&writer_.failure(), &judge_.failure(), &failure_}); !status) return status;
        if (!done) return failed(Fault::Cancelled, "reconcile", "stopped");
        return ok();
    }

    void progress(std::uint64_t provincialRows) {
        result_.tally.provincial = provincialRows;
        if (owner_.progress_) owner_.progress_(result_.tally);
    }

    static Status firstOf(std::initializer_list<const std::optional<Error>*> failures) {
        for (const auto* failure : failures) {
            if (*failure) return tl::unexpected<Error>(**failure);
        }
        return ok();
    }

    bool note(const Status& status) {
        if (!status) failure_ = status.error();
        return status.has_value();
    }

    bool blockedOnes() {
        const auto rows = memory_.untouched();
        return std::all_of(rows.begin(), rows.end(), [this](const BlockedRow* row) { return judge_.blocked(*row); });
    }

    /// What was taken in elsewhere although it is still alive here.
    bool takenOnes() {
        std::set<std::string_view> named;  // an answer may name one twice
        for (const TakenElsewhere& each : owner_.taken_.value_or(std::vector<TakenElsewhere>{})) {
            const bool fresh = named.insert(each.number).second;
            if (fresh && !judge_.takenElsewhere(each.number, each.successor)) return false;
        }
        return true;
    }

    bool keep(std::string_view number, std::string_view excuse) {
        const bool told = excuse.empty() || !owner_.excused_ || note(owner_.excused_(number, excuse));
        return told && writer_.keep(number);
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
    const std::stop_token& stop_;
    std::string today_;
    StoreMemory memory_;
    FindingsWriter writer_;
    std::vector<Repair> repairs_;
    std::optional<Error> failure_;
    Judge judge_;
    SharedIdentifiers identifiers_;
    Unshown unshown_;
    ProvincialSuspects ours_;
    NationalSuspects theirs_;
};

Reconciler::Reconciler(ProvincialSource& source, const FieldMap& map, Store& store, Clock& clock,
                       ReconcileSettings settings)
    : source_(source), map_(map), store_(store), clock_(clock), settings_(std::move(settings)) {}

Status Reconciler::begin(const ReconcileResult& result) {
    const std::vector<Change> changes{
        PutRun{RunRow{result.run, "reconcile", result.startedAt, std::nullopt, "", result.tally.json(result.against)}}};
    return store_.commit(changes);
}

/// What a whole run has not seen is gone, but for what it could not see. Whether a certificate is blocked is known to
/// any run; of the rest a run against the ledger closes what such a run found, for the platform's own view may show
/// otherwise.
std::vector<Change> Reconciler::closings(const ReconcileResult& result, std::span<const std::string> unseen) const {
    std::vector<Change> changes;
    const bool ledgerOnly = result.against == "ledger";
    const bool states = showsStates(unseen);
    for (const std::string& field : unseen) changes.emplace_back(KeepFindings{result.run, {}, field, ledgerOnly});
    std::vector<std::string> ofAnyRun;
    std::vector<std::string> rest;
    for (const FindingKind kind : kFindingKinds) {
        const bool block = kind == FindingKind::Blocked || kind == FindingKind::RuleConflict;
        const bool taken = kind == FindingKind::TakenElsewhere;
        const bool state = kind == FindingKind::StateMismatch || kind == FindingKind::ExpiredNotCancelled ||
                           kind == FindingKind::Stuck99;
        if ((taken && !taken_) || (state && !states)) continue;
        (block || taken ? ofAnyRun : rest).emplace_back(lianzheng::word(kind));
    }
    changes.emplace_back(CloseFindings{result.run, std::move(ofAnyRun), result.endedAt});
    changes.emplace_back(CloseFindings{result.run, std::move(rest), result.endedAt, ledgerOnly});
    return changes;
}

Status Reconciler::end(const ReconcileResult& result, const Status& outcome, std::span<const std::string> unseen) {
    std::vector<Change> changes;
    std::string word = "ok";
    if (outcome) {
        changes = closings(result, unseen);
    } else {
        word = outcome.error().fault == Fault::Cancelled ? "stopped" : "failed";
    }
    changes.emplace_back(PutRun{
        RunRow{result.run, "reconcile", result.startedAt, result.endedAt, word, result.tally.json(result.against)}});
    return store_.commit(changes);
}

Result<ReconcileResult> Reconciler::reconcile(std::string against, OtherSide& side, const std::stop_token& stop) {
    ReconcileResult result;
    result.against = std::move(against);
    result.startedAt = clock_.now();
    const Result<std::int64_t> id = store_.newId("run");
    if (!id) return tl::unexpected<Error>(id.error());
    result.run = *id;
    if (const Status begun = begin(result); !begun) return tl::unexpected<Error>(begun.error());

    std::vector<std::string> unseen;
    const auto compare = [&] {
        JudgeSettings settings = judgeSettingsOf(settings_, map_, result.startedAt, result.against == "ledger");
        if (result.against == "exchange") settings.viewMadeAt = settings_.viewMadeAt;
        return Run(*this, result, std::move(settings), stop).compare(side, unseen);
    };
    Status outcome = compare();
    if (!outcome && side.learnsFrom(outcome.error())) {
        result.tally = {};  // only the first look had begun
        unseen.clear();
        outcome = compare();
    }
    result.endedAt = clock_.now();
    const Status ended = end(result, outcome, unseen);
    if (!outcome) return tl::unexpected<Error>(outcome.error());
    if (!ended) return tl::unexpected<Error>(ended.error());
    return result;
}

Result<ReconcileResult> Reconciler::againstExchange(ExchangeView& view, const std::stop_token& stop) {
    const Result<std::vector<Field>> shown = view.shownFields();
    if (!shown) return tl::unexpected<Error>(shown.error());
    ExchangeSide side(view, *shown, map_.comparableFields());
    return reconcile("exchange", side, stop);
}

Result<ReconcileResult> Reconciler::againstLedger(const std::stop_token& stop) {
    LedgerSide side(store_, map_.comparableFields(), map_.version());
    return reconcile("ledger", side, stop);
}

}  // namespace lianzheng
