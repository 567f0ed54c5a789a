#include "gateway/reconcile/finding_kind.h"

#include <algorithm>

namespace lianzheng {
namespace {

struct Names {
    FindingKind kind;
    std::string_view word;
    std::string_view chinese;
    std::string_view english;
};

constexpr std::array<Names, kFindingKinds.size()> kNames{{
    {FindingKind::MissingNational, "missing_national", "部平台缺证", "Missing at the platform"},
    {FindingKind::MissingProvincial, "missing_provincial", "省系统缺证", "Missing in the province"},
    {FindingKind::FieldMismatch, "field_mismatch", "信息不一致", "Field differs"},
    {FindingKind::StateMismatch, "state_mismatch", "状态不一致", "State differs"},
    {FindingKind::IdentityMismatch, "identity_mismatch", "证件号码不一致", "Identity document differs"},
    {FindingKind::Duplicate, "duplicate", "证书编号重复", "Duplicate number"},
    {FindingKind::IdentifierDuplicate, "identifier_duplicate", "证照标识重复", "Duplicate licence identifier"},
    {FindingKind::ExpiredNotCancelled, "expired_not_cancelled", "过期未注销", "Expired, not cancelled"},
    {FindingKind::LegacyNotConverted, "legacy_not_converted", "旧编号未换发", "Legacy number not converted"},
    {FindingKind::RuleConflict, "rule_conflict", "持证规则冲突", "Holding rule"},
    {FindingKind::Blocked, "blocked", "数据受阻", "Blocked"},
    {FindingKind::Stuck99, "stuck_99", "滞留于其他状态", "Stuck in state 99"},
    {FindingKind::TakenElsewhere, "taken_elsewhere", "外省已转入", "Taken in by another province"},
}};

const Names& namesOf(FindingKind kind) { return kNames.at(static_cast<std::size_t>(kind)); }

}  // namespace

std::string_view word(FindingKind kind) { return namesOf(kind).word; }
std::string_view chineseName(FindingKind kind) { return namesOf(kind).chinese; }
std::string_view englishName(FindingKind kind) { return namesOf(kind).english; }

std::optional<FindingKind> findingKindOf(std::string_view word) {
    const auto* const found =
        std::find_if(kNames.begin(), kNames.end(), [&](const Names& names) { return names.word == word; });
    if (found == kNames.end()) return std::nullopt;
    return found->kind;
}

}  // namespace lianzheng
