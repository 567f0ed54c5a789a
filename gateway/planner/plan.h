#pragma once

#include <bitset>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "gateway/planner/ledger_entry.h"
#include "mappings/advice.h"
#include "mappings/certificate_type.h"
#include "mappings/desired.h"
#include "mappings/operation.h"

namespace lianzheng {

/// The points that are the operator's to decide, or that the interface leaves open (**assumed**).
struct Policy {
    CertificateType type = CertificateType::Anguan;  ///< whose calls and numbers these are
    enum class Expired : std::uint8_t { Cancel, Lapse };
    Expired expired = Expired::Cancel;     ///< 05 with state 04, or 04 过期失效
    std::chrono::days renewalGrace{20};    ///< how long a renewal in hand holds the end back
    bool reviveOwnExpiry = true;           ///< 04 set by our expiry policy may take a late renewal (assumed)
    bool supersedeUncollected = false;     ///< a change does not wait for the licence of the one before (assumed)
    bool pushAdopted = false;              ///< unknown fields of adopted certificates are loaded anew
    std::optional<Date> pushSince;         ///< never-registered certificates issued earlier stay so
    bool collects = true;                  ///< the province tells of licence files; else none is awaited
    std::chrono::minutes licencePoll{10};  ///< how often a missing licence file is asked for
    std::string provinceCharacter = "鲁";  ///< whose certificates are ours; another's predecessor means 转入
    /// The fields that are loaded on push (FieldMap::pushFields): a difference in another one asks for nothing.
    std::bitset<kFieldCount> loaded = std::bitset<kFieldCount>{}.set();
    std::string mappingVersion;  ///< of the mapping that made the row: digests of another one say nothing about it
};

/// Lanes in the order of their claim (design.md).
enum class Lane : std::uint8_t { Enforcement = 0, Manual = 1, Fresh = 2, Retry = 3, Campaign = 4 };

/// One step towards agreement. `request` is complete but for its eCertID (a new one for every business event; change of
/// identity carries the last accepted one) and its photo, which are the outbox's and the dispatcher's.
struct Step {
    Request request;
    CertState after = CertState::None;  ///< the state once accepted
    Lane lane = Lane::Fresh;
    bool releasing = false;  ///< 05, 04, 03: goes before the same person's other steps
    bool dueToDate = false;  ///< an end that only the date asks for: the fuse does not count it
    std::string fields;      ///< national names of what differs, comma-separated, for the fuse and `explain`
    Digest seen;             ///< of the row it was planned from, as are the next three
    Digest push;
    Digest comparable;
    std::string photoVersion;
};
/// The operation and type as one word, e.g. `assign.01`, `update.05`, `identity`, `collect`.
std::string stepName(const Step& step);

/// It cannot go on without somebody.
struct Blocked {
    Advice advice;
};
/// It goes on by itself later.
struct Waiting {
    enum class For : std::uint8_t { LicenceFile, Collect, Restoration, RenewalInHand };
    For what{};
    std::optional<TimePoint> until;  ///< when to look again at the latest
};
/// What is waited for, for people.
std::string_view chineseName(Waiting::For what);
std::string_view englishName(Waiting::For what);
/// Nothing to do; `reviewAt` is when the date alone will ask for something.
struct InStep {
    std::optional<TimePoint> reviewAt;
    bool neverRegistered = false;
};

using Plan = std::variant<Step, Blocked, Waiting, InStep>;

/// The one decision (design.md, the step table). Pure.
/// `refusal` is null unless the platform's last word on this certificate was a refusal; it holds back what would be
/// refused again, never a releasing step. A doubt holds back everything but a releasing step that is another event
/// than the one in doubt: whatever else is sent might be the second event of one change.
Plan plan(const Desired& desired, const LedgerEntry& ledger, const Acknowledged& acknowledged,
          const StandingRefusal* refusal, const Policy& policy, TimePoint now);

/// What the ledger says once `step` was accepted at `now`. `eCertId` is that of the event as sent; `codeId` is empty
/// for operations that assign none.
struct Outcome {
    LedgerEntry ledger;
    Acknowledged acknowledged;
};
Outcome accepted(const Step& step, const LedgerEntry& before, const Acknowledged& acknowledged,
                 const std::string& eCertId, const std::string& codeId, TimePoint now);

}  // namespace lianzheng
