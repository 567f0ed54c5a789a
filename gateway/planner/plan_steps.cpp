#include "gateway/planner/plan_steps.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "mappings/certificate_number.h"
#include "mappings/licence_identifier.h"
#include "mappings/special_number.h"

namespace lianzheng::planning {
namespace {

Blocked blocked(std::string reason, std::string why, std::string help, Owner owner) {
    return Blocked{Advice{std::move(reason), "", std::move(why), std::move(help), owner}};
}

Step stepOf(const Case& c, Request request, CertState after, std::string fields) {
    Step step;
    step.request = std::move(request);
    step.after = after;
    step.fields = std::move(fields);
    step.seen = c.desired.seen;
    step.push = c.desired.push;
    step.comparable = c.desired.comparable;
    step.photoVersion = c.desired.facts.photoVersion;
    return step;
}

/// The first problem that stands in the way of a request that carries `needed` (empty: every field and the photo).
const Invalid* problemAmong(const Case& c, std::span<const Field> needed) {
    for (const Invalid& problem : c.desired.problems) {
        if (problem.field == kLicenceTime) continue;
        if (needed.empty() || problem.rule == Rule::Duplicate) return &problem;
        const auto field = fieldOf(problem.field);
        if (field && std::find(needed.begin(), needed.end(), *field) != needed.end()) return &problem;
    }
    return nullptr;
}

/// The identifier of the licence that is there now: the one before with its version one up, or the first.
Checked<LicenceIdentifier> nextIdentifier(const Case& c) {
    if (const auto previous = LicenceIdentifier::parse(c.ledger.zzeCertId)) return previous->next();
    const std::string_view type = licenceType(c.policy.type);
    const std::string& issuer = c.desired.record[Field::IssuAuthCode];
    if (c.policy.type == CertificateType::Tezhong) {
        const auto number = SpecialNumber::parse(c.ledger.number);
        if (!number) return tl::make_unexpected(number.error());
        return LicenceIdentifier::first(type, issuer, number->yearAndSerial());
    }
    const auto number = CertificateNumber::parse(c.ledger.number);
    if (!number) return tl::make_unexpected(number.error());
    return LicenceIdentifier::compute(type, issuer, *number, 1);
}

/// What is loaded on push and meets `wanted`; state and its description go by themselves.
template <class Wanted>
std::vector<Field> loadedFields(const Case& c, Wanted&& wanted) {
    std::vector<Field> fields;
    for (const Field field : kFields) {
        const bool apart = field == Field::CertState || field == Field::CertStatusDescription;
        if (!apart && c.policy.loaded.test(static_cast<std::size_t>(field)) && wanted(field)) fields.push_back(field);
    }
    return fields;
}

std::vector<Field> unknown(const Case& c) {
    return loadedFields(c, [&](Field field) { return !c.acknowledged.knows(field); });
}

/// Whether the ledger has a digest that says something about this row.
bool digested(const Case& c) {
    return !c.ledger.push.none() && c.ledger.digestVersion == kDigestVersion &&
           c.ledger.mappingVersion == c.policy.mappingVersion;
}

}  // namespace

Case lookAt(const Desired& desired, const LedgerEntry& ledger, const Acknowledged& acknowledged, const Policy& policy,
            TimePoint now) {
    Case c{desired, ledger, acknowledged, policy, now, CertState::None, std::nullopt, false, false};
    c.want = certStateOf(desired.record[Field::CertState]).value_or(CertState::None);
    c.end = Date::parse(desired.record[Field::ExpiringDate]);
    c.pastEnd = c.end && *c.end < Date::inShanghai(now);
    const bool active = c.want == CertState::Valid || c.want == CertState::Suspended;
    c.expired = (active && c.pastEnd) || c.want == CertState::Lapsed;
    return c;
}

Blocked finalState(const Case& c) {
    std::string why = "部平台登记为“";
    why.append(chineseName(c.ledger.state)).append("”，省系统为“").append(chineseName(c.want));
    why.append(c.pastEnd ? "（已过有效期）”，" : "”，").append("终态不能再变更。");
    return blocked(c.ledger.state == CertState::Other ? "stuck_99" : "final_state", std::move(why),
                   "核实省系统状态；如部平台状态有误，由省中心联系部平台处理。", Owner::ProvinceCentre);
}

std::vector<Field> differing(const Case& c) {
    return loadedFields(c, [&](Field field) {
        if (!c.acknowledged.knows(field)) return c.policy.pushAdopted;
        return c.desired.record[field] != c.acknowledged.record[field];
    });
}

bool photoDiffers(const Case& c) {
    return (!c.ledger.photoVersion.empty() || digested(c)) && c.ledger.photoVersion != c.desired.facts.photoVersion;
}

bool sameDigest(const Case& c) {
    if (c.policy.pushAdopted && !unknown(c).empty()) return false;
    return c.ledger.digestVersion == kDigestVersion && !c.ledger.push.none() && c.ledger.push == c.desired.push;
}

std::vector<Field> unseenChanges(const Case& c) {
    return digested(c) && c.ledger.push != c.desired.push ? unknown(c) : std::vector<Field>{};
}

bool contains(const std::vector<Field>& fields, Field field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

std::string names(const std::vector<Field>& fields, bool photo) {
    std::string text;
    for (const Field field : fields) text.append(text.empty() ? "" : ",").append(nationalName(field));
    if (photo) text.append(text.empty() ? "" : ",").append("photo");
    return text;
}

Plan assign(const Case& c, OperateType type, std::string fields) {
    if (const Invalid* problem = problemAmong(c, {})) return Blocked{adviceFor(*problem)};
    AssignCode request;
    request.operateType = type;
    request.record = c.desired.record;
    request.record[Field::CertState] = code(CertState::Valid);
    request.record[Field::CertStatusDescription].clear();
    if (type == OperateType::TransferIn) {
        request.oldCertNum = c.desired.facts.predecessorNumber;
        request.associatedZzeCertId = c.desired.facts.predecessorIdentifier;
    } else if (type != OperateType::Issue) {
        request.associatedZzeCertId = c.ledger.zzeCertId;
    }
    return stepOf(c, std::move(request), CertState::Valid, std::move(fields));
}

Plan update(const Case& c, OperateType type, CertState after) {
    static constexpr std::array kNeeded{Field::CertNum, Field::CategoryCode, Field::OperationCategory,
                                        Field::ProvinceNum};
    static constexpr std::array kHeld{Field::IdentityCard, Field::CreditCode};
    UpdateState request;
    request.operateType = type;
    request.record = c.desired.record;
    std::vector<Field> needed(kNeeded.begin(), kNeeded.end());
    for (const Field field : kHeld) {  // the platform looks the certificate up by what it holds itself
        if (c.acknowledged.knows(field)) {
            request.record[field] = c.acknowledged.record[field];
        } else {
            needed.push_back(field);
        }
    }
    if (const Invalid* problem = problemAmong(c, needed)) return Blocked{adviceFor(*problem)};
    request.record[Field::CertState] = code(after);
    request.zzeCertId = c.ledger.zzeCertId;
    std::string& description = request.record[Field::CertStatusDescription];
    const bool dated = c.pastEnd && c.expired;
    if (dated) description = "有效期届满";
    if (after == CertState::Other && description.empty()) {
        return Blocked{adviceFor({std::string(nationalName(Field::CertStatusDescription)), Rule::Missing})};
    }
    Step step = stepOf(c, std::move(request), after, std::string(nationalName(Field::CertState)));
    step.releasing = type == OperateType::End || type == OperateType::Lapse || type == OperateType::Suspend;
    step.dueToDate = dated;
    const bool sanction =
        type == OperateType::Suspend || (type == OperateType::End && after != CertState::TransferredOut && !dated);
    if (sanction) step.lane = Lane::Enforcement;
    return step;
}

Plan changeIdentity(const Case& c) {
    static constexpr std::array kNeeded{Field::CertNum,         Field::CategoryCode, Field::OperationCategory,
                                        Field::ProvinceNum,     Field::IdentityCard, Field::BirthDate,
                                        Field::IdentityCardType};
    if (const Invalid* problem = problemAmong(c, kNeeded)) return Blocked{adviceFor(*problem)};
    if (c.ledger.lastECertId.empty()) {
        return blocked("event_unknown", "证件号码已变更，但缺少上次推送的业务流水号，无法办理证件号码变更。",
                       "用前置库数据重新接管（adopt），或由省中心联系部平台。", Owner::ProvinceCentre);
    }
    ChangeIdentity request;
    request.eCertId = c.ledger.lastECertId;
    request.record = c.desired.record;
    return stepOf(c, std::move(request), c.ledger.state, std::string(nationalName(Field::IdentityCard)));
}

bool awaitsLicence(const Case& c) { return c.ledger.stage == Stage::WaitingLicence && c.policy.collects; }

Plan collect(const Case& c) {
    const SourceFacts& facts = c.desired.facts;
    if (c.ledger.codeMissing || c.ledger.codeId.empty()) {
        return blocked("code_missing", "部平台已受理赋码，但电子证照编码随回执丢失。",
                       "从前置库恢复编码（adopt），或由省中心向部平台查询。", Owner::ProvinceCentre);
    }
    for (const Invalid& problem : c.desired.problems) {
        if (problem.field == kLicenceTime) return Blocked{adviceFor(problem)};
    }
    if (!facts.licenceTime || !c.ledger.codeAt || *facts.licenceTime <= *c.ledger.codeAt || facts.licenceUrl.empty()) {
        return Waiting{Waiting::For::LicenceFile, c.now + c.policy.licencePoll};
    }
    CollectLicence request{c.ledger.codeId, facts.licenceIdentifier, facts.licenceUrl};
    if (request.zzeCertId.empty()) {
        const auto identifier = nextIdentifier(c);
        if (!identifier) return Blocked{adviceFor(identifier.error())};
        request.zzeCertId = identifier->str();
    }
    return stepOf(c, std::move(request), c.ledger.state, "licence");
}

}  // namespace lianzheng::planning
