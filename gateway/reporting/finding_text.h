#pragma once

#include <string>
#include <string_view>

#include "gateway/reporting/labels.h"
#include "gateway/store/records.h"
#include "mappings/districts.h"

namespace lianzheng {

/// A field's value as it may be shown: an identity number masked, also where it stands in another field. Credit codes
/// and licence identifiers keep their digits.
std::string shownValue(std::string_view nationalName, const std::string& value);
/// A finding with all that it says as it may be shown, unless identity numbers are wanted in full.
Finding shownFinding(Finding finding, bool inFull = false);
/// 姓名, 证件号码 …; the national name in English, empty for findings about the whole certificate.
std::string fieldLabel(std::string_view nationalName, Language language);
/// What happened to a finding: 发现, 再次出现 …; the store's own word in English.
std::string eventName(std::string_view what, Language language);
/// How far a finding of a run's has come: its stage, or that a later run has closed it.
std::string_view stageLabel(const Finding& finding, Language language);
/// The same as a word: open, acknowledged, assigned, repairing, accepted; closed.
std::string_view stageWord(const Finding& finding);
/// 赋码·延续 for assign.02 …; the step's own name in English.
std::string stepLabel(std::string_view step, Language language);
/// 0531-61378779、0532-66209611（证书管理）.
std::string telephonesOf(const Authority& authority);
/// The day by which a finding ought to be closed, at Shanghai; empty when none is set.
std::string dueDay(const Finding& finding);
/// Whole days that a finding has been there when the run began; 0 for what the run found first.
std::uint64_t ageInDays(const Finding& finding, const RunRow& run);
/// 1,234,567.
std::string grouped(std::uint64_t number);

}  // namespace lianzheng
