#pragma once

#include <filesystem>
#include <string>

#include "gateway/reporting/brief.h"

namespace lianzheng {

/// 周报, 月报 as a self-contained page that prints on A4: the rates with their formulas, every table, what is not
/// known, and the evidence chain's head. No scripts and nothing from elsewhere. Pure.
std::string briefPage(const Brief& brief, const Districts& districts, const std::string& evidenceHead,
                      Language language);

/// The same as a workbook, a sheet a table. Errors: as XlsxBook::finish().
Status writeBriefBook(const Brief& brief, const Districts& districts, const std::string& evidenceHead,
                      Language language, const std::filesystem::path& file);

}  // namespace lianzheng
