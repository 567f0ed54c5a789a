#include "gateway/reporting/html_report.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "gateway/reporting/finding_text.h"
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
        out_ << pageHead(language_ == Language::Chinese ? "zh-CN" : "en", in(kTitle));
        fmt::print(out_, "<main>\n<header>\n<h1>{}</h1>\n<p>{}</p>\n<dl>", in(kTitle), in(kSubtitle));
        pair(kAsOf, shanghaiText(input_.run.startedAt));
        pair(kScope, scopeName(input_.against, language_));
        pair(kRun, std::to_string(input_.run.id));
        out_ << "</dl>\n</header>\n";
    }

    void tiles() {
        const Tally& tally = input_.tally;
        out_ << "<section class=\"tiles\">\n";
        tile("", grouped(tally.compared), in(kCompared), "");
        tile("good", agreement(tally), in(kRate), fmt::format("{} {}", in(kEqual), grouped(tally.equal)));
        tile(tally.differing == 0 ? "good" : "bad", grouped(tally.differing), in(kDiffering), "");
        tile(summary_.total == 0 ? "good" : "bad", grouped(summary_.total), in(kFindings), "");
        tile("", grouped(summary_.fresh), in(kNew), "");
        tile("wait", grouped(tally.inFlight + tally.waiting), in(kExcused), in(kExcusedNote));
        out_ << "</section>\n";
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
        for (const Authority& authority : input_.districts->all()) compared += city(authority, shown);
        fmt::print(out_, "</tbody>\n<tfoot><tr><td>{}</td>", in(kTotal));
        number(compared);
        for (const FindingKind kind : shown) number(summary_.of(kind));
        number(summary_.total);
        fmt::print(out_, "</tr></tfoot>\n</table>\n<p class=\"note\">{}{}</p>\n", in(kPhonesAsOf),
                   escaped(input_.districts->asOf()));
    }

    Status details() {
        fmt::print(out_, "<h2>{}</h2>\n", in(kDetails));
        if (summary_.total == 0) fmt::print(out_, "<p class=\"nothing\">{}</p>\n", in(kNothing));
        std::size_t listed = 0;
        const Status read = input_.findings([&](const Finding& finding) {
            if (listed == input_.detailLimit) return false;
            ++listed;
            section(finding);
            row(finding);
            return out_.good();
        });
        closeTable();
        if (listed < summary_.total) {
            fmt::print(out_, "<p class=\"note\">{}{}</p>\n", in(kMore), grouped(summary_.total - listed));
        }
        return read;
    }

    void foot() {
        fmt::print(out_, "<footer>{}<br><code>{}</code></footer>\n</main>\n{}", in(kEvidence),
                   escaped(input_.evidenceHead.empty() ? "–" : input_.evidenceHead), pageEnd());
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
            closeTable();
            authority_ = authority.id;
            kind_.clear();
            fmt::print(out_, "<h3 id=\"c{}\">{}<small>{}</small></h3>\n<p class=\"phones\">{}</p>\n",
                       escaped(authority.id), escaped(authority.name), grouped(summary_.of(authority.id)),
                       telephones(authority));
        }
        if (finding.kind == kind_) return;
        closeTable();
        kind_ = finding.kind;
        const auto kind = findingKindOf(finding.kind);
        fmt::print(
            out_,
            "<h4>{}<small>{}</small></h4>\n<table class=\"details\">\n<thead><tr><th>{}</th><th>{}</th><th>{}</th>"
            "<th>{}</th><th>{}</th><th>{}</th></tr></thead>\n<tbody>\n",
            kind ? std::string(nameOf(*kind, language_)) : escaped(finding.kind),
            kind ? grouped(summary_.of(authority_, *kind)) : "", in(kNumber), in(kField), in(kProvincial),
            in(kNational), std::string(in(kCause)) + " · " + std::string(in(kHelp)), in(kOwner));
        open_ = true;
    }

    [[nodiscard]] static std::string value(const std::string& text) {
        return text.empty() ? "<span class=\"none\">—</span>" : escaped(text);
    }

    void row(const Finding& finding) {
        const std::string step = stepLabel(finding.nextStep, language_);
        fmt::print(out_,
                   "<tr><td><span class=\"number\">{}</span><span class=\"sub\">{}</span></td><td>{}</td>"
                   "<td class=\"value\">{}</td><td class=\"value\">{}</td><td>{}<span class=\"sub\">{}{}</span></td>"
                   "<td><span class=\"owner\">{}</span>{}<span class=\"sub\">{} {}</span></td></tr>\n",
                   escaped(finding.number), escaped(finding.company), value(fieldLabel(finding.field, language_)),
                   value(shownProvincial(finding)), value(shownNational(finding)), escaped(finding.cause),
                   finding.help.empty() ? "" : "→ ", escaped(finding.help), nameOf(finding.owner, language_),
                   step.empty() ? "" : fmt::format("<span class=\"sub\">{}：{}</span>", in(kNextStep), escaped(step)),
                   in(kSince), shanghaiText(finding.firstSeen).substr(0, 10));
    }

    void closeTable() {
        if (open_) out_ << "</tbody>\n</table>\n";
        open_ = false;
    }

    const ReportInput& input_;
    const ReportSummary& summary_;
    std::ostream& out_;
    Language language_;
    std::string authority_;
    std::string kind_;
    bool open_ = false;
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
