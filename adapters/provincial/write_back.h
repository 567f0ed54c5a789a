#pragma once

#include <span>

#include "adapters/provincial/soci_source.h"

namespace lianzheng {

/// Writes `rows` to the target in one transaction; a row that holds the same already is not touched. An empty value is
/// written as NULL. Throws as SOCI does.
void writeBackRows(Database& database, const SourceSettings& settings, std::span<const WriteBack> rows);

/// Whether the account may write there: tried and rolled back.
bool canWriteBack(Database& database, const SourceSettings& settings);

}  // namespace lianzheng
