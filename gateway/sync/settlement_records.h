#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/national/platform.h"
#include "gateway/store/changes.h"

namespace lianzheng {

/// What was sent, for what is written down about it.
struct SentCall {
    std::int64_t outboxId = 0;  ///< 0: no intent stands behind it
    std::string number;
    std::string person;  ///< whose identity number is masked in the platform's words; never written down
    std::string eCertId;
    std::string operation;  ///< stepName, or check.01
    std::optional<TimePoint> decidedAt{};
};
/// When what the intent tells was decided: the day printed on a certificate that is issued, renewed or transferred in;
/// of anything else, and of a day that is none or to come, when the gateway learned of it.
TimePoint decidedAt(const OutboxRow& row);
/// The event of an intent, and the check that goes before it.
SentCall eventOf(const OutboxRow& row);
SentCall checkOf(const OutboxRow& row);

/// The platform's words with every long run of digits masked, and the holder's own number whatever its kind: they may
/// quote an identity number.
std::string maskedText(std::string message, const std::string& person);

Attempt attemptOf(const SentCall& call, const Completion& completion, TimePoint startedAt, TimePoint now);
/// Adds what was sent and what came back to the chain and to the certificate's attempts.
void writeDown(const SentCall& call, const Completion& completion, Attempt attempt, std::vector<Change>& changes);
/// One request is one entry of the chain, with a row an item: those added since `from` become one, under `operation`.
void joinEvidence(std::vector<Change>& changes, std::size_t from, std::string_view operation);
BlockedRow blockedFor(const OutboxRow& row, Advice advice, std::string message, TimePoint now);
/// The state is spelt as the type's table has it.
WriteBack writeBackFor(const OutboxRow& row, const LedgerEntry& ledger, CertificateType type, TimePoint now);

}  // namespace lianzheng
