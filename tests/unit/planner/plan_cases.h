#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/planner/plan.h"

namespace lianzheng {

/// The hour at which the cases are looked at: noon in Asia/Shanghai.
inline constexpr std::string_view kToday = "2026-03-10 12:00:00";

/// A wall-clock time of Asia/Shanghai, `yyyy-MM-dd HH:mm:ss`.
TimePoint shanghai(std::string_view text);

/// A sound B certificate of the province: valid until 2026-12-31, nothing else known of it.
Desired soundRow(CertState state = CertState::Valid);
/// The digests anew after an edit, as the mapping makes them.
Desired sealed(Desired desired);
/// soundRow() with one field changed.
Desired withField(Field field, std::string value, CertState state = CertState::Valid);

/// One certificate and what is remembered of it; by default both agree.
struct PlanCase {
    Desired desired = soundRow();
    LedgerEntry ledger{};
    Acknowledged acknowledged{};
    std::optional<StandingRefusal> refusal{};
    Policy policy{};
    TimePoint now = shanghai(kToday);

    [[nodiscard]] Plan plan() const;
    /// Plans and takes the step as accepted; the step is expected to be there.
    Step advance(const std::string& eCertId = "11112222333344445555666677778888",
                 const std::string& codeId = "CODE-NEXT");
    void forget(Field field);  ///< what an adopted certificate's view could not show
};

/// Pushed by us as soundRow() says, in `state`, its licence collected.
PlanCase registered(CertState state, Desired desired = soundRow());
/// Seen in the province, never registered.
PlanCase neverRegistered(Desired desired = soundRow());

/// The plan in a few words: `assign.02`, `update.05>04` (the state after), `blocked final_state`, `waits for licence`,
/// `in step`, `never registered`.
std::string said(const Plan& plan);

/// The request of a plan that is a step of this kind; null otherwise.
template <class Kind>
const Kind* requestIn(const Plan& plan) {
    const auto* step = std::get_if<Step>(&plan);
    return step == nullptr ? nullptr : std::get_if<Kind>(&step->request);
}

}  // namespace lianzheng
