#include "gateway/planner/plan.h"

#include <array>
#include <cstddef>
#include <type_traits>

namespace lianzheng {

std::string_view chineseName(Waiting::For what) {
    constexpr std::array<std::string_view, 4> kNames{"等待电子证照文件", "等待归集完成", "等待暂扣发还",
                                                     "等待延续办理"};
    return kNames.at(static_cast<std::size_t>(what));
}

std::string_view englishName(Waiting::For what) {
    constexpr std::array<std::string_view, 4> kNames{"waits for the licence file",
                                                     "waits until the last licence is collected",
                                                     "waits for the suspension's end", "waits for the renewal in hand"};
    return kNames.at(static_cast<std::size_t>(what));
}

std::string stepName(const Step& step) {
    return std::visit(
        [](const auto& request) -> std::string {
            using Kind = std::decay_t<decltype(request)>;
            if constexpr (std::is_same_v<Kind, AssignCode> || std::is_same_v<Kind, UpdateState> ||
                          std::is_same_v<Kind, CheckAdmission>) {
                return std::string(operationName(Request{request})).append(".").append(code(request.operateType));
            } else {
                return std::string(operationName(Request{request}));
            }
        },
        step.request);
}

namespace {

void setKnown(Acknowledged& acknowledged, Field field, const std::string& value) {
    acknowledged.record[field] = value;
    acknowledged.known.set(static_cast<std::size_t>(field));
}

void accept(const AssignCode& request, const Step& step, const std::string& codeId, TimePoint now, Outcome& out) {
    LedgerEntry& ledger = out.ledger;
    ledger.stage = Stage::WaitingLicence;
    ledger.codeId = codeId;
    ledger.codeMissing = codeId.empty();
    ledger.codeAt = now;
    ledger.expiringDate = request.record[Field::ExpiringDate];
    ledger.push = step.push;
    ledger.comparable = step.comparable;
    ledger.photoVersion = step.photoVersion;
    ledger.digestVersion = kDigestVersion;
    ledger.endedByExpiry = false;
    out.acknowledged.record = request.record;
    out.acknowledged.known.set();
}

void accept(const UpdateState& request, const Step& step, TimePoint now, Outcome& out) {
    LedgerEntry& ledger = out.ledger;
    ledger.endedByExpiry = step.dueToDate && step.after == CertState::Cancelled;
    ledger.comparable = Digest{};
    if (request.operateType == OperateType::Restore) {  // the licence file is made anew: same code id, version + 1
        ledger.stage = Stage::WaitingLicence;
        ledger.codeAt = now;
    }
    setKnown(out.acknowledged, Field::CertState, request.record[Field::CertState]);
    setKnown(out.acknowledged, Field::CertStatusDescription, request.record[Field::CertStatusDescription]);
}

void accept(const ChangeIdentity& request, Outcome& out) {
    out.ledger.push = Digest{};  // from here on field by field: only these three were loaded
    out.ledger.comparable = Digest{};
    for (const Field field : {Field::IdentityCard, Field::IdentityCardType, Field::BirthDate}) {
        setKnown(out.acknowledged, field, request.record[field]);
    }
}

void accept(const CollectLicence& request, Outcome& out) {
    if (out.ledger.zzeCertId != request.zzeCertId) out.ledger.predecessorId = out.ledger.zzeCertId;
    out.ledger.zzeCertId = request.zzeCertId;
    out.ledger.stage = Stage::Collected;
}

}  // namespace

Outcome accepted(const Step& step, const LedgerEntry& before, const Acknowledged& acknowledged,
                 const std::string& eCertId, const std::string& codeId, TimePoint now) {
    Outcome out{before, acknowledged};
    out.ledger.state = step.after;
    out.ledger.origin = Origin::Pushed;
    out.ledger.dirty = true;  // the plan is asked again on its own outcome
    out.ledger.reviewAt.reset();
    std::visit(
        [&](const auto& request) {
            using Kind = std::decay_t<decltype(request)>;
            if constexpr (std::is_same_v<Kind, AssignCode>) {
                accept(request, step, codeId, now, out);
                out.ledger.lastECertId = eCertId;
            } else if constexpr (std::is_same_v<Kind, UpdateState>) {
                accept(request, step, now, out);
                out.ledger.lastECertId = eCertId;
            } else if constexpr (std::is_same_v<Kind, ChangeIdentity> || std::is_same_v<Kind, CollectLicence>) {
                accept(request, out);
            }
        },
        step.request);
    return out;
}

}  // namespace lianzheng
