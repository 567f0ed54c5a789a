#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "gateway/sync/dispatcher.h"
#include "gateway/sync/settlement_records.h"

namespace lianzheng {
namespace {

constexpr std::string_view kOperation = "employer";

const AssignCode* changeOf(const OutboxRow& row) {
    const auto* assign = std::get_if<AssignCode>(&row.step.request);
    return assign != nullptr && assign->operateType == OperateType::Change ? assign : nullptr;
}

/// What the call's outcome is for its `at`-th certificate.
Completion ownOf(const Completion& completion, std::size_t at) {
    Completion own = completion;
    if (!own.outcome || at >= own.outcome->items.size()) return own;
    Verdict& verdict = *own.outcome;
    Verdict::Item item = verdict.items[at];
    verdict.code = std::move(item.code);
    if (!item.message.empty() || verdict.kind != Verdict::Kind::Refused) verdict.message = std::move(item.message);
    return own;
}

/// The certificate that the platform blames, where it is another than the `at`-th: one about which it says more than
/// that they must be at one company, for that follows from the other's staying behind.
std::optional<std::size_t> blamed(const Completion& completion, std::size_t at, const RefusalCatalogue& refusals) {
    if (!completion.outcome || completion.outcome->kind != Verdict::Kind::Refused) return std::nullopt;
    const auto& items = completion.outcome->items;
    const auto follows = [&](const Verdict::Item& item) {
        return item.message.empty() || refusals.classify(item.message).id == word(HoldingRule::SameCompany);
    };
    if (at >= items.size() || !follows(items[at])) return std::nullopt;
    auto named = std::find_if_not(items.begin(), items.end(), follows);
    if (named == items.end() && items[at].message.empty()) {
        named = std::find_if(items.begin(), items.end(), [](const auto& item) { return !item.message.empty(); });
    }
    if (named == items.end()) return std::nullopt;
    return static_cast<std::size_t>(named - items.begin());
}

}  // namespace

Status Dispatcher::claimTogether(std::vector<OutboxRow> rows, TimePoint now, std::vector<Change>& group) {
    // Whoever is being asked about rests until the answer; he who came first rests with him.
    const auto asked =
        std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return asking_.contains(row.id); });
    if (asked != rows.end()) return letWait(rows.front(), {asked->number}, now, group);
    ChangeEmployer call;
    for (OutboxRow& row : rows) {
        AssignCode assign = *changeOf(row);
        assign.eCertId = row.eCertId;
        const std::string number = row.number;
        const auto ready = withPhoto(row, assign, now, group);
        if (!ready) return tl::unexpected(ready.error());
        if (!*ready) {  // what becomes of it is in `group`; the others do not go without it
            for (OutboxRow& other : rows) {
                if (other.number == number || other.number.empty()) continue;
                const Status done = other.state == OutboxState::Unconfirmed ? cannotRepeat(std::move(other), now, group)
                                                                            : letWait(other, {number}, now, group);
                if (!done) return done;
            }
            return ok();
        }
        call.certificates.push_back(std::move(assign));
    }
    for (OutboxRow& row : rows) {
        gate_.left(row.number, row.step);
        row.sends += 1;
        group.emplace_back(
            MoveIntent{row.id, row.state, OutboxState::Sending, row.attempts, row.sends, row.dueAt, row.photo});
        row.state = OutboxState::Sending;
    }
    OutboxRow first = std::move(rows.front());
    rows.erase(rows.begin());
    claimed_.push_back({std::move(first), Request{std::move(call)}, std::move(rows)});
    return ok();
}

Result<bool> Dispatcher::repeatsTogether(const OutboxRow& row, TimePoint now, std::vector<Change>& group) {
    const AssignCode* change = changeOf(row);
    if (change == nullptr || row.person.empty()) return false;
    auto rows = parts_.store.intentsOfPerson(row.person);
    if (!rows) return tl::unexpected(rows.error());
    const std::string& company = change->record[Field::CreditCode];
    std::erase_if(*rows, [&](const OutboxRow& other) {
        const AssignCode* moves = changeOf(other);
        return other.id == row.id || other.state != OutboxState::Unconfirmed || moves == nullptr ||
               moves->record[Field::CreditCode] != company;
    });
    if (!rows->empty()) {
        rows->insert(rows->begin(), row);
        if (const Status done = claimTogether(std::move(*rows), now, group); !done) return tl::unexpected(done.error());
        return true;
    }
    // The last in doubt of a call whose other certificates are settled: alone it would be refused, and what the
    // platform holds tells whether it was accepted with them.
    const auto judged = gate_.judge(row.number, row.step);
    if (!judged) return tl::unexpected(judged.error());
    if (judged->admission.kind == Admission::Kind::Send || !parts_.settings.readBack) return false;
    if (const Status done = cannotRepeat(row, now, group); !done) return tl::unexpected(done.error());
    return true;
}

Status Dispatcher::settleTogether(Flight flight, std::span<const Standing> standings, const Completion& completion,
                                  std::vector<Change>& group) {
    const std::string_view operation = flight.operation;
    const TimePoint startedAt = flight.startedAt;
    const std::vector<OutboxRow> rows = rowsOf(std::move(flight));
    const std::size_t from = group.size();
    const TimePoint now = parts_.clock.now();
    const bool slow = Settler::isThrottled(completion, parts_.refusals);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Flight own;
        own.operation = operation;
        own.startedAt = startedAt;
        own.row = rows[i];
        const Standing& standing = standings[i];
        const auto culprit = slow ? std::nullopt : blamed(completion, i, parts_.refusals);
        if (!culprit || rows[i].sends > 1) {
            const Completion outcome = slow ? completion : ownOf(completion, i);
            if (const Status done = settleOne(std::move(own), standing, outcome, group); !done) return done;
            continue;
        }
        const std::string& message = completion.outcome->items[*culprit].message;
        const Refusal& refusal = parts_.refusals.classify(message);
        const Advice advice{
            refusal.advice.reason, "",
            "应一并变更单位的 " + rows[*culprit].number + " 被部平台退回，本证未变更：" + refusal.advice.why,
            refusal.advice.help, refusal.advice.owner};
        const Settlement settlement =
            settler_.settleBeside(rows[i], standing, completion, advice, flight.startedAt, now);
        note(own, settlement);
        group.insert(group.end(), settlement.changes.begin(), settlement.changes.end());
        wake(rows[i].number, now, group);
    }
    joinEvidence(group, from, kOperation);
    for (std::size_t i = from; i < group.size(); ++i) {
        if (auto* attempt = std::get_if<AddAttempt>(&group[i])) attempt->attempt.operation = kOperation;
    }
    return ok();
}

}  // namespace lianzheng
