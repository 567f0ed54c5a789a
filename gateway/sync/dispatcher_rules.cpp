#include <algorithm>
#include <utility>

#include "gateway/sync/dispatcher.h"

namespace lianzheng {
namespace {

/// How long an event rests that waits for another one, unless that one's outcome comes before.
constexpr std::chrono::seconds kRest{60};

}  // namespace

Status Dispatcher::letWait(const OutboxRow& row, std::vector<std::string> on, TimePoint now,
                           std::vector<Change>& group) {
    group.emplace_back(MoveIntent{row.id, row.state, row.state, row.attempts, row.sends, now + kRest});
    const auto blocked = parts_.store.blockedOf(row.number);
    if (!blocked) return tl::unexpected(blocked.error());
    if (*blocked && (*blocked)->origin == BlockedRow::kRules) group.emplace_back(ClearBlocked{row.number});
    waits_.push_back({row.id, row.number, row.attempts, row.sends, std::move(on)});
    countOutcome(Settlement::Tally::Deferred);
    return ok();
}

Result<bool> Dispatcher::passesRules(const OutboxRow& row, TimePoint now, std::vector<Change>& group) {
    std::erase_if(waits_, [&](const Resting& rest) { return rest.id == row.id; });
    if (parts_.settings.type != CertificateType::Anguan) return true;  // the rules are those of 安管人员
    if (row.state != OutboxState::Queued) return true;  // it may be there already: its outcome is asked for
    auto judged = gate_.judge(row.number, row.step);
    if (!judged) return tl::unexpected(judged.error());
    Admission& admission = judged->admission;
    if (admission.kind == Admission::Kind::Send) return true;
    if (admission.kind == Admission::Kind::Wait) {
        if (const Status done = letWait(row, std::move(admission.on), now, group); !done) {
            return tl::unexpected(done.error());
        }
        return false;
    }
    const auto standing = standingOf(row.number);
    if (!standing) return tl::unexpected(standing.error());
    append(settler_.heldBack(row, *standing, adviceFor(*admission.breach, judged->candidate), now), group);
    return false;
}

void Dispatcher::wake(const std::string& number, TimePoint now, std::vector<Change>& group) {
    gate_.ended(number);
    std::erase_if(waits_, [&](const Resting& rest) {
        if (std::find(rest.on.begin(), rest.on.end(), number) == rest.on.end()) return false;
        group.emplace_back(
            MoveIntent{rest.id, OutboxState::Queued, OutboxState::Queued, rest.attempts, rest.sends, now});
        return true;
    });
}

}  // namespace lianzheng
