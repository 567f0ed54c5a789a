#include "gateway/reporting/finding_text.h"

#include <array>
#include <chrono>
#include <utility>

#include "mappings/certificate.h"
#include "mappings/masked.h"
#include "mappings/operation.h"

namespace lianzheng {
namespace {

std::string shown(const Finding& finding, const std::string& value, bool inFull) {
    const bool hides = !inFull && finding.field == nationalName(Field::IdentityCard) && !value.empty();
    return hides ? masked(value) : value;
}

}  // namespace

std::string shownProvincial(const Finding& finding, bool inFull) {
    return shown(finding, finding.provincialValue, inFull);
}
std::string shownNational(const Finding& finding, bool inFull) { return shown(finding, finding.nationalValue, inFull); }

std::string fieldLabel(std::string_view name, Language language) {
    if (language == Language::English) return std::string(name);
    if (name == "zzeCertID") return "证照标识";
    if (name == "photo") return "照片";
    const auto field = fieldOf(name);
    return std::string(field ? chineseName(*field) : name);
}

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
