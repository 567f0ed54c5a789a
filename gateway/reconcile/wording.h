#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/planner/plan.h"
#include "gateway/reconcile/finding_kind.h"
#include "gateway/store/records.h"
#include "mappings/advice.h"
#include "mappings/certificate.h"

namespace lianzheng {

/// What is said of a difference: each part a Chinese sentence, and who must act.
struct Wording {
    std::string cause;
    std::string help;
    Owner owner = Owner::ProvinceCentre;
};

/// How the difference came about, as far as the ledger tells.
enum class Origination : std::uint8_t {
    NotOurs,    ///< registered, but the ledger has never heard of it
    Tampered,   ///< the other side shows something else than it last acknowledged
    Changed,    ///< the province changed after the last look at it
    NotPushed,  ///< the ledger knows the difference, and no intent is in hand
};

/// What the attempts tell of the last events: how the last one ended, and when one was accepted last.
struct LastEvents {
    explicit LastEvents(const std::vector<Attempt>& attempts);
    const Attempt* last = nullptr;      ///< null: nothing was ever sent, or it is not kept
    const Attempt* accepted = nullptr;  ///< the last one that was
};

/// `subject` is what differs, in Chinese (a field's name, 证书状态). `step`: a step of ours repairs it.
Wording wordingOf(Origination origination, std::string_view subject, bool step, const LastEvents& events);
/// Why a difference is excused.
std::string inFlightExcuse(const OutboxRow& intent);
std::string fresherExcuse(TimePoint viewMadeAt);
/// Why it is blocked; of a refusal also when, and in which words.
std::string blockedCause(const BlockedRow& row);
/// Another province has taken the certificate in, and ours is not transferred out.
Wording takenElsewhereWording();
/// Not registered there. `lost`: it had been acknowledged.
Wording missingNationalWording(bool lost, const LastEvents& events);
/// Not in the province. `ours`: the ledger knows it.
Wording missingProvincialWording(bool ours);
Wording unreadableNumberWording();
Wording duplicateProvincialWording();
Wording duplicateNationalWording();
Wording identifierWording();
Wording provincialIdentifierWording();
Wording expiredWording();
/// `provincial`: the province still has the old number; else the platform has it, `beside` the new one.
Wording legacyWording(bool provincial, bool beside);

}  // namespace lianzheng
