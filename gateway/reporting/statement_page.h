#pragma once

#include <string>

#include "gateway/reporting/verification.h"

namespace lianzheng {

/// 核验情况说明: a self-contained page that prints on one sheet of A4: day, number, the comparison, what it comes to in
/// words, the evidence chain's head and a line to sign on. Identity numbers are masked. Pure.
std::string statementPage(const Verification& verification, Language language);

}  // namespace lianzheng
