#include <algorithm>
#include <span>
#include <utility>

#include "gateway/planner/ledger_key.h"
#include "gateway/sync/dispatcher.h"
#include "gateway/sync/intake.h"

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
    // The rules are those of 安管人员.
    if (!parts_.settings.judgeRules || parts_.settings.type != CertificateType::Anguan) return true;
    if (row.state != OutboxState::Queued) {  // it may be there already: its outcome is asked for
        const auto together = repeatsTogether(row, now, group);
        return together ? Result<bool>{!*together} : tl::unexpected(together.error());
    }
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
    if (admission.kind == Admission::Kind::Together) {
        auto rows = parts_.store.intentsOfPerson(row.person);
        if (!rows) return tl::unexpected(rows.error());
        std::erase_if(*rows, [&](const OutboxRow& other) {
            return std::find(admission.on.begin(), admission.on.end(), other.number) == admission.on.end();
        });
        rows->insert(rows->begin(), row);
        if (const Status done = claimTogether(std::move(*rows), now, group); !done) return tl::unexpected(done.error());
        return false;
    }
    if (const Status done = holdBack(row, *judged, now, group); !done) return tl::unexpected(done.error());
    return false;
}

/// The rows of the person's other certificates are asked of the province: only here, where a rule stands in the way.
Result<Dispatcher::Partners> Dispatcher::partnersOf(const std::string& number, const HeldCertificate& candidate) {
    Partners partners;
    const auto held = parts_.store.heldBy(candidate.person);
    if (!held) return tl::unexpected(held.error());
    for (const HeldCertificate& other : *held) {
        if (other.number == number || !counts(other) || other.company == candidate.company) continue;
        const auto standings = parts_.store.standings(std::span(&other.number, 1));
        if (!standings) return tl::unexpected(standings.error());
        const auto intent = parts_.store.intentOf(other.number);
        if (!intent) return tl::unexpected(intent.error());
        if (standings->empty() || *intent) continue;
        const auto& [ledger, acknowledged] = standings->front();
        Desired row;
        bool moves = false;
        const std::vector<std::string> key{ledger.sourceKey};
        const Status read = parts_.source.byKeys(key, [&](std::span<const Cell> cells) {
            parts_.map.map(cells, row);
            moves = ledgerKey(row) == other.number && row.record[Field::CreditCode] == candidate.company;
            return !moves;
        });
        if (!read) return tl::unexpected(read.error());
        if (!moves) continue;
        const auto blocked = parts_.store.blockedOf(other.number);
        if (!blocked) return tl::unexpected(blocked.error());
        std::optional<StandingRefusal> refusal;
        if (*blocked) {
            auto standing = Intake::standing(parts_.store, ledger, **blocked);
            if (!standing) return tl::unexpected(standing.error());
            refusal = std::move(*standing);
        }
        Plan next = plan(row, ledger, acknowledged, refusal ? &*refusal : nullptr, parts_.policy, parts_.clock.now());
        if (const auto* stop = std::get_if<Blocked>(&next)) {
            partners.blocked.emplace(other.number, stop->advice);
        } else if (auto* step = std::get_if<Step>(&next);
                   step != nullptr && std::holds_alternative<AssignCode>(step->request)) {
            partners.steps.emplace(other.number, std::move(*step));
        } else if (const auto* waiting = std::get_if<Waiting>(&next);
                   step != nullptr || (waiting != nullptr && waiting->what != Waiting::For::Restoration)) {
            partners.later.insert(other.number);
        }
    }
    return partners;
}

Status Dispatcher::holdBack(const OutboxRow& row, const HoldingGate::Judgement& judged, TimePoint now,
                            std::vector<Change>& group) {
    const Breach& breach = *judged.admission.breach;
    Advice advice = adviceFor(breach, judged.candidate);
    if (breach.rule == HoldingRule::SameCompany && std::holds_alternative<AssignCode>(row.step.request)) {
        const auto partners = partnersOf(row.number, judged.candidate);
        if (!partners) return tl::unexpected(partners.error());
        const auto again = gate_.judge(row.number, row.step, partners->steps);
        if (!again) return tl::unexpected(again.error());
        const bool resolved = again->admission.kind != Admission::Kind::Refused;
        if (resolved) {  // they are planned again, and then go together
            for (const auto& [number, step] : partners->steps) group.emplace_back(MarkDirty{number});
            countOutcome(Settlement::Tally::Replanned);
        }
        if (resolved || partners->later.contains(breach.with.number)) {
            return letWait(row, {breach.with.number}, now, group);
        }
        if (const auto stopped = partners->blocked.find(breach.with.number); stopped != partners->blocked.end()) {
            const Advice& its = stopped->second;
            advice.why = "应一并变更单位的 " + stopped->first + " 受阻：" + its.why;
            advice.help = its.help;
            advice.owner = its.owner;
        }
    }
    const auto standing = standingOf(row.number);
    if (!standing) return tl::unexpected(standing.error());
    append(settler_.heldBack(row, *standing, advice, now), group);
    return ok();
}

void Dispatcher::wake(const std::string& number, TimePoint now, std::vector<Change>& group) {
    ended_.push_back(number);
    std::erase_if(waits_, [&](const Resting& rest) {
        if (std::find(rest.on.begin(), rest.on.end(), number) == rest.on.end()) return false;
        group.emplace_back(
            MoveIntent{rest.id, OutboxState::Queued, OutboxState::Queued, rest.attempts, rest.sends, now});
        return true;
    });
}

}  // namespace lianzheng
