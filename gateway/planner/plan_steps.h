#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/planner/plan.h"

/// What plan() decides with: the case at hand, what differs in it, and the steps that may follow. Pure.
namespace lianzheng::planning {

/// What one call of plan() looks at.
struct Case {
    const Desired& desired;
    const LedgerEntry& ledger;
    const Acknowledged& acknowledged;
    const Policy& policy;
    TimePoint now;
    CertState want{};         ///< the province's state
    std::optional<Date> end;  ///< last valid day
    bool pastEnd = false;     ///< the last valid day is over in Asia/Shanghai
    bool expired = false;     ///< past its end, or called 失效 by the province
};
Case lookAt(const Desired& desired, const LedgerEntry& ledger, const Acknowledged& acknowledged, const Policy& policy,
            TimePoint now);

/// The platform's state allows no further change.
Blocked finalState(const Case& c);

/// Known fields whose value is not the one last acknowledged; unknown ones count with policy.adopted = push.
std::vector<Field> differing(const Case& c);
/// The fields of which nobody knows what the platform holds, once the row is another than the one that was in step.
/// When no known field and no photo differs, one of them was changed: after the take-over that is a change like any
/// other.
std::vector<Field> unseenChanges(const Case& c);
bool photoDiffers(const Case& c);
/// Whether the row is the one that is acknowledged, or was in step when it was taken over.
bool sameDigest(const Case& c);
bool contains(const std::vector<Field>& fields, Field field);
/// The fields' national names, with commas.
std::string names(const std::vector<Field>& fields, bool photo);

/// 赋码 of this type, or what is wrong with the record.
Plan assign(const Case& c, OperateType type, std::string fields);
/// 状态更新 to `after`.
Plan update(const Case& c, OperateType type, CertState after);
/// 证件号码变更.
Plan changeIdentity(const Case& c);
/// Whether the last code waits for a licence file that can come.
bool awaitsLicence(const Case& c);
/// 归集 of the licence, or what it waits for.
Plan collect(const Case& c);

}  // namespace lianzheng::planning
