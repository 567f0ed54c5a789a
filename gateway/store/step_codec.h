#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"
#include "gateway/planner/ledger_entry.h"
#include "gateway/planner/plan.h"
#include "gateway/store/records.h"

namespace lianzheng {

/// A step as the outbox keeps it: exact, the form's version first.
std::string encodeStep(const Step& step);
/// Errors: Corrupt, code `step_form` (damaged, or written by a newer program).
Result<Step> decodeStep(std::string_view text);

/// What the platform last acknowledged, as its table keeps it.
std::string encodeAcknowledged(const Acknowledged& acknowledged);
/// Errors: Corrupt, code `acknowledged_form`.
Result<Acknowledged> decodeAcknowledged(std::string_view text);

/// The items of an evidence entry, as its row keeps them.
std::string encodeItems(const std::vector<Evidence::Item>& items);
/// Errors: Corrupt, code `items_form`.
Result<std::vector<Evidence::Item>> decodeItems(std::string_view text);

}  // namespace lianzheng
