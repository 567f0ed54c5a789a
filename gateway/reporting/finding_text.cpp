#include "gateway/reporting/finding_text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "gateway/reconcile/finding_kind.h"
#include "mappings/certificate.h"
#include "mappings/credit_code.h"
#include "mappings/identity_number.h"
#include "mappings/masked.h"
#include "mappings/operation.h"

namespace lianzheng {
namespace {

/// Whether `text` has the form of a licence identifier, right or wrong, and nobody's number for one of its parts.
bool isLicence(std::string_view text) {
    if (!text.starts_with("1.2.156.3005.")) return false;
    if (text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.") != std::string_view::npos) return false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('.', at), text.size());
        if (IdentityNumber::parse(text.substr(at, end - at))) return false;
        at = end + 1;
    }
    return true;
}

/// What is a run of digits by right: no identity number has this form in this field.
bool keepsDigits(std::string_view name, const std::string& value) {
    if (name == "zzeCertID" || name == kLicenceIdentifier) return isLicence(value);
    return name == nationalName(Field::CreditCode) && CreditCode::parse(value) && !IdentityNumber::parse(value);
}

}  // namespace

std::string shownValue(std::string_view name, const std::string& value) {
    if (name == nationalName(Field::IdentityCard)) return value.empty() ? value : masked(value);
    return keepsDigits(name, value) ? value : withoutIdentities(value);
}

Finding shownFinding(Finding finding, bool inFull) {
    if (inFull) return finding;
    finding.provincialValue = shownValue(finding.field, finding.provincialValue);
    finding.nationalValue = shownValue(finding.field, finding.nationalValue);
    for (std::string* const text : {&finding.number, &finding.company, &finding.cause, &finding.help, &finding.note}) {
        *text = withoutIdentities(*text);
    }
    return finding;
}

std::string fieldLabel(std::string_view name, Language language) {
    if (language == Language::English) return std::string(name);
    if (name == "zzeCertID") return "证照标识";
    if (name == kLicenceIdentifier) return "省系统证照标识";
    if (name == "photo") return "照片";
    const auto field = fieldOf(name);
    return std::string(field ? chineseName(*field) : name);
}

std::string eventName(std::string_view what, Language language) {
    if (language == Language::English) return std::string(what);
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kNames{{{"opened", "发现"},
                                                                                   {"reopened", "再次出现"},
                                                                                   {"taken_back", "已撤回"},
                                                                                   {"acceptance_ended", "接受到期"},
                                                                                   {"outgrown", "内容有变，接受终止"},
                                                                                   {"repaired", "已修复"},
                                                                                   {"closed", "已关闭"},
                                                                                   {"unrepaired", "修复未见效"}}};
    for (const auto& [word, name] : kNames) {
        if (word == what) return std::string(name);
    }
    const auto stage = findingStageOf(what);
    return std::string(stage ? chineseName(*stage) : what);
}

std::string_view stageLabel(const Finding& finding, Language language) {
    return finding.open ? nameOf(finding.stage, language) : labels::kClosedSince.in(language);
}

std::string_view stageWord(const Finding& finding) { return finding.open ? word(finding.stage) : "closed"; }

std::string stepLabel(std::string_view step, Language language) {
    if (language == Language::English || step.empty()) return std::string(step);
    if (step == "identity") return "证件号码变更";
    if (step == "collect") return "归集";
    const std::size_t dot = step.find('.');
    if (dot == std::string_view::npos) return std::string(step);
    const auto type = operateTypeOf(step.substr(dot + 1));
    if (!type) return std::string(step);
    std::string text(step.substr(0, dot) == "assign" ? "赋码·" : "状态更新·");
    return text.append(chineseName(*type));
}

std::string telephonesOf(const Authority& authority) {
    std::string text;
    for (const Telephone& telephone : authority.telephones) {
        if (!text.empty()) text += "、";
        text += telephone.number;
        if (!telephone.matter.empty()) text += "（" + telephone.matter + "）";
    }
    return text;
}

std::string dueDay(const Finding& finding) {
    return finding.dueAt == TimePoint{} ? "" : shanghaiText(finding.dueAt).substr(0, 10);
}

std::uint64_t ageInDays(const Finding& finding, const RunRow& run) {
    if (finding.firstSeen >= run.startedAt) return 0;
    return static_cast<std::uint64_t>(std::chrono::floor<std::chrono::days>(run.startedAt - finding.firstSeen).count());
}

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, 1, ',');
    return text;
}

}  // namespace lianzheng
