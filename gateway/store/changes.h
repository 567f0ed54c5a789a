#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/provincial/source.h"
#include "gateway/store/records.h"

namespace lianzheng {

// What one commit may contain.

struct PutLedger {
    LedgerEntry entry;
};
struct PutAcknowledged {
    std::string number;
    Acknowledged acknowledged;
    bool sameHolder = false;  ///< person, company, category and position are what they were: holdings stay
};
/// Forgets an entry and its acknowledged record, as of a row that has got another name. Corrupt `in_flight` when the
/// certificate has an intent.
struct RemoveLedger {
    std::string number;
};
/// Sets dirty and nothing else.
struct MarkDirty {
    std::string number;
};
/// Every blocked certificate of this person or company but `except` becomes dirty.
struct MarkRelatedDirty {
    std::string person;
    std::string company;
    std::string except;
};
struct PutBlocked {
    BlockedRow row;  ///< keeps `since` of an existing row with the same reason and field
};
struct ClearBlocked {
    std::string number;
};
/// A new intent. Replaces the certificate's queued (never sent) one: latest wins, the replaced eCertID was never used.
/// Refused as Corrupt `in_flight` when the certificate has one that may have been sent.
struct PutIntent {
    OutboxRow row;
};
/// Moves an intent from the state it is expected to be in; Corrupt `outbox_state` when it is not there.
struct MoveIntent {
    std::int64_t id = 0;
    OutboxState from{};
    OutboxState to{};
    int attempts = 0;
    int sends = 0;
    TimePoint dueAt{};  ///< stays what it was while it is sending
    Digest photo{};     ///< of the picture that is about to leave, when it goes to sending; none: the remembered one
};
/// The intent came to its end (accepted, refused, absent) or was given up before it was ever sent.
struct RemoveIntent {
    std::int64_t id = 0;
    OutboxState from{};
};
struct AddAttempt {
    Attempt attempt;
};
struct AddEvidence {
    Evidence evidence;
};
/// Seals what evidence there is, without waiting for more; nothing when it is sealed, or nothing seals.
struct SealEvidence {};
struct PutWriteBack {
    WriteBack row;
};
struct RemoveWriteBack {
    std::string sourceKey;
    std::string pushedAt;  ///< only when still this one
};
struct MoveCursor {
    ScanCursor to;
};
struct PutFinding {
    Finding finding;  ///< keeps firstSeen of an open one
};
/// Run `run` could not tell whether these open findings are gone: they stay as they are, and are not closed by it.
/// Blocked and rule_conflict are none of them: whether a certificate is blocked is always known.
struct KeepFindings {
    std::int64_t run = 0;
    std::string number{};     ///< empty: every certificate's
    std::string field{};      ///< empty: of every field
    bool ledgerOnly = false;  ///< only what a run against the ledger saw last: of the rest it says nothing
};
/// Closes every open finding of `kinds` (empty: all) that no run from `run` on has seen.
struct CloseFindings {
    std::int64_t run = 0;
    std::vector<std::string> kinds{};
    TimePoint at{};
    bool ledgerOnly = false;  ///< only what a run against the ledger saw last
};
/// A person's word on open findings, or that the gateway repairs them, which leaves out accepted ones and need find
/// none. Rejected `no_such_finding` when there is none; `accepted` when another word would end an acceptance unsaid;
/// `nothing_said` when there is none to take back.
struct MoveFinding {
    std::string number{};
    std::string kind{};   ///< empty: all of the certificate
    std::string field{};  ///< with a kind
    FindingStage stage{};
    std::string assigned{};            ///< with Assigned: an authority's id
    std::optional<TimePoint> until{};  ///< with Accepted
    std::string note{};
    std::string actor{};
    TimePoint at{};
    std::int64_t run = 0;  ///< with Repairing: that of the reconciliation that asked for it
};
struct PutRun {
    RunRow run;  ///< with an id: replaces it
};
struct PutRequest {
    RequestRow request;  ///< with an id: replaces it
};
struct AddAudit {
    AuditRow row;
};
struct AddLook {
    HumanLook look;
};
/// A durable word: `paused`, `mapping`, `pace`, `last_sweep` …; an empty value removes it.
struct PutWord {
    std::string name;
    std::string value;
};
/// What is known of a pace, in the place of what was.
struct PutPace {
    PaceRow row;
};

using Change = std::variant<PutLedger, PutAcknowledged, RemoveLedger, MarkDirty, MarkRelatedDirty, PutBlocked,
                            ClearBlocked, PutIntent, MoveIntent, RemoveIntent, AddAttempt, AddEvidence, SealEvidence,
                            PutWriteBack, RemoveWriteBack, MoveCursor, PutFinding, KeepFindings, CloseFindings,
                            MoveFinding, PutRun, PutRequest, AddAudit, AddLook, PutWord, PutPace>;

}  // namespace lianzheng
