#include "gateway/reporting/html_report.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "gateway/reporting/finding_text.h"
#include "gateway/reporting/html_charts.h"
#include "gateway/reporting/html_page.h"
#include "gateway/reporting/report_summary.h"
#include "mappings/date.h"

namespace lianzheng {
namespace {

using namespace labels;

std::string telephones(const Authority& authority) {
    std::string text;
    for (const Telephone& each : authority.telephones) {
        text += fmt::format("<span class=\"tel\">{}{}</span>", escaped(each.number),
                            each.matter.empty() ? "" : "（" + escaped(each.matter) + "）");
    }
    return text;
}

/// One page on its way to `out`.
class HtmlReport {
public:
    HtmlReport(const ReportInput& input, const ReportSummary& summary, std::ostream& out)
        : input_(input), summary_(summary), out_(out), language_(input.language) {}

    void head() {
        out_ << pageHead(language_ == Language::Chinese ? "zh-CN" : "en", in(kTitle), pageScript());
        fmt::print(out_, "<main>\n<header>\n<h1>{}</h1>\n<p>{}</p>\n<dl>", in(kTitle), in(kSubtitle));
        if (input_.only != nullptr) {
            pair(kAuthority, input_.only->name);
            pair(kTelephone, telephonesOf(*input_.only));
        }
        pair(kAsOf, shanghaiText(input_.run.startedAt));
        pair(kMade, shanghaiText(input_.madeAt));
        pair(kScope, scopeName(input_.against, language_));
        pair(kRun, std::to_string(input_.run.id));
        out_ << "</dl>";
        if (input_.inFull) fmt::print(out_, "<p class=\"warning\">{}</p>", in(kInFull));
        if (input_.superseded) fmt::print(out_, "<p class=\"warning\">{}</p>", tableNote(input_, summary_));
        out_ << "\n</header>\n";
    }

    void tiles() {
        const Tally& tally = input_.tally;
        out_ << "<section class=\"tiles\">\n";
        tile("", grouped(tally.compared), in(kCompared), "");
        const RateShown rate = rateOf(input_);
        tile("good", rate.ratio.text(), in(rate.label),
             input_.only != nullptr ? "" : fmt::format("{} {}", in(kEqual), grouped(tally.equal)));
        tile(tally.differing == 0 ? "good" : "bad", grouped(tally.differing), in(kDiffering), "");
        tile(summary_.total == 0 ? "good" : "bad", grouped(summary_.total), in(kFindings), "");
        tile("", grouped(summary_.fresh), in(kNew), "");
        if (input_.only == nullptr) tile("wait", grouped(tally.excused()), in(kExcused), in(kExcusedNote));
        out_ << "</section>\n" << chartsOf(input_, summary_);
    }

    void classes() {
        fmt::print(out_, "<h2>{}</h2>\n<table class=\"matrix\">\n<thead><tr><th>{}</th>", in(kByClass), in(kClass));
        for (const Owner owner : kOwners) fmt::print(out_, "<th class=\"n\">{}</th>", nameOf(owner, language_));
        fmt::print(out_, "<th class=\"n\">{}</th></tr></thead>\n<tbody>\n", in(kTotal));
        for (const FindingKind kind : kFindingKinds) {
            if (summary_.of(kind) == 0) continue;
            fmt::print(out_, "<tr><td>{}</td>", nameOf(kind, language_));
            for (const auto count : summary_.byKindAndOwner.at(static_cast<std::size_t>(kind))) number(count);
            number(summary_.of(kind));
            out_ << "</tr>\n";
        }
        fmt::print(out_, "</tbody>\n<tfoot><tr><td>{}</td>", in(kTotal));
        for (const Owner owner : kOwners) number(summary_.of(owner));
        number(summary_.total);
        out_ << "</tr></tfoot>\n</table>\n";
    }

    void cities() {
        std::vector<FindingKind> shown;
        std::copy_if(kFindingKinds.begin(), kFindingKinds.end(), std::back_inserter(shown),
                     [this](FindingKind kind) { return summary_.of(kind) != 0; });
        fmt::print(out_, "<h2>{}</h2>\n<table class=\"wide\">\n<thead><tr><th>{}</th><th class=\"n\">{}</th>",
                   in(kByCity), in(kAuthority), in(kCompared));
        for (const FindingKind kind : shown) fmt::print(out_, "<th class=\"n\">{}</th>", nameOf(kind, language_));
        fmt::print(out_, "<th class=\"n\">{}</th></tr></thead>\n<tbody>\n", in(kTotal));
        std::uint64_t compared = 0;
        for (const Authority& authority : input_.authorities()) compared += city(authority, shown);
        fmt::print(out_, "</tbody>\n<tfoot><tr><td>{}</td>", in(kTotal));
        number(compared);
        for (const FindingKind kind : shown) number(summary_.of(kind));
        number(summary_.total);
        fmt::print(out_, "</tr></tfoot>\n</table>\n<p class=\"note\">{}{}</p>\n", in(kPhonesAsOf),
                   escaped(input_.districts->asOf()));
    }

