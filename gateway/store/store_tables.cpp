#include "gateway/store/store_tables.h"

#include <type_traits>
#include <variant>

namespace lianzheng {

namespace {

/// What each kind of change does.
struct Applying {
    StoreTables& tables;

    Status operator()(const PutLedger& change) const {
        return done([&] { tables.ledger.put(change.entry); });
    }
    Status operator()(const PutAcknowledged& change) const {
        if (!change.sameHolder) {
            if (Status followed = follow(change.number, change.acknowledged); !followed) return followed;
        }
        return done([&] { tables.ledger.putAcknowledged(change.number, change.acknowledged); });
    }
    Status operator()(const RemoveLedger& change) const {
        if (Status followed = follow(change.number, Acknowledged{}); !followed) return followed;
        return tables.ledger.remove(change.number);
    }
    Status operator()(const MarkDirty& change) const {
        return done([&] { tables.ledger.markDirty(change.number); });
    }
    Status operator()(const MarkRelatedDirty& change) const {
        return done([&] { tables.ledger.markRelatedDirty(change); });
    }
    Status operator()(const PutBlocked& change) const {
        return done([&] { tables.blocked.put(change.row); });
    }
    Status operator()(const ClearBlocked& change) const {
        return done([&] { tables.blocked.clear(change.number); });
    }
    Status operator()(const PutIntent& change) const { return tables.outbox.put(change.row); }
    Status operator()(const MoveIntent& change) const { return tables.outbox.move(change); }
    Status operator()(const RemoveIntent& change) const { return tables.outbox.remove(change); }
    Status operator()(const AddAttempt& change) const {
        return done([&] { tables.attempts.add(change.attempt); });
    }
    Status operator()(const AddEvidence& change) const { return tables.evidence.append(change.evidence); }
    Status operator()(const SealEvidence&) const { return tables.evidence.sealNow(); }
    Status operator()(const PutWriteBack& change) const {
        return done([&] { tables.writeBacks.put(change.row); });
    }
    Status operator()(const RemoveWriteBack& change) const {
        return done([&] { tables.writeBacks.remove(change); });
    }
    Status operator()(const MoveCursor& change) const {
        return done([&] { tables.words.moveCursor(change.to); });
    }
    Status operator()(const PutFinding& change) const {
        return done([&] { tables.findings.put(change.finding); });
    }
    Status operator()(const CloseFindings& change) const {
        return done([&] { tables.findings.close(change); });
    }
    Status operator()(const PutRun& change) const {
        return done([&] { tables.runs.put(numbered(change.run, "run")); });
    }
    Status operator()(const PutRequest& change) const {
        return done([&] { tables.runs.put(numbered(change.request, "request")); });
    }
    Status operator()(const AddAudit& change) const {
        return done([&] { tables.runs.add(change.row); });
    }
    Status operator()(const PutWord& change) const {
        return done([&] { tables.words.put(change); });
    }
    Status operator()(const PutPace& change) const {
        return done([&] { tables.paces.put(change.row); });
    }

private:
    [[nodiscard]] Status follow(const std::string& number, const Acknowledged& after) const {
        const Result<Acknowledged> before = tables.ledger.acknowledged(number);
        if (!before) return tl::unexpected<Error>(before.error());
        return done([&] { tables.holdings.follow(number, *before, after); });
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
      runs(database),
      words(database),
      paces(database),
      epoch(database) {}

Status StoreTables::apply(std::span<const Change> changes) {
    evidence.begin();
    for (const Change& change : changes) {
        if (Status status = std::visit(Applying{*this}, change); !status) return status;
    }
    return evidence.finish();
}

Status StoreTables::fillHoldings() {
    constexpr std::string_view kFilled = "holdings";
    if (!words.word(kFilled).empty()) return ok();
    Status status = ok();
    ledger.eachAcknowledged([&](const std::string& number, const Result<Acknowledged>& record) {
        if (record) {
            holdings.follow(number, Acknowledged{}, *record);
        } else if (status) {
            status = tl::unexpected<Error>(record.error());
        }
    });
    words.put({std::string(kFilled), "1"});
    return status;
}

bool needsPusher(const Change& change) {
    return std::visit(
        []<class T>(const T&) {
            return !kIsOneOf<T, PutFinding, CloseFindings, PutRun, PutRequest, AddAudit, PutWord>;
        },
        change);
}

}  // namespace lianzheng
