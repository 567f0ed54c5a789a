#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gateway/sync/pass.h"
#include "gateway/sync/settlement_records.h"

namespace lianzheng {
namespace {

constexpr std::size_t kChecksAtOnce = 500;

}  // namespace

/// Whether the platform would now take what it refused: `check` is asked, if there still is something to assign.
/// Nothing when it did not say: away, or too fast.
Result<std::optional<bool>> Pass::admits(BlockedRow& blocked, std::vector<Change>& changes,
                                         const std::stop_token& stop) {
    const TimePoint now = parts_.clock.now();
    const auto standings = parts_.store.standings(std::span(&blocked.number, 1));
    if (!standings) return tl::unexpected(standings.error());
    std::optional<Desired> row;
    const std::vector<std::string> key{blocked.sourceKey};
    const Status read = parts_.source.byKeys(key, [&](std::span<const Cell> cells) {
        row.emplace();
        parts_.map.map(cells, *row);
        return false;
    });
    if (!read) return tl::unexpected(read.error());
    if (!row || standings->empty()) return std::optional{false};
    const auto& [ledger, acknowledged] = standings->front();
    const Plan next = plan(*row, ledger, acknowledged, nullptr, parts_.policy, now);
    const auto* step = std::get_if<Step>(&next);
    const auto* assign = step != nullptr ? std::get_if<AssignCode>(&step->request) : nullptr;
    if (assign == nullptr) return std::optional{false};

    const SentCall call{0, blocked.number, blocked.person, parts_.random.hex32(),
                        std::string("check.").append(code(assign->operateType))};
    CheckAdmission check{call.eCertId, assign->operateType, assign->record, assign->oldCertNum};
    const Completion answer = callAndWait(parts_.platform, Request{std::move(check)}, stop);
    Attempt attempt = attemptOf(call, answer, now, parts_.clock.now());
    if (!Settler::answersQuery(answer, parts_.refusals)) return std::optional<bool>{};
    bool admitted = answer.outcome->kind != Verdict::Kind::Refused;
    if (!admitted) {
        attempt.refusal = parts_.refusals.classify(answer.outcome->message).id;
        // What stood in the way is gone. That it cannot change its employer alone is judged before it is sent: with the
        // others of its person it can.
        const std::string_view sameCompany = word(HoldingRule::SameCompany);
        admitted = attempt.refusal == sameCompany && blocked.advice.reason != sameCompany;
        blocked.message = maskedText(answer.outcome->message, row->record[Field::IdentityCard]);
    }
    writeDown(call, answer, std::move(attempt), changes);
    return std::optional{admitted};
}

/// Asks `check` for the refused ones that are due: what the platform would now take is queued.
Result<std::uint64_t> Pass::askChecks(const std::stop_token& stop) {
    auto due = parts_.store.checksDue(parts_.clock.now(), kChecksAtOnce);
    if (!due) return tl::unexpected(due.error());
    for (BlockedRow& blocked : *due) {
        if (stop.stop_requested()) return failed(Fault::Cancelled, "check", "stop");
        std::vector<Change> changes;
        const auto admitted = admits(blocked, changes, stop);
        if (!admitted) return tl::unexpected(admitted.error());
        if (!*admitted) return 0;  // another time
        if (**admitted) {
            changes.emplace_back(ClearBlocked{blocked.number});
            changes.emplace_back(MarkDirty{blocked.number});
        } else {
            blocked.checkAt = parts_.clock.now() + parts_.settings.blockedReview;
            changes.emplace_back(PutBlocked{std::move(blocked)});
        }
        if (const Status done = parts_.store.commit(changes); !done) return tl::unexpected(done.error());
    }
    return due->size();
}

}  // namespace lianzheng
