#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/reconcile/finding_kind.h"
#include "gateway/store/finding_stage.h"
#include "mappings/advice.h"
#include "mappings/operation.h"

namespace lianzheng {

/// The language of headings. What is said of a finding stays Chinese.
enum class Language : std::uint8_t { Chinese, English };

/// One heading in both languages.
struct Label {
    std::string_view chinese;
    std::string_view english;
    [[nodiscard]] constexpr std::string_view in(Language language) const {
        return language == Language::Chinese ? chinese : english;
    }
};

namespace labels {

inline constexpr Label kTitle{"安管人员证书省部数据对账报告", "Certificates: province against national platform"};
inline constexpr Label kSubtitle{"省系统与全国工程质量安全监管信息平台的逐证比对",
                                 "Certificate by certificate, provincial system against the national platform"};
inline constexpr Label kAsOf{"数据截至", "As of"};
inline constexpr Label kScope{"比对范围", "Scope"};
inline constexpr Label kRun{"运行编号", "Run"};
inline constexpr Label kCompared{"比对证书", "Compared"};
inline constexpr Label kEqual{"一致", "In step"};
inline constexpr Label kRate{"一致率", "Agreement"};
inline constexpr Label kWithoutFindings{"无差异占比", "Without findings"};
inline constexpr Label kDiffering{"有差异的证书", "Differing certificates"};
inline constexpr Label kFindings{"差异项", "Findings"};
inline constexpr Label kNew{"本次新发现", "New in this run"};
inline constexpr Label kExcused{"办理中", "Under way"};
inline constexpr Label kExcusedNote{"推送中、等待中或视图之后受理，不计差异",
                                    "being pushed, waiting or accepted since the view, not counted"};
inline constexpr Label kByClass{"差异类别与责任方", "By class and owner"};
inline constexpr Label kByCity{"各市情况", "By city authority"};
inline constexpr Label kDetails{"差异明细", "Details"};
inline constexpr Label kClass{"差异类别", "Class"};
inline constexpr Label kTotal{"合计", "Total"};
inline constexpr Label kAuthority{"主管部门", "Authority"};
inline constexpr Label kCity{"市", "City"};
inline constexpr Label kTelephone{"联系电话", "Telephone"};
inline constexpr Label kNumber{"证书编号", "Certificate"};
inline constexpr Label kField{"项目", "Field"};
inline constexpr Label kProvincial{"省系统", "Province"};
inline constexpr Label kNational{"部平台", "Platform"};
inline constexpr Label kCause{"原因", "Cause"};
inline constexpr Label kHelp{"怎么办", "What helps"};
inline constexpr Label kOwner{"责任方", "Owner"};
inline constexpr Label kCompany{"企业", "Company"};
inline constexpr Label kNextStep{"下一步", "Next step"};
inline constexpr Label kSince{"首次发现", "Since"};
inline constexpr Label kLastSeen{"最近发现", "Last seen"};
inline constexpr Label kEvidence{"推送存证链头", "Head of the evidence chain"};
inline constexpr Label kNothing{"没有差异。", "No differences."};
inline constexpr Label kMore{"其余明细见同名 CSV 文件：", "The rest is in the CSV file of the same name: "};
inline constexpr Label kHowToSay{
    "处理一项差异：lianzheng finding acknowledge、assign、accept 或 "
    "reopen，后接单引号内的“证书编号”，照本页所示（含“源主键”）。",
    "To act on one: lianzheng finding acknowledge, assign, accept or reopen, and the certificate as it stands here "
    "(源主键 too), in single quotes."};
inline constexpr Label kPhonesAsOf{"联系电话以下列日期公布的为准：", "Telephone numbers as published on "};
inline constexpr Label kAge{"存在时间", "Age"};
inline constexpr Label kAll{"全部", "all"};
inline constexpr Label kSearch{"查找", "Search"};
inline constexpr Label kSort{"排序", "Sort by"};
inline constexpr Label kByCityAndClass{"市、类别", "city and class"};
inline constexpr Label kReversed{"倒序", "reversed"};
inline constexpr Label kReset{"清除", "Clear"};
inline constexpr Label kPreparedBy{"经办人", "Prepared by"};
inline constexpr Label kCheckedBy{"复核人", "Checked by"};
inline constexpr Label kApprovedBy{"负责人", "Approved by"};
inline constexpr Label kSealOf{"单位（盖章）", "Seal"};
inline constexpr Label kSignedOn{"日期", "Date"};
inline constexpr Label kInFull{"本报告含身份证件号码全文，请按个人信息保护要求保管、使用和销毁。",
                               "Identity numbers stand in full in this report: keep, use and destroy it accordingly."};
inline constexpr Label kStage{"处理状态", "Stage"};
inline constexpr Label kClosedSince{"此后已关闭", "closed since"};
inline constexpr Label kMade{"生成时间", "Made"};
inline constexpr Label kDue{"期限", "Due"};
inline constexpr Label kOverdue{"已超期", "overdue"};
inline constexpr Label kAssigned{"已转办", "Assigned to"};
inline constexpr Label kAgeDays{"已存在天数", "Days open"};
inline constexpr Label kNoCompany{"（未注明企业）", "(no company given)"};
inline constexpr Label kReason{"原因代码", "Reason"};
inline constexpr Label kNobody{"无受阻证书。", "Nothing is blocked."};

}  // namespace labels

std::string_view nameOf(FindingKind kind, Language language);
std::string_view nameOf(Owner owner, Language language);
std::string_view nameOf(FindingStage stage, Language language);
std::string_view nameOf(CertState state, Language language);
/// What a run compared with: 部平台前置库 …
std::string_view scopeName(std::string_view against, Language language);

}  // namespace lianzheng