    Status details() {
        fmt::print(out_, "<div id=\"details\">\n<h2>{}</h2>\n", in(kDetails));
        filterBar();
        const bool whole = input_.only == nullptr;  // a city has no gateway to tell
        if (summary_.total == 0) fmt::print(out_, "<p class=\"nothing\">{}</p>\n", in(kNothing));
        if (summary_.total != 0 && whole) fmt::print(out_, "<p class=\"note\">{}</p>\n", in(kHowToSay));
        std::size_t listed = 0;
        Status read = input_.findings([&](const Finding& finding) {
            if (listed == input_.detailLimit) return false;
            ++listed;
            section(finding);
            row(finding);
            return out_.good();
        });
        closeCity();
        out_ << "</div>\n";
        if (listed < summary_.total) {
            fmt::print(out_, "<p class=\"note\">{}{}</p>\n", in(kMore), grouped(summary_.total - listed));
        }
        return read;
    }

    void foot() {
        out_ << "<section class=\"sign\">";
        for (const Label& label : {kPreparedBy, kCheckedBy, kApprovedBy, kSealOf, kSignedOn}) {
            fmt::print(out_, "<div><span>{}</span><i></i></div>", in(label));
        }
        out_ << "</section>\n";
        fmt::print(out_, "<footer>{}<br><code>{}</code></footer>\n</main>\n{}", in(kEvidence),
                   escaped(input_.evidenceHead.empty() ? "–" : input_.evidenceHead), pageEnd(pageScript()));
    }

private:
    [[nodiscard]] std::string_view in(const Label& label) const { return label.in(language_); }

    void pair(const Label& label, std::string_view value) {
        fmt::print(out_, "<div><dt>{}</dt><dd>{}</dd></div>", in(label), escaped(value));
    }

    void tile(std::string_view mood, std::string_view value, std::string_view name, std::string_view note) {
        fmt::print(out_, "<div class=\"tile {}\"><span>{}</span><b>{}</b><small>{}</small></div>\n", mood, name, value,
                   note);
    }

    void number(std::uint64_t count) {
        fmt::print(out_, "<td class=\"n{}\">{}</td>", count == 0 ? " zero" : "", grouped(count));
    }

    std::uint64_t city(const Authority& authority, const std::vector<FindingKind>& shown) {
        const auto tally = input_.tally.authorities.find(authority.id);
        const std::uint64_t compared = tally == input_.tally.authorities.end() ? 0 : tally->second.compared;
        const std::uint64_t total = summary_.of(authority.id);
        const std::string name = escaped(authority.name);
        fmt::print(out_, "<tr><td>{}<p class=\"phones\">{}</p></td>",
                   total == 0 ? name : fmt::format("<a href=\"#c{}\">{}</a>", escaped(authority.id), name),
                   telephones(authority));
        number(compared);
        for (const FindingKind kind : shown) number(summary_.of(authority.id, kind));
        number(total);
        out_ << "</tr>\n";
        return compared;
    }

    void section(const Finding& finding) {
        const Authority& authority = input_.districts->find(finding.authority);
        if (authority.id != authority_) {
            closeCity();
            authority_ = authority.id;
            kind_.clear();
            fmt::print(out_,
                       "<section class=\"city\" data-c=\"{0}\" data-name=\"{1}\">\n<h3 "
                       "id=\"c{0}\">{2}<small>{3}</small></h3>\n"
                       "<p class=\"phones\">{4}</p>\n",
                       escaped(authority.id), escaped(authority.city), escaped(authority.name),
                       grouped(summary_.of(authority.id)), telephones(authority));
            city_ = true;
        }
        if (finding.kind == kind_) return;
        closeTable();
        kind_ = finding.kind;
        const auto kind = findingKindOf(finding.kind);
        const std::string name = kind ? std::string(nameOf(*kind, language_)) : escaped(finding.kind);
        fmt::print(out_,
                   "<section class=\"group\" data-k=\"{}\" data-name=\"{}\">\n<h4>{}<small>{}</small></h4>\n<table "
                   "class=\"details\">\n<thead><tr><th>{}</th><th>{}</th><th>{}</th>"
                   "<th>{}</th><th>{}</th><th>{}</th></tr></thead>\n<tbody>\n",
                   escaped(finding.kind), name, name, kind ? grouped(summary_.of(authority_, *kind)) : "", in(kNumber),
                   in(kField), in(kProvincial), in(kNational), std::string(in(kCause)) + " · " + std::string(in(kHelp)),
                   in(kOwner));
        open_ = true;
    }

    [[nodiscard]] static std::string value(const std::string& text) {
        return text.empty() ? "<span class=\"none\">—</span>" : escaped(text);
    }

