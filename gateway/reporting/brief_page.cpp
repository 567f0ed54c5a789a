#include "gateway/reporting/brief_page.h"

#include <fmt/format.h>

#include "gateway/reporting/finding_text.h"
#include "gateway/reporting/html_page.h"

namespace lianzheng {
namespace {

std::string periodOf(const BriefScope& scope) {
    return scope.first == scope.last ? scope.first.str() : scope.first.str() + " – " + scope.last.str();
}

constexpr std::string_view kStyle =
    ".brief td { overflow-wrap: break-word; } .brief td.n, .brief th.n { width: 8%; }\n"
    ".tiles { grid-template-columns: repeat(6, 1fr); }\n"
    ".nothing { padding: 6px; text-align: left; background: none; font-size: inherit; }\n";

std::string tile(const Label& name, const std::string& value, const std::string& note, std::string_view mood,
                 Language language) {
    return fmt::format("<div class=\"tile {}\"><span>{}</span><b>{}</b><small>{}</small></div>\n", mood,
                       name.in(language), value, escaped(note));
}

std::string shareOf(const Ratio& ratio) {
    return ratio.whole == 0 ? std::string() : grouped(ratio.part) + " ÷ " + grouped(ratio.whole);
}

std::string tilesOf(const Brief& brief, Language language) {
    std::string text = "<section class=\"tiles\">\n";
    text += tile({"归集率", "Collected"}, brief.collected.text(), shareOf(brief.collected), "", language);
    text += tile({"及时率", "Timely"}, brief.timely.text(), shareOf(brief.timely), "", language);
    text += tile({"一致率", "Equal"}, brief.equal.text(), shareOf(brief.equal), "", language);
    text += tile(
        {"本期受理", "Accepted"}, grouped(brief.accepted),
        fmt::format(fmt::runtime(language == Language::Chinese ? "退回 {}" : "{} refused"), grouped(brief.refused)), "",
        language);
    const auto late = [&](const Label& name, std::uint64_t count, const char* note, std::uint64_t of) {
        text += tile(name, grouped(count), fmt::format(fmt::runtime(note), grouped(of)), count == 0 ? "good" : "bad",
                     language);
    };
    const bool chinese = language == Language::Chinese;
    late({"办理逾期", "Overdue operations"}, brief.figures.overdueTotal, chinese ? "受阻 {}" : "{} blocked",
         brief.blocked);
    late({"差异超期", "Overdue findings"}, brief.figures.lateFindingsTotal,
         chinese ? "差异 {}，另含受阻" : "{} findings, and blocked", brief.differing);
    return text + "</section>\n";
}

std::string tableOf(const BriefTable& table, Language language) {
    std::string text = fmt::format("<h2>{}</h2>\n", escaped(table.title));
    if (table.rows.empty()) {
        return text + fmt::format("<p class=\"nothing\">{}</p>\n", language == Language::Chinese ? "无" : "none");
    }
    const std::size_t texts = table.heads.size() - table.numbers;
    text += "<table class=\"brief\">\n<thead><tr>";
    for (std::size_t i = 0; i < table.heads.size(); ++i) {
        text += fmt::format("<th{}>{}</th>", i >= texts ? " class=\"n\"" : "", escaped(table.heads[i]));
    }
    text += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
        text += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += fmt::format("<td{}>{}</td>", i >= texts ? " class=\"n\"" : "", escaped(row[i]));
        }
        text += "</tr>\n";
    }
    text += "</tbody>\n</table>\n";
    if (!table.note.empty()) text += "<p class=\"note\">" + escaped(table.note) + "</p>\n";
    return text;
}

}  // namespace

std::string briefPage(const Brief& brief, const Districts& districts, const std::string& evidenceHead,
                      Language language) {
    const bool chinese = language == Language::Chinese;
    const std::string title =
        std::string(chinese ? "证书省部同步" : "Certificates: ").append(nameOf(brief.scope.kind, language));
    std::string text = pageHead(chinese ? "zh-CN" : "en", title, {}, std::string(pageStyle()).append(kStyle));
    text += fmt::format(
        "<main>\n<header>\n<h1>{}</h1>\n<dl><div><dt>{}</dt><dd>{}</dd></div><div><dt>{}</dt><dd>{}</dd></div></dl>\n"
        "</header>\n",
        title, chinese ? "期间" : "Period", periodOf(brief.scope), chinese ? "生成时间" : "Made",
        shanghaiText(brief.scope.at));
    text += tilesOf(brief, language);
    for (const BriefTable& table : tablesOf(brief, districts, language)) text += tableOf(table, language);
    text += fmt::format("<h2>{}</h2>\n<ul>\n", chinese ? "口径与未知" : "How it is meant, and what is not known");
    for (const std::string& note : notesOf(brief, language)) text += "<li>" + escaped(note) + "</li>\n";
    text += fmt::format("</ul>\n<p class=\"note\">{}{}</p>\n<footer>{}<br><code>{}</code></footer>\n</main>\n",
                        labels::kPhonesAsOf.in(language), escaped(districts.asOf()), labels::kEvidence.in(language),
                        escaped(evidenceHead.empty() ? "–" : evidenceHead));
    return text + pageEnd();
}

}  // namespace lianzheng
