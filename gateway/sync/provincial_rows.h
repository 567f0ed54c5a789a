#pragma once

#include <string>
#include <vector>

#include "adapters/provincial/source.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// The province's rows of one certificate now, mapped: those of any spelling that the ledger knows by `number`.
/// Errors: the source's.
Result<std::vector<Desired>> provincialRows(ProvincialSource& source, const FieldMap& map, const std::string& number);

}  // namespace lianzheng