    void row(const Finding& found) {
        const Finding finding = shownFinding(found, input_.inFull);
        const std::string step = stepLabel(finding.nextStep, language_);
        fmt::print(out_,
                   "<tr data-a=\"{}\"><td><span class=\"number\">{}</span><span class=\"sub\">{}</span></td><td>{}</td>"
                   "<td class=\"value\">{}</td><td class=\"value\">{}</td><td>{}<span class=\"sub\">{}{}</span></td>"
                   "<td><span class=\"owner\">{}</span>{}<span class=\"sub\">{} {}</span>{}</td></tr>\n",
                   input_.run.startedAt > finding.firstSeen ? std::to_string(ageInDays(finding, input_.run)) : "-1",
                   escaped(finding.number), escaped(finding.company), value(fieldLabel(finding.field, language_)),
                   value(finding.provincialValue), value(finding.nationalValue), escaped(finding.cause),
                   finding.help.empty() ? "" : "→ ", escaped(finding.help), nameOf(finding.owner, language_),
                   step.empty() ? "" : fmt::format("<span class=\"sub\">{}：{}</span>", in(kNextStep), escaped(step)),
                   in(kSince), shanghaiText(finding.firstSeen).substr(0, 10), handling(finding));
    }

    /// How far it has come, when anybody has taken it up, and by when it ought to be closed.
    [[nodiscard]] std::string handling(const Finding& finding) const {
        std::string text;
        if (!finding.open || finding.stage != FindingStage::Open) {
            const std::string whose = finding.assigned.empty() ? "" : input_.districts->find(finding.assigned).name;
            text = fmt::format("<span class=\"sub\">{} {}</span>", stageLabel(finding, language_), escaped(whose));
        }
        const std::string due = dueDay(finding);
        if (due.empty()) return text;
        const bool late = finding.dueAt <= input_.run.startedAt;
        return text + fmt::format("<span class=\"sub{}\">{} {}{}{}</span>", late ? " late" : "", in(kDue), due,
                                  late ? " " : "", late ? in(kOverdue) : "");
    }

    void closeTable() {
        if (open_) out_ << "</tbody>\n</table>\n</section>\n";
        open_ = false;
    }

    void closeCity() {
        closeTable();
        if (city_) out_ << "</section>\n";
        city_ = false;
    }

    /// Shown by the script, which fills what is to choose from.
    void filterBar() {
        const auto choice = [&](const char* name, const Label& label) {
            fmt::print(out_, "<label>{}<select name=\"{}\"><option value=\"\">{}</option></select></label>\n",
                       in(label), name, in(kAll));
        };
        fmt::print(out_, "<form id=\"filter\" hidden>\n<label>{}<input name=\"text\" type=\"search\"></label>\n",
                   in(kSearch));
        choice("city", kCity);
        choice("class", kClass);
        choice("owner", kOwner);
        constexpr std::array kDays{"-1_-1", "0_7", "8_30", "31_90", "91_999999"};
        fmt::print(out_, "<label>{}<select name=\"age\"><option value=\"\">{}</option>", in(kAge), in(kAll));
        for (std::size_t i = 0; i < kAges.size(); ++i)
            fmt::print(out_, R"(<option value="{}">{}</option>)", kDays.at(i), in(kAges.at(i)));
        fmt::print(out_, "</select></label>\n<label>{}<select name=\"sort\"><option value=\"\">{}</option>", in(kSort),
                   in(kByCityAndClass));
        const std::array<std::pair<const char*, Label>, 9> sorts{{{"number", kNumber},
                                                                  {"company", kCompany},
                                                                  {"class", kClass},
                                                                  {"field", kField},
                                                                  {"provincial", kProvincial},
                                                                  {"national", kNational},
                                                                  {"cause", kCause},
                                                                  {"owner", kOwner},
                                                                  {"age", kAge}}};
        for (const auto& [name, label] : sorts) fmt::print(out_, R"(<option value="{}">{}</option>)", name, in(label));
        fmt::print(out_,
                   "</select></label>\n<label class=\"check\"><input name=\"down\" type=\"checkbox\">{}</label>\n"
                   "<button type=\"reset\">{}</button>\n<output id=\"shown\"></output>\n</form>\n",
                   in(kReversed), in(kReset));
    }

    const ReportInput& input_;
    const ReportSummary& summary_;
    std::ostream& out_;
    Language language_;
    std::string authority_;
    std::string kind_;
    bool open_ = false;
    bool city_ = false;
};

}  // namespace

Status writeHtml(const ReportInput& input, std::ostream& out) {
    const Result<ReportSummary> summary = summaryOf(input);
    if (!summary) return tl::unexpected<Error>(summary.error());
    HtmlReport report(input, *summary, out);
    report.head();
    report.tiles();
    report.classes();
    report.cities();
    if (Status status = report.details(); !status) return status;
    report.foot();
    return out.good() ? ok() : failed(Fault::Corrupt, "report.html", "write");
}

}  // namespace lianzheng
