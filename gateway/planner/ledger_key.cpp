#include "gateway/planner/ledger_key.h"

#include <algorithm>

namespace lianzheng {

std::string ledgerKey(const Desired& desired) {
    const auto unreadable = [](const Invalid& problem) {
        return problem.field == nationalName(Field::CertNum) && problem.rule != Rule::Duplicate;
    };
    const bool named = !desired.record[Field::CertNum].empty() &&
                       std::none_of(desired.problems.begin(), desired.problems.end(), unreadable);
    return named ? desired.record[Field::CertNum] : "row:" + desired.facts.sourceKey;
}

}  // namespace lianzheng
