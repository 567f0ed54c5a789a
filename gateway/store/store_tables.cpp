#include "gateway/store/store_tables.h"

#include <type_traits>
#include <utility>
#include <variant>

namespace lianzheng {

namespace {

/// What each kind of change does. Some writes wait for others of their kind (GroupedWrite): what would overtake them,
/// or be overtaken, has them written first.
struct Applying {
    StoreTables& tables;

    Status operator()(const PutLedger& change) const {
        return after(tables.ledger.holds(change.entry.number), [&] { tables.ledger.put(change.entry); });
    }
    Status operator()(const PutAcknowledged& change) const {
        return after(tables.records.contains(change.number), [&] { tables.records.emplace(change.number, &change); });
    }
    Status operator()(const RemoveLedger& change) const {
        if (Status status = tables.flush(); !status) return status;
        if (Status followed = tables.endHolding(change.number); !followed) return followed;
        return tables.ledger.remove(change.number);
    }
    Status operator()(const MarkDirty& change) const {
        return after(true, [&] { tables.ledger.markDirty(change.number); });
    }
    Status operator()(const MarkRelatedDirty& change) const {
        return done([&] { tables.ledger.markRelatedDirty(change); });
    }
    Status operator()(const PutBlocked& change) const {
        return after(true, [&] { tables.blocked.put(change.row); });
    }
    Status operator()(const ClearBlocked& change) const {
        return done([&] { tables.blocked.clear(change.number); });
    }
    Status operator()(const PutIntent& change) const {
        return after(tables.outbox.holds(change.row.number), [&] { tables.outbox.put(change.row); });
    }
    Status operator()(const MoveIntent& change) const {
        return after(tables.outbox.holds(change.id), [&] { tables.outbox.move(change); });
    }
    Status operator()(const RemoveIntent& change) const {
        return after(tables.outbox.holds(change.id), [&] { tables.outbox.remove(change); });
    }
    Status operator()(const AddAttempt& change) const {
        return done([&] { tables.attempts.add(change.attempt); });
    }
    Status operator()(const AddEvidence& change) const { return tables.evidence.append(change.evidence); }
    Status operator()(const SealEvidence&) const { return tables.evidence.sealNow(); }
    Status operator()(const PutWriteBack& change) const {
        return after(tables.writeBacks.holds(change.row.sourceKey), [&] { tables.writeBacks.put(change.row); });
    }
    Status operator()(const RemoveWriteBack& change) const {
        return after(tables.writeBacks.holds(change.sourceKey), [&] { tables.writeBacks.remove(change); });
    }
    Status operator()(const MoveCursor& change) const {
        return done([&] { tables.words.moveCursor(change.to); });
    }
    Status operator()(const PutFinding& change) const {
        return done([&] {
            tables.findingLife.seen(change.finding);
            tables.findings.put(change.finding);
        });
    }
    Status operator()(const KeepFindings& change) const {
        return done([&] { tables.findings.keep(change); });
    }
    Status operator()(const CloseFindings& change) const {
        return done([&] {
            tables.findingLife.closing(change);
            tables.findings.close(change);
        });
    }
    Status operator()(const MoveFinding& change) const { return tables.findingLife.move(change); }
    Status operator()(const PutRun& change) const {
        return done([&] { tables.runs.put(numbered(change.run, "run")); });
    }
    Status operator()(const PutRequest& change) const {
        return done([&] { tables.runs.put(numbered(change.request, "request")); });
    }
    Status operator()(const AddAudit& change) const {
        return done([&] { tables.runs.add(change.row); });
    }
    Status operator()(const AddLook& change) const {
        return done([&] { tables.looks.add(change.look); });
    }
    Status operator()(const PutWord& change) const {
        return done([&] { tables.words.put(change); });
    }
    Status operator()(const PutPace& change) const {
        return done([&] { tables.paces.put(change.row); });
    }

private:
    template <class Work>
    Status after(bool flush, Work&& work) const {
        if (flush) {
            if (Status status = tables.flush(); !status) return status;
        }
        return done(std::forward<Work>(work));
    }
    template <class Work>
    static Status done(Work&& work) {
        work();
        return ok();
    }
    template <class Row>
    Row numbered(Row row, std::string_view sequence) const {
        if (row.id == 0) row.id = tables.words.next(sequence);
        return row;
    }
};

template <class T, class... Kinds>
constexpr bool kIsOneOf = (std::is_same_v<T, Kinds> || ...);

}  // namespace

PusherEpoch::PusherEpoch(Database& database)
    : advance_(database, "UPDATE pusher SET epoch = epoch + 1 WHERE id = 1 RETURNING epoch", "i"),
      read_(database, "SELECT epoch FROM pusher WHERE id = 1", "i"),
      // An update, not a query: on PostgreSQL the row stays locked until the commit, so that a successor comes after
      // it.
      hold_(database, "UPDATE pusher SET epoch = :same WHERE id = 1 AND epoch = :epoch") {}

std::int64_t PusherEpoch::advance() {
    advance_.one();
    return advance_.integer(0);
}

std::int64_t PusherEpoch::read() {
    read_.one();
    return read_.integer(0);
}

bool PusherEpoch::holds(std::int64_t epoch) { return hold_.run(epoch, epoch) == 1; }

StoreTables::StoreTables(Database& database, const EvidenceSealing& sealing, const Clock& clock)
    : ledger(database),
      holdings(database),
      outbox(database),
      blocked(database),
      evidence(database, sealing, clock),
      attempts(database),
      writeBacks(database),
      findings(database),
      findingLife(database),
      runs(database),
      looks(database),
      words(database),
      paces(database),
      epoch(database) {}

Status StoreTables::apply(std::span<const Change> changes) {
    evidence.begin();
    outbox.drop();
    ledger.drop();
    records.clear();
    holdings.drop();
    blocked.drop();
    writeBacks.drop();
    attempts.drop();
    for (const Change& change : changes) {
        if (Status status = std::visit(Applying{*this}, change); !status) return status;
    }
    if (Status status = flush(); !status) return status;
    return evidence.finish();
}

Status StoreTables::fillHoldings() {
    constexpr std::string_view kFilled = "holdings";
    if (!words.word(kFilled).empty()) return ok();
    constexpr std::size_t kPortion = 2000;
    Status status = ok();
    std::size_t followed = 0;
    ledger.eachAcknowledged([&](const std::string& number, const Result<Acknowledged>& record) {
        if (record) {
            holdings.follow(number, Acknowledged{}, *record);
            if (++followed % kPortion == 0) holdings.flush();
        } else if (status) {
            status = tl::unexpected<Error>(record.error());
        }
    });
    holdings.flush();
    words.put({std::string(kFilled), "1"});
    return status;
}

// What is blocked is cleared before others are marked for its sake, and its entry put before it may be marked.
Status StoreTables::flush() {
    if (Status status = outbox.flush(); !status) return status;
    if (Status status = putRecords(); !status) return status;
    holdings.flush();
    ledger.flush();
    blocked.flush();
    ledger.flushMarks();
    writeBacks.flush();
    attempts.flush();
    return ok();
}

Status StoreTables::putRecords() {
    std::vector<std::string> numbers;
    for (const auto& [number, change] : records) {
        if (!change->sameHolder) numbers.emplace_back(number);
    }
    const auto before = ledger.records(numbers);
    if (!before) return tl::unexpected<Error>(before.error());
    for (const auto& [number, change] : records) {
        const auto was = before->find(std::string(number));
        if (!change->sameHolder) {
            holdings.follow(number, was == before->end() ? Acknowledged{} : was->second, change->acknowledged);
        }
        ledger.putAcknowledged(number, change->acknowledged);
    }
    records.clear();
    return ok();
}

Status StoreTables::endHolding(const std::string& number) {
    const Result<Acknowledged> before = ledger.acknowledged(number);
    if (!before) return tl::unexpected<Error>(before.error());
    holdings.follow(number, *before, Acknowledged{});
    return ok();
}

bool needsPusher(const Change& change) {
    return std::visit(
        []<class T>(const T&) {
            return !kIsOneOf<T, PutFinding, KeepFindings, CloseFindings, MoveFinding, PutRun, PutRequest, AddAudit,
                             AddLook, PutWord>;
        },
        change);
}

}  // namespace lianzheng
