#pragma once

#include <string>

#include "gateway/sync/settlement.h"

namespace lianzheng {

/// The hour at which completions come.
inline constexpr TimePoint kThen{std::chrono::milliseconds{1'773'115'200'000}};

/// A valid B certificate as sent.
Certificate sentRecord();
/// Step of each kind for that certificate.
Step issueStep();
Step changeStep();  ///< 09: the company's name
Step endStep(CertState after);
Step collectStep();

/// The row as it is when its completion comes: sending, sent `sends` times, this one included.
OutboxRow sendingRow(Step step, int sends);

/// Never registered.
Standing unknownStanding();
/// Registered as sentRecord() with another company's name.
Standing knownStanding();

Completion answered(Verdict verdict);
Completion refusedWith(const std::string& message);
Completion faultedBy(Fault fault);

/// The certificate as a query shows it.
Holdings shown(const Certificate& record, std::string zzeCertId = "");

/// The only change of this kind; null when there is none.
template <class Kind>
const Kind* changeIn(const Settlement& settlement) {
    const Kind* found = nullptr;
    for (const Change& change : settlement.changes) {
        if (const auto* each = std::get_if<Kind>(&change)) found = each;
    }
    return found;
}

}  // namespace lianzheng
