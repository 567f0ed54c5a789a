#pragma once

#include <span>
#include <string_view>

#include "gateway/planner/plan.h"

namespace lianzheng {

/// Whether the row says of every field of `compared` what the platform holds, as far as that is known: what is unknown
/// neither agrees nor differs. Number, state and its description are none of it; they are compared apart.
bool agree(const Desired& desired, const Acknowledged& acknowledged, std::span<const Field> compared);

/// What `entry` keeps to be compared by its digest alone, now that `next` was planned from `desired` under the mapping
/// of this version: with nothing to send and both sides agreeing, the digest of the row. It holds as long as neither
/// what is acknowledged nor the mapping changes. Where no push was acknowledged (taken over, or known from a query),
/// the row's push digest and its photo's version too, from which plan() tells what the province changes afterwards in
/// what nobody knows of the platform. `entry` still has the mapping version of its last look.
void keepAgreement(LedgerEntry& entry, const Plan& next, const Desired& desired, const Acknowledged& acknowledged,
                   std::span<const Field> compared, std::string_view mappingVersion);

}  // namespace lianzheng
