#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/planner/plan.h"
#include "gateway/store/changes.h"
#include "gateway/sync/fuse.h"
#include "gateway/sync/parts.h"
#include "mappings/desired.h"

namespace lianzheng {

/// Turns the province's rows into what the store is to remember of them: an intent, a block, or the quiet knowledge
/// that nothing is to be done. Looks are kept until flush() makes them durable in one group.
/// Threads: one at a time. Errors: those of source and store.
class Intake {
public:
    explicit Intake(SyncParts parts) : parts_(parts) {}

    /// How the intents of the coming looks are queued.
    struct Manner {
        std::optional<Lane> lane;  ///< instead of the plan's (enforcement stays enforcement)
        std::string reason = "change";
        bool ignoreRefusal = false;  ///< ask the platform again, whatever it said last
        bool countOnly = false;      ///< plan and count, hold nothing
    };

    /// What the platform's last word on a certificate, or the lack of one, holds back; nothing when `blocked` is the
    /// province's or the planner's own word.
    static Result<std::optional<StandingRefusal>> standing(Store& store, const LedgerEntry& ledger,
                                                           const BlockedRow& blocked);

    /// Plans one row. `entry` is the ledger's, null when it has none. Returns the plan for people to read.
    Result<Plan> look(const Desired& desired, const LedgerEntry* entry, const Manner& manner);
    /// Whether the look of this number waits for flush().
    [[nodiscard]] bool holds(const std::string& number) const { return held_.contains(number); }
    [[nodiscard]] std::size_t size() const noexcept { return held_.size(); }
    [[nodiscard]] const PassTally& tally() const noexcept { return tally_; }
    [[nodiscard]] PassTally& tally() noexcept { return tally_; }
    /// Makes all that is held durable, in the order of the looks, in groups; then nothing is held.
    Status flush();
    /// Forgets what is held.
    void drop();

private:
    struct Look {
        std::vector<Change> changes;
        std::string sourceKey;
    };
    Result<bool> severalRows(const Desired& desired);
    /// What is remembered of the certificate before it is looked at.
    struct Past {
        const LedgerEntry& ledger;
        bool known = false;  ///< the ledger has it
        Acknowledged acknowledged;
        std::optional<BlockedRow> blocked;
    };
    Status recall(Past& past);
    Result<std::vector<Change>> changesFor(const Plan& plan, const Desired& desired, const Past& past,
                                           const Manner& manner);
    Status retireNameless(const Desired& desired, const std::string& number, std::vector<Change>& changes);
    OutboxRow intentFor(const Step& step, const Desired& desired, const Manner& manner) const;

    SyncParts parts_;
    PassTally tally_;
    std::unordered_map<std::string, std::size_t> held_;  ///< number → index
    std::vector<Look> looks_;
};

}  // namespace lianzheng
