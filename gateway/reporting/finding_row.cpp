#include "gateway/reporting/finding_row.h"

#include "gateway/reporting/finding_text.h"
#include "mappings/date.h"

namespace lianzheng {

std::array<std::string_view, kFindingColumns> findingHeads(Language language) {
    using namespace labels;
    const std::array<Label, kFindingColumns> named{kCity,
                                                   kAuthority,
                                                   kTelephone,
                                                   kClass,
                                                   {"类别代码", "Kind"},
                                                   kNumber,
                                                   kField,
                                                   kProvincial,
                                                   kNational,
                                                   kCause,
                                                   kHelp,
                                                   kOwner,
                                                   kCompany,
                                                   kNextStep,
                                                   kSince,
                                                   kLastSeen,
                                                   {"字段代码", "Field code"},
                                                   kStage,
                                                   kDue,
                                                   kAssigned};
    std::array<std::string_view, kFindingColumns> heads{};
    for (std::size_t i = 0; i < named.size(); ++i) heads.at(i) = named.at(i).in(language);
    return heads;
}

FindingRow findingRow(const ReportInput& input, const Finding& found) {
    const Finding finding = shownFinding(found, input.inFull);
    const Language language = input.language;
    const Authority& authority = input.districts->find(finding.authority);
    const auto kind = findingKindOf(finding.kind);
    return {authority.city,
            authority.name,
            telephonesOf(authority),
            std::string(kind ? nameOf(*kind, language) : finding.kind),
            finding.kind,
            finding.number,
            fieldLabel(finding.field, language),
            finding.provincialValue,
            finding.nationalValue,
            finding.cause,
            finding.help,
            std::string(nameOf(finding.owner, language)),
            finding.company,
            stepLabel(finding.nextStep, language),
            shanghaiText(finding.firstSeen),
            shanghaiText(finding.lastSeen),
            finding.field,
            std::string(stageLabel(finding, language)),
            dueDay(finding),
            finding.assigned.empty() ? "" : input.districts->find(finding.assigned).name};
}

}  // namespace lianzheng
