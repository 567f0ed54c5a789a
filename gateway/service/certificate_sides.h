#pragma once

#include <stop_token>
#include <string>

#include "gateway/reporting/verification.h"
#include "gateway/service/composition.h"

namespace lianzheng {

/// Reads a certificate on all three sides now: the province's row, our ledger, the platform's query by number and, when
/// that shows nothing, by identity number. Nothing is changed. `number` is as the ledger has it; the store is open.
/// Threads: one at a time. Time: the platform's time-out at the most, twice. Errors: of our store alone; a side that
/// does not answer says so in its place.
Result<Verification> readSides(Composition& parts, const std::string& number, const std::stop_token& stop);

}  // namespace lianzheng
