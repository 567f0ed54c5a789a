#pragma once

#include <optional>
#include <span>
#include <string>

#include "tests/simulator/national/fields.h"
#include "tests/simulator/national/rules.h"

namespace lianzheng::sim::national {

/// What the holding rules look at in one certificate that counts (state 01 or 02).
struct Holding {
    std::string certNum;
    std::string category;
    std::string company;  ///< creditCode
    bool legal = false;   ///< appointment 01
};
Holding holdingOf(const Fields& record);

/// Section 5, rules 1 to 6, for one certificate that is to count.
/// `own` are the person's other counting certificates, `legalAtCompany` the other counting 法定代表人 A certificates at
/// the candidate's company, whoever holds them. Only breaches in which the candidate takes part are refused.
std::optional<Refusal> holdingRefusal(const Holding& candidate, std::span<const Holding> own,
                                      std::span<const Holding> legalAtCompany, bool sixthRuleNeedsBothBAndC);

}  // namespace lianzheng::sim::national
