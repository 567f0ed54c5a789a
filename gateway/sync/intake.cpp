#include "gateway/sync/intake.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "adapters/runtime/random.h"
#include "gateway/planner/agreement.h"
#include "gateway/planner/ledger_key.h"

namespace lianzheng {
namespace {

constexpr std::size_t kGroup = 200;  // looks a transaction

BlockedRow blockedRowOf(const Advice& advice, const Desired& desired, TimePoint now) {
    BlockedRow row;
    row.number = ledgerKey(desired);
    row.sourceKey = desired.facts.sourceKey;
    row.authority = desired.facts.authority;
    row.person = desired.record[Field::IdentityCard];
    row.company = desired.record[Field::CreditCode];
    row.advice = advice;
    row.origin = desired.problems.empty() ? "plan" : "row";
    row.seen = desired.seen;
    row.since = now;
    return row;
}

}  // namespace

/// Whether the province has other rows of this number: then which of them speaks is for people to say.
Result<bool> Intake::severalRows(const Desired& desired) {
    std::size_t rows = 0;
    Desired other;
    const Status read = parts_.source.byNumber(desired.record[Field::CertNum], [&](std::span<const Cell> cells) {
        parts_.map.map(cells, other);
        if (other.record[Field::CertNum] == desired.record[Field::CertNum]) rows += 1;
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    return rows > 1;
}

Result<std::optional<StandingRefusal>> Intake::standing(Store& store, const LedgerEntry& ledger,
                                                        const BlockedRow& blocked) {
    if (blocked.origin != "platform") return std::nullopt;
    StandingRefusal refusal{blocked.seen, blocked.advice, blocked.isDoubt(), {}};
    if (refusal.doubt) {
        const auto attempts = store.attemptsOf(blocked.number);
        if (!attempts) return tl::unexpected(attempts.error());
        for (const Attempt& attempt : *attempts) {
            if (attempt.outcome == word(Fault::InDoubt)) refusal.operation = attempt.operation;
        }
    }
    // It is there, as somebody's, and cannot be seen: the province's row does not make it unregistered.
    const bool somebodys = blocked.advice.reason == BlockedRow::kNumberExists && ledger.state == CertState::None;
    refusal.doubt = refusal.doubt || somebodys;
    return refusal;
}

OutboxRow Intake::intentFor(const Step& step, const Desired& desired, const Manner& manner) const {
    OutboxRow row;
    row.number = ledgerKey(desired);
    row.sourceKey = desired.facts.sourceKey;
    row.person = desired.record[Field::IdentityCard];
    row.company = desired.record[Field::CreditCode];
    row.authority = desired.facts.authority;
    row.step = step;
    if (manner.lane && step.lane != Lane::Enforcement) row.step.lane = *manner.lane;
    if (desired.facts.urgent && row.step.lane > Lane::Manual) row.step.lane = Lane::Manual;
    // A change of identity carries the eCertID of the last accepted event (national interface, section 3).
    const auto* identity = std::get_if<ChangeIdentity>(&step.request);
    row.eCertId = identity != nullptr ? identity->eCertId : parts_.random.hex32();
    row.photoReference = desired.facts.photoReference;
    row.createdAt = parts_.clock.now();
    row.dueAt = row.createdAt;
    row.reason = manner.reason;
    return row;
}

Status Intake::recall(Past& past) {
    if (!past.known) return ok();
    auto blocked = parts_.store.blockedOf(past.ledger.number);
    if (!blocked) return tl::unexpected(blocked.error());
    past.blocked = std::move(*blocked);
    auto record = parts_.store.acknowledged(past.ledger.number);
    if (!record) return tl::unexpected(record.error());
    past.acknowledged = std::move(*record);
    return ok();
}

Result<std::vector<Change>> Intake::changesFor(const Plan& plan, const Desired& desired, const Past& past,
                                               const Manner& manner) {
    const TimePoint now = parts_.clock.now();
    const LedgerEntry& entry = past.ledger;
    const std::optional<BlockedRow>& blocked = past.blocked;
    std::vector<Change> changes;
    LedgerEntry next = entry;
    next.sourceKey = desired.facts.sourceKey;
    next.authority = desired.facts.authority;
    next.seen = desired.seen;
    next.dirty = false;
    next.reviewAt.reset();
    std::optional<OutboxRow> intent;
    if (past.known) {
        auto found = parts_.store.intentOf(entry.number);
        if (!found) return tl::unexpected(found.error());
        intent = std::move(*found);
    }
    const bool underWay = intent && intent->state != OutboxState::Queued;
    const auto* step = std::get_if<Step>(&plan);
    if (underWay) {
        next.dirty = true;  // one step in flight a certificate: its outcome asks again
    } else if (step != nullptr) {
        changes.emplace_back(PutIntent{intentFor(*step, desired, manner)});
        // Whether the picture is there now, or a rule still stands in the way, shows when the event leaves.
        const bool seenThen = blocked && (blocked->origin == "photo" || blocked->origin == BlockedRow::kRules);
        if (blocked && !seenThen) changes.emplace_back(ClearBlocked{entry.number});
    } else {
        if (intent) changes.emplace_back(RemoveIntent{intent->id, OutboxState::Queued});
        if (const auto* stop = std::get_if<Blocked>(&plan)) {
            const bool standing =
                blocked && blocked->origin == "platform" &&
                (blocked->seen == desired.seen || (stop->advice == blocked->advice && !manner.ignoreRefusal));
            if (!standing) changes.emplace_back(PutBlocked{blockedRowOf(stop->advice, desired, now)});
            next.reviewAt = now + parts_.settings.blockedReview;
        } else {
            if (blocked) changes.emplace_back(ClearBlocked{entry.number});
            if (const auto* waiting = std::get_if<Waiting>(&plan)) next.reviewAt = waiting->until;
            if (const auto* inStep = std::get_if<InStep>(&plan)) next.reviewAt = inStep->reviewAt;
        }
    }
    // What is under way may settle digests of the mapping it was planned by.
    if (!underWay) {
        keepAgreement(next, plan, desired, past.acknowledged, parts_.map.comparableFields(), parts_.map.version());
    }
    changes.emplace_back(PutLedger{std::move(next)});
    return changes;
}

/// A row whose number could not be read until now is remembered by its number alone.
Status Intake::retireNameless(const Desired& desired, const std::string& number, std::vector<Change>& changes) {
    const std::string nameless = "row:" + desired.facts.sourceKey;
    if (number == nameless) return ok();
    const auto former = parts_.store.find(nameless);
    if (!former) return tl::unexpected(former.error());
    if (!*former) return ok();
    changes.emplace_back(ClearBlocked{nameless});
    changes.emplace_back(RemoveLedger{nameless});
    return ok();
}

Result<Plan> Intake::look(const Desired& desired, const LedgerEntry* entry, const Manner& manner) {
    const std::string number = ledgerKey(desired);
    LedgerEntry fresh;
    fresh.number = number;
    Past past{entry != nullptr ? *entry : fresh, entry != nullptr, {}, {}};
    if (const Status recalled = recall(past); !recalled) return tl::unexpected(recalled.error());
    const LedgerEntry& ledger = past.ledger;
    const std::optional<BlockedRow>& blocked = past.blocked;

    const auto waiting = held_.find(number);
    const bool otherKey = past.known && !ledger.sourceKey.empty() && ledger.sourceKey != desired.facts.sourceKey;
    const bool otherHeld = waiting != held_.end() && looks_[waiting->second].sourceKey != desired.facts.sourceKey;
    const bool wasDuplicate = blocked && blocked->advice.reason == word(Rule::Duplicate);
    Desired marked;
    const Desired* subject = &desired;
    if (otherKey || otherHeld || wasDuplicate) {
        const auto several = severalRows(desired);
        if (!several) return tl::unexpected(several.error());
        if (*several) {
            marked = desired;
            marked.problems.insert(marked.problems.begin(),
                                   {std::string(nationalName(Field::CertNum)), Rule::Duplicate});
            subject = &marked;
        }
    }

    std::optional<StandingRefusal> refusal;
    if (blocked && !manner.ignoreRefusal) {
        auto standing = Intake::standing(parts_.store, ledger, *blocked);
        if (!standing) return tl::unexpected(standing.error());
        refusal = std::move(*standing);
    }
    Plan next =
        plan(*subject, ledger, past.acknowledged, refusal ? &*refusal : nullptr, parts_.policy, parts_.clock.now());
    if (manner.countOnly) {
        tally_.count(next);
        return next;
    }
    auto changes = changesFor(next, *subject, past, manner);
    if (!changes) return tl::unexpected(changes.error());
    if (!past.known || ledger.sourceKey != desired.facts.sourceKey) {
        if (const Status done = retireNameless(desired, number, *changes); !done) return tl::unexpected(done.error());
    }
    if (waiting != held_.end()) {
        looks_[waiting->second] = Look{std::move(*changes), desired.facts.sourceKey};
    } else {
        tally_.count(next);
        held_.emplace(number, looks_.size());
        looks_.push_back(Look{std::move(*changes), desired.facts.sourceKey});
    }
    return next;
}

Status Intake::flush() {
    std::vector<Change> group;
    std::size_t inGroup = 0;
    for (std::size_t i = 0; i < looks_.size(); ++i) {
        std::move(looks_[i].changes.begin(), looks_[i].changes.end(), std::back_inserter(group));
        inGroup += 1;
        if (inGroup < kGroup && i + 1 < looks_.size()) continue;
        if (const Status done = parts_.store.commit(group); !done) return done;
        group.clear();
        inGroup = 0;
    }
    drop();
    return ok();
}

void Intake::drop() {
    held_.clear();
    looks_.clear();
}

}  // namespace lianzheng
