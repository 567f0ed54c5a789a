#pragma once

#include <string>

#include "gateway/reporting/report_input.h"
#include "gateway/reporting/report_summary.h"

namespace lianzheng {

/// The drawings of a report's page, as markup: findings by class, by age and by city authority (unless the report is
/// one authority's), and of the runs up to this one. Each bears its numbers as text.
std::string chartsOf(const ReportInput& input, const ReportSummary& summary);

}  // namespace lianzheng
