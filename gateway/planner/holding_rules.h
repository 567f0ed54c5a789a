#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/planner/ledger_entry.h"
#include "mappings/advice.h"
#include "mappings/certificate.h"
#include "mappings/operation.h"

namespace lianzheng {

/// The six holding rules the platform enforces nationwide (national interface, section 5); the value is the sentence's
/// number there.
enum class HoldingRule : std::uint8_t {
    OtherA = 1,           ///< several A: each at another company, at most one not as 法定代表人
    LegalRepresentative,  ///< one 法定代表人 A a company
    OneB,                 ///< one B
    OneOfC,               ///< C1 and C2 not both, one of each
    C3Alone,              ///< one C3, no C1 or C2 beside it
    SameCompany           ///< B and C at one company, and an A there when A is held as well
};
/// rule_1 … rule_6; stable.
std::string_view word(HoldingRule rule);
/// Where the rule is written, in Chinese, for people.
std::string sourceOf(HoldingRule rule);

/// A certificate as the rules see it. What is not known breaks no rule: the platform itself then judges.
struct HeldCertificate {
    std::string number;
    std::string category;       ///< A B C1 C2 C3
    std::string person;         ///< identity number; empty: unknown
    std::string company;        ///< USCC; empty: unknown
    std::optional<bool> legal;  ///< as 法定代表人; nothing: unknown
    CertState state = CertState::None;
    friend bool operator==(const HeldCertificate&, const HeldCertificate&) = default;
};
/// As `record` describes it, in the state that it carries.
HeldCertificate heldOf(const Certificate& record);
/// As far as the platform's last acknowledged record is known.
HeldCertificate heldOf(std::string_view number, const Acknowledged& acknowledged, CertState state);
/// A certificate counts when its state is 01 or 02.
bool counts(const HeldCertificate& certificate);

/// Two certificates that may not be held beside each other.
struct Breach {
    HoldingRule rule{};
    HeldCertificate with;  ///< what stands in the way
    friend bool operator==(const Breach&, const Breach&) = default;
};

/// The rules that would be broken were `candidate` to count beside `others`, by rule, each once; only breaches in which
/// it takes part. `others` are what the platform holds of its person and the 法定代表人 A certificates of its company;
/// those that do not count, and the candidate's own number, are passed over. None when the candidate does not count.
std::vector<Breach> breachesOf(const HeldCertificate& candidate, std::span<const HeldCertificate> others);

/// Why the candidate stays, and what would resolve it: which certificate, which change, by whom.
Advice adviceFor(const Breach& breach, const HeldCertificate& candidate);

}  // namespace lianzheng
