#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/reporting/report_input.h"

namespace lianzheng {

/// One finding as the tables for spreadsheets have it, CSV and XLSX alike.
inline constexpr std::size_t kFindingColumns = 20;
using FindingRow = std::array<std::string, kFindingColumns>;

/// The columns' heads.
std::array<std::string_view, kFindingColumns> findingHeads(Language language);
/// A finding's cells; identity numbers as the report shows them.
FindingRow findingRow(const ReportInput& input, const Finding& finding);

}  // namespace lianzheng
