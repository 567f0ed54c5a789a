#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "gateway/store/blocked_table.h"
#include "gateway/store/evidence_chain.h"
#include "gateway/store/finding_life.h"
#include "gateway/store/finding_table.h"
#include "gateway/store/holding_table.h"
#include "gateway/store/journal_tables.h"
#include "gateway/store/ledger_table.h"
#include "gateway/store/look_table.h"
#include "gateway/store/outbox_table.h"
#include "gateway/store/pace_table.h"

namespace lianzheng {

/// Who may push, as the store remembers it: each pusher has a number of its own, one up from the last.
class PusherEpoch {
public:
    explicit PusherEpoch(Database& database);
    /// The number of a new pusher.
    std::int64_t advance();
    std::int64_t read();
    /// Whether `epoch` is still the newest; a successor waits for the transaction that asked.
    bool holds(std::int64_t epoch);

private:
    Prepared advance_;
    Prepared read_;
    Prepared hold_;
};

/// All tables of one connection, and what a change does to them.
struct StoreTables {
    /// `sealing` and `clock` are borrowed.
    StoreTables(Database& database, const EvidenceSealing& sealing, const Clock& clock);

    /// Applies `changes` in their order, within the caller's transaction.
    Status apply(std::span<const Change> changes);
    /// Once in a store's life: enters the acknowledged records of before there was a table of holdings.
    Status fillHoldings();
    /// Writes what waits for others of its kind. Errors: those of OutboxTable::flush(), a record that cannot be read.
    Status flush();
    /// What is known of its holder goes with an entry.
    Status endHolding(const std::string& number);

    LedgerTable ledger;
    HoldingTable holdings;
    OutboxTable outbox;
    BlockedTable blocked;
    EvidenceChain evidence;
    AttemptTable attempts;
    WriteBackTable writeBacks;
    FindingTable findings;
    FindingLife findingLife;
    RunTables runs;
    LookTable looks;
    WordTables words;
    PaceTable paces;
    PusherEpoch epoch;
    std::map<std::string_view, const PutAcknowledged*> records;  ///< that wait, by their numbers

private:
    /// Puts the records that wait, and what their holders hold.
    Status putRecords();
};

/// Whether a change is the pusher's alone.
bool needsPusher(const Change& change);

}  // namespace lianzheng
