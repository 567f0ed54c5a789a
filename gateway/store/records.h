#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/provincial/source.h"
#include "adapters/runtime/result.h"
#include "gateway/planner/ledger_entry.h"
#include "gateway/planner/plan.h"
#include "gateway/store/look.h"
#include "gateway/store/finding_stage.h"

namespace lianzheng {

/// What is known of a certificate at the platform.
struct Standing {
    LedgerEntry ledger;
    Acknowledged acknowledged;
};

/// What a registered certificate is compared by at a glance.
struct LedgerGlance {
    std::string number;
    CertState state = CertState::None;
    Digest comparable;  ///< none when there is none by the present mapping and way of digesting
    friend bool operator==(const LedgerGlance&, const LedgerGlance&) = default;
};

/// Where an intent stands.
enum class OutboxState : std::uint8_t {
    Queued,      ///< durable, never sent
    Sending,     ///< may have been sent: after a crash it is unconfirmed
    Unconfirmed  ///< sent, outcome unknown: the same eCertID again, or read back
};

/// An intent: one business event of one certificate, durable before its first byte leaves.
struct OutboxRow {
    std::int64_t id = 0;  ///< given by the store at insertion, in the order of insertion
    std::string number{};
    std::string sourceKey{};
    std::string person{};   ///< identity number, for the order within a person; never logged
    std::string company{};  ///< USCC
    std::string authority{};
    std::string eCertId{};  ///< of this business event
    Step step{};            ///< the exact record; the photo is fetched by `photoReference` when sent
    std::string photoReference{};
    Digest photo{};  ///< of the picture as it was sent; none before the first send, and for events without one
    OutboxState state = OutboxState::Queued;
    int attempts = 0;  ///< tries that were the record's own (not those of an absent platform)
    int sends = 0;     ///< how often its bytes may have left
    TimePoint dueAt{};
    TimePoint createdAt{};
    std::string reason{};  ///< why it was queued: `change`, `resync: …`, `repair`
};

/// Whether an attempt's outcome is the platform's acceptance, with warnings or without.
inline bool isAccepted(std::string_view outcome) { return outcome == "accepted" || outcome == "warned"; }

/// What one send of an intent came to.
struct Attempt {
    std::int64_t outboxId = 0;
    std::string number{};
    std::string eCertId{};
    std::string operation{};  ///< stepName, `query` or `check`
    TimePoint startedAt{};
    TimePoint endedAt{};
    std::string outcome{};  ///< accepted, warned, refused, or the fault's word
    int httpStatus = 0;
    std::string refusal{};  ///< refusal class, or empty
    std::string message{};  ///< the platform's text, identity numbers masked
    std::string requestId{};
    std::optional<TimePoint> decidedAt{};  ///< of its event (decidedAt); nothing: not known
    [[nodiscard]] bool accepted() const { return isAccepted(outcome); }
};

/// A refusal of no known class, and how often it was said within what is kept of attempts.
struct UnknownRefusal {
    std::string message{};  ///< as kept with the attempts: identity numbers masked
    std::uint64_t times = 0;
    TimePoint last{};
};

/// What is known of the pace of one operation under one credential.
struct PaceRow {
    std::string operation{};   ///< operationName
    std::string credential{};  ///< the account that is paced
    double base = 0;           ///< items a second that are known to be borne; 0: no limit was met
    double limit = 0;          ///< the allowed items a second as last measured; 0: never
    std::optional<TimePoint> limitAt{};
    double lately = 0;                      ///< items a second sent, when it was written
    int failures = 0;                       ///< calls in a row that found nobody there
    std::optional<TimePoint> closedTill{};  ///< the breaker is open, and probes then
    TimePoint at{};                         ///< when it was written
};

/// One entry of the chain: what was sent and what came back. Items are the eCertIDs (or numbers) of the request.
struct Evidence {
    std::string requestId{};
    std::string operation{};
    TimePoint sentAt{};
    TimePoint answeredAt{};
    std::string businessDigest{};  ///< SM3 hex of the business JSON before its envelope
    std::string replyDigest{};     ///< SM3 hex; empty when no reply came
    struct Item {
        std::string number{};
        std::string eCertId{};
        std::string verdict{};
    };
    std::vector<Item> items{};
};

/// Why a certificate does not go on.
struct BlockedRow {
    /// The reason that stands for a doubt: whether an event was accepted is unknown, and only a person can find out.
    static constexpr std::string_view kUnconfirmed = "unconfirmed";

