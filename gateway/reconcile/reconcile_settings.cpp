#include "gateway/reconcile/reconciler.h"

namespace lianzheng {

JudgeSettings judgeSettingsOf(const ReconcileSettings& settings, const FieldMap& map, TimePoint now, bool ledgerOnly) {
    JudgeSettings judge{settings.policy, now, {}, ledgerOnly, settings.inFlight};
    judge.policy.loaded.reset();
    for (const Field field : map.pushFields()) judge.policy.loaded.set(static_cast<std::size_t>(field));
    judge.compared.assign(map.comparableFields().begin(), map.comparableFields().end());
    return judge;
}

TimePoint deadlineOf(const ReconcileSettings& settings, TimePoint opened) {
    const Date last = afterWorkdays(settings.calendar, Date::inShanghai(opened), settings.deadlineWorkdays);
    return last.plusDays(1).beginsInShanghai() - std::chrono::milliseconds{1};
}

}  // namespace lianzheng
