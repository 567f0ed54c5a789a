#include "gateway/planner/ledger_key.h"

#include <algorithm>

#include "mappings/text.h"

namespace lianzheng {
namespace {

constexpr std::string_view kRow = "row:";
constexpr std::string_view kShownRow = "源主键";

}  // namespace

std::string ledgerKey(const Desired& desired) {
    const auto unreadable = [](const Invalid& problem) {
        return problem.field == nationalName(Field::CertNum) && problem.rule != Rule::Duplicate;
    };
    const bool named = !desired.record[Field::CertNum].empty() &&
                       std::none_of(desired.problems.begin(), desired.problems.end(), unreadable);
    return named ? desired.record[Field::CertNum] : std::string(kRow) + desired.facts.sourceKey;
}

std::string shownKey(std::string_view key) {
    if (!key.starts_with(kRow)) return std::string(key);
    return std::string(kShownRow).append(" ").append(key.substr(kRow.size()));
}

std::string keyShownAs(std::string_view shown) {
    if (!shown.starts_with(kShownRow)) return std::string(shown);
    return std::string(kRow).append(trimmed(shown.substr(kShownRow.size())));
}

}  // namespace lianzheng
