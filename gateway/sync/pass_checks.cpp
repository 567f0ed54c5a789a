#include <algorithm>
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

/// What is to be asked of a certificate that was refused: `check` of what is to be assigned now. Nothing when nothing
/// is.
Result<std::optional<Pass::Checked>> Pass::checkOf(const BlockedRow& blocked) {
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
    if (!row || standings->empty()) return std::nullopt;
    const auto& [ledger, acknowledged] = standings->front();
    const Plan next = plan(*row, ledger, acknowledged, nullptr, parts_.policy, parts_.clock.now());
    const auto* step = std::get_if<Step>(&next);
    const auto* assign = step != nullptr ? std::get_if<AssignCode>(&step->request) : nullptr;
    if (assign == nullptr) return std::nullopt;
    SentCall call{0, blocked.number, blocked.person, parts_.random.hex32(),
                  std::string("check.").append(code(assign->operateType))};
    CheckAdmission check{call.eCertId, assign->operateType, assign->record, assign->oldCertNum};
    return Checked{std::move(call), std::move(check)};
}

/// Whether the platform would now take what it refused; nothing when it did not say: away, or too fast.
std::optional<bool> Pass::admitted(BlockedRow& blocked, const Checked& asked, const Completion& answer,
                                   TimePoint askedAt, std::vector<Change>& changes) {
    Attempt attempt = attemptOf(asked.call, answer, askedAt, parts_.clock.now());
    if (!Settler::answersQuery(answer, parts_.refusals)) return std::nullopt;
    bool admits = answer.outcome->kind != Verdict::Kind::Refused;
    if (!admits) {
        attempt.refusal = parts_.refusals.classify(answer.outcome->message).id;
        // What stood in the way is gone. That it cannot change its employer alone is judged before it is sent: with the
        // others of its person it can.
        const std::string_view sameCompany = word(HoldingRule::SameCompany);
        admits = attempt.refusal == sameCompany && blocked.advice.reason != sameCompany;
        blocked.message = maskedText(answer.outcome->message, asked.check.record[Field::IdentityCard]);
    }
    writeDown(asked.call, answer, std::move(attempt), changes);
    return admits;
}

/// Asks for some at once. False: the platform does not answer, or asks for less speed.
Result<bool> Pass::askTogether(std::span<BlockedRow> blocked, const std::stop_token& stop) {
    std::vector<std::optional<Checked>> asked;
    std::vector<Request> requests;
    for (const BlockedRow& each : blocked) {
        auto check = checkOf(each);
        if (!check) return tl::unexpected(check.error());
        if (*check) requests.emplace_back((*check)->check);
        asked.push_back(std::move(*check));
    }
    const TimePoint askedAt = parts_.clock.now();
    const std::vector<Completion> answers = callAllAndWait(parts_.platform, std::move(requests), stop);
    bool all = true;
    std::size_t next = 0;
    std::vector<Change> changes;
    for (std::size_t i = 0; i < blocked.size(); ++i) {
        std::optional<bool> admits{false};
        if (asked[i]) admits = admitted(blocked[i], *asked[i], answers[next++], askedAt, changes);
        all = all && admits;
        if (!admits) continue;  // another time
        if (*admits) {
            changes.emplace_back(ClearBlocked{blocked[i].number});
            changes.emplace_back(MarkDirty{blocked[i].number});
        } else {
            blocked[i].checkAt = parts_.clock.now() + parts_.settings.blockedReview;
            changes.emplace_back(PutBlocked{std::move(blocked[i])});
        }
    }
    if (const Status done = parts_.store.commit(changes); !done) return tl::unexpected(done.error());
    return all;
}

/// Asks `check` for the refused ones that are due, as many at once as calls may be under way: what the platform would
/// now take is queued. Whoever comes to the counter meanwhile is served first.
Result<std::uint64_t> Pass::askChecks(const std::stop_token& stop) {
    auto due = parts_.store.checksDue(parts_.clock.now(), kChecksAtOnce);
    if (!due) return tl::unexpected(due.error());
    std::span<BlockedRow> left = *due;
    while (!left.empty()) {
        if (stop.stop_requested()) return failed(Fault::Cancelled, "check", "stop");
        const auto some = left.first(std::min(left.size(), parts_.settings.concurrency));
        left = left.subspan(some.size());
        const auto answered = askTogether(some, stop);
        if (!answered) return tl::unexpected(answered.error());
        if (!*answered) return 0;
        const auto waits = dispatcher_.somebodyWaits();
        if (!waits) return tl::unexpected(waits.error());
        if (*waits) break;
    }
    return due->size() - left.size();
}

}  // namespace lianzheng
