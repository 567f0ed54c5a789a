#include "gateway/service/repair_scope.h"

#include <type_traits>
#include <variant>

#include "gateway/reconcile/finding_kind.h"

namespace lianzheng {
namespace {

/// A code loads the whole record, and with it the state; a field that the mapping does not load has no next step.
bool assigned(FindingKind kind, const Finding& finding) {
    return kind == FindingKind::MissingNational || kind == FindingKind::StateMismatch ||
           kind == FindingKind::ExpiredNotCancelled ||
           (kind == FindingKind::FieldMismatch && !finding.nextStep.empty());
}

bool updated(FindingKind kind) {
    return kind == FindingKind::StateMismatch || kind == FindingKind::ExpiredNotCancelled;
}

bool identified(FindingKind kind, const Finding& finding) {
    return kind == FindingKind::IdentityMismatch ||
           (kind == FindingKind::FieldMismatch && finding.field == nationalName(Field::BirthDate));
}

}  // namespace

bool mends(const Step& step, const Finding& finding) {
    const auto kind = findingKindOf(finding.kind);
    if (!kind) return false;
    return std::visit(
        [&](const auto& request) {
            using Kind = std::decay_t<decltype(request)>;
            if constexpr (std::is_same_v<Kind, AssignCode>) return assigned(*kind, finding);
            if constexpr (std::is_same_v<Kind, UpdateState>) return updated(*kind);
            if constexpr (std::is_same_v<Kind, ChangeIdentity>) return identified(*kind, finding);
            return false;
        },
        step.request);
}

std::vector<Change> repairing(const Step& step, std::span<const Finding> open, std::int64_t run, TimePoint at) {
    std::vector<Change> moves;
    for (const Finding& finding : open) {
        if (!mends(step, finding)) continue;
        moves.emplace_back(MoveFinding{.number = finding.number,
                                       .kind = finding.kind,
                                       .field = finding.field,
                                       .stage = FindingStage::Repairing,
                                       .actor = "gateway",
                                       .at = at,
                                       .run = run});
    }
    return moves;
}

}  // namespace lianzheng
