#include "gateway/reporting/statement_page.h"

#include <fmt/format.h>

#include <chrono>

#include "gateway/reporting/html_page.h"

namespace lianzheng {
namespace {

constexpr std::string_view kStyle = R"css(
* { box-sizing: border-box; }
body { margin: 0; background: #eef1f5; color: #1f2933; font: 14px/1.65 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif; overflow-wrap: anywhere; }
main { max-width: 210mm; margin: 16px auto; padding: 16mm 16mm 12mm; background: #fff; }
h1 { margin: 0 0 4mm; font-size: 24px; text-align: center; letter-spacing: .1em; font-weight: 600; }
h2 { margin: 5mm 0 1mm; font-size: 15px; }
p { margin: 1mm 0; }
.about { display: flex; justify-content: space-between; gap: 8mm; margin-bottom: 3mm; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 12.5px; line-height: 1.45; }
th, td { padding: 1.4mm 2mm; border: 1px solid #9aa7b4; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { background: #f3f6fa; }
th:first-child { width: 17%; } th:last-child { width: 12%; }
tr.different td { font-weight: 600; } tr.different td:last-child { color: #b3261e; }
.none { color: #9aa7b4; }
.head { font: 10.5px/1.5 Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.small { color: #5c6b7a; font-size: 11.5px; }
.sign { display: flex; gap: 10mm; margin-top: 10mm; }
.sign span { flex: 1; border-top: 1px solid #1f2933; padding-top: 1.5mm; }
@page { size: A4 portrait; margin: 14mm 15mm; }
@media print {
  body { background: #fff; font-size: 12px; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main { max-width: none; margin: 0; padding: 0 1px; }
  table { font-size: 11px; } th, td { padding: 1mm 1.6mm; } tr, .sign { break-inside: avoid; }
}
)css";

constexpr Label kTitle{"证书核验情况说明", "Statement on the verification of a certificate"};
constexpr Label kNumber{"证书编号：", "Certificate: "};
constexpr Label kDay{"核验日期：", "Verified on: "};
constexpr Label kItem{"项目", "Field"};
constexpr Label kProvince{"省系统", "Province"};
constexpr Label kLedger{"推送台账", "Push ledger"};
constexpr Label kNational{"全国平台", "National platform"};
constexpr Label kAgreement{"比对", "Agreement"};
constexpr Label kRead{"数据时间", "As of"};
constexpr Label kConclusion{"核验结论", "Conclusion"};
constexpr Label kMeaning{
    "“推送台账”为全国平台最后一次受理的内容；“—”为该方未显示。证件号码已作遮盖。",
    "\"Push ledger\" is what the national platform last accepted; \"—\": that side does not show it. Identity numbers "
    "are masked."};
constexpr Label kByHand{"人工查询：", "To look it up by hand: "};
constexpr Label kEvidence{"推送存证链头", "Head of the evidence chain"};
constexpr Label kSigned{"核验人（签字）", "Verified by (signature)"};
constexpr Label kUnit{"单位（盖章）", "Office (seal)"};
constexpr Label kDate{"日期", "Date"};

std::string dayIn(TimePoint at, Language language) {
    const Date day = Date::inShanghai(at);
    if (language == Language::English) return day.str();
    const std::chrono::year_month_day parts{day.days()};
    return fmt::format("{}年{}月{}日", static_cast<int>(parts.year()), static_cast<unsigned>(parts.month()),
                       static_cast<unsigned>(parts.day()));
}

std::string cell(const std::string& value) {
    return value.empty() ? "<td class=\"none\">—</td>" : "<td>" + escaped(value) + "</td>";
}

std::string tableOf(const Verification& verification, const std::vector<ComparedField>& fields, Language language) {
    std::string text = "<table>\n<thead><tr>";
    for (const Label& head : {kItem, kProvince, kLedger, kNational, kAgreement}) {
        text += fmt::format("<th>{}</th>", head.in(language));
    }
    text += "</tr></thead>\n<tbody>\n";
    for (const ComparedField& field : fields) {
        text += fmt::format("<tr{}><td>{}</td>{}{}{}<td>{}</td></tr>\n",
                            field.agreement == Agreement::Different ? " class=\"different\"" : "", escaped(field.label),
                            cell(field.province), cell(field.ledger), cell(field.national),
                            nameOf(field.agreement, language));
    }
    text += fmt::format(
        "<tr><td>{}</td>{}{}{}<td></td></tr>\n", kRead.in(language), cell(readingOf(verification.province, language)),
        cell(readingOf(verification.ledger, language)), cell(readingOf(verification.national, language)));
    return text + "</tbody>\n</table>\n";
}

}  // namespace

std::string statementPage(const Verification& verification, Language language) {
    const std::vector<ComparedField> fields = comparedFields(verification, language);
    std::string text = pageHead(language == Language::Chinese ? "zh-CN" : "en", kTitle.in(language), {}, kStyle);
    text += fmt::format("<main>\n<h1>{}</h1>\n<p class=\"about\"><span>{}<b>{}</b></span><span>{}{}</span></p>\n",
                        kTitle.in(language), kNumber.in(language), escaped(verification.number), kDay.in(language),
                        dayIn(verification.at, language));
    text += tableOf(verification, fields, language);
    text += fmt::format("<p class=\"small\">{}</p>\n<h2>{}</h2>\n", kMeaning.in(language), kConclusion.in(language));
    for (const std::string& sentence : conclusionOf(verification, fields, language)) {
        text += "<p>" + escaped(sentence) + "</p>\n";
    }
    const auto national = verification.national.answer;
    const bool byHand = national == CertificateSide::Answer::NotAsked || national == CertificateSide::Answer::Away;
    if (byHand && !verification.link.empty()) {
        text += fmt::format("<p>{}{}</p>\n", kByHand.in(language), escaped(verification.link));
    }
    text += fmt::format("<h2>{}</h2>\n<p class=\"head\">{}</p>\n", kEvidence.in(language),
                        escaped(verification.evidenceHead.empty() ? "—" : verification.evidenceHead));
    text += fmt::format("<p class=\"sign\"><span>{}</span><span>{}</span><span>{}</span></p>\n</main>\n",
                        kSigned.in(language), kUnit.in(language), kDate.in(language));
    return text + pageEnd();
}

}  // namespace lianzheng