    /// The reason of a number that the platform knows (mappings/refusals.yaml).
    static constexpr std::string_view kNumberExists = "number_exists";

    /// The origin of what a holding rule stands in the way of: nothing was sent, and it is judged anew before each
    /// send.
    static constexpr std::string_view kRules = "rules";

    [[nodiscard]] bool isDoubt() const { return advice.reason == kUnconfirmed; }

    std::string number{};
    std::string sourceKey{};
    std::string authority{};
    std::string person{};
    std::string company{};
    Advice advice{};
    std::string message{};  ///< the platform's text, or empty
    std::string
        origin{};  ///< row (the province's data), plan, platform; photo and rules (of an event that could not leave)
    Digest seen{};
    TimePoint since{};
    std::optional<TimePoint> checkAt{};  ///< next daily look by `check`, for refusals
    bool dismissed = false;
};

/// One difference, alive across runs; the key is (number, kind, field).
struct Finding {
    std::string number{};
    std::string kind{};             ///< missing_national … (design.md, Reconciliation)
    std::string field{};            ///< national name, or empty
    std::string provincialValue{};  ///< identity numbers in clear: masked when shown
    std::string nationalValue{};
    std::string cause{};  ///< one Chinese sentence
    std::string help{};
    Owner owner{};
    std::string authority{};
    std::string company{};   ///< name, for the per-enterprise view
    std::string nextStep{};  ///< stepName, or empty when a person must act
    TimePoint firstSeen{};
    TimePoint lastSeen{};
    std::int64_t lastRun = 0;
    bool open = true;
    TimePoint dueAt{};  ///< by when it ought to be closed; when put: if it is opened by that
    // What has become of it; read, not put (MoveFinding).
    FindingStage stage = FindingStage::Open;
    std::string assigned{};  ///< an authority's id, or empty; never with Open
    std::optional<TimePoint> acceptedUntil{};
    std::string note{};  ///< the reason that came with the stage
};

/// One thing that happened to a finding.
struct FindingEvent {
    std::string number{};
    std::string kind{};
    std::string field{};
    TimePoint at{};
    /// opened, reopened, acknowledged, assigned, accepted, taken_back, acceptance_ended, repairing, unrepaired,
    /// repaired, closed.
    std::string what{};
    std::string actor{};  ///< who; empty: a run
    std::string note{};
    std::int64_t run = 0;  ///< 0: no run
};

/// Of all findings that are kept: opened = closed + accepted + open.
struct FindingBalance {
    std::uint64_t opened = 0;
    std::uint64_t closed = 0;
    std::uint64_t accepted = 0;
    std::uint64_t open = 0;
};

/// One pass or reconciliation.
struct RunRow {
    std::int64_t id = 0;
    std::string kind{};  ///< sync, adopt, reconcile, resync
    TimePoint startedAt{};
    std::optional<TimePoint> endedAt{};
    std::string result{};  ///< ok, fuse, stopped, failed …
    std::string counts{};  ///< JSON object
};

/// Something asked of the pusher by another process.
struct RequestRow {
    std::int64_t id = 0;
    std::string kind{};     ///< sync, resync
    std::string payload{};  ///< JSON: numbers, flags
    std::string reason{};
    TimePoint createdAt{};
    std::string state{};   ///< open, taken, done
    std::string result{};  ///< JSON when done
};

struct AuditRow {
    TimePoint at{};
    std::string actor{};
    std::string action{};
    std::string detail{};
};

}  // namespace lianzheng
