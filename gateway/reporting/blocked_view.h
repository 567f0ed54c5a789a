#pragma once

#include <string>
#include <vector>

#include "gateway/reporting/labels.h"
#include "gateway/store/records.h"
#include "mappings/districts.h"

namespace lianzheng {

/// `blocked list` for a terminal: by city authority with its telephones, each certificate with why, what helps and who.
/// No identity number is in it.
std::string blockedText(const std::vector<BlockedRow>& rows, const Districts& districts, Language language);
/// The same as one JSON object, schema docs/schema/blocked.json.
std::string blockedJson(const std::vector<BlockedRow>& rows, const Districts& districts);

}  // namespace lianzheng
