#include "gateway/reporting/json_report.h"

#include "gateway/reporting/finding_text.h"
#include "gateway/reporting/json_text.h"
#include "gateway/reporting/report_summary.h"
#include "mappings/date.h"

namespace lianzheng {
namespace {

using Text = JsonText<rapidjson::OStreamWrapper>;

void runPart(const ReportInput& input, Text& json) {
    json.begin("run");
    json.put("id", input.run.id);
    json.put("against", input.against);
    json.put("started_at", isoUtc(input.run.startedAt));
    if (input.run.endedAt) json.put("ended_at", isoUtc(*input.run.endedAt));
    json.put("result", input.run.result);
    json.end();
}

void countsPart(const ReportInput& input, const ReportSummary& summary, Text& json) {
    json.begin("counts");
    if (input.only == nullptr) {
        json.put("provincial", input.tally.provincial);
        json.put("national", input.tally.national);
        json.put("equal", input.tally.equal);
        json.put("never_registered", input.tally.neverRegistered);
        json.put("in_flight", input.tally.inFlight);
        json.put("waiting", input.tally.waiting);
        json.put("fresher", input.tally.fresher);
    }
    json.put("compared", input.tally.compared);
    json.put("differing", input.tally.differing);
    json.put("findings", summary.total);
    json.put("new", summary.fresh);
    json.put("closed_since", summary.closedSince);
    json.begin("by_class");
    for (const FindingKind kind : kFindingKinds) {
        if (summary.of(kind) != 0) json.put(word(kind), summary.of(kind));
    }
    json.end();
    json.begin("by_owner");
    for (const Owner owner : kOwners) {
        if (summary.of(owner) != 0) json.put(word(owner), summary.of(owner));
    }
    json.end();
    json.beginList("by_age");
    for (const std::uint64_t count : summary.byAge) json.number(count);
    json.endList();
    json.end();
}

void trendPart(const ReportInput& input, Text& json) {
    json.beginList("trend");
    for (const TrendPoint& point : input.trend) {
        json.begin();
        json.put("run", point.run);
        json.put("started_at", isoUtc(point.startedAt));
        json.put("compared", point.tally.compared);
        json.put("findings", point.tally.total());
        json.end();
    }
    json.endList();
}

void authoritiesPart(const ReportInput& input, const ReportSummary& summary, Text& json) {
    json.beginList("authorities");
    for (const Authority& authority : input.authorities()) {
        json.begin();
        json.put("id", authority.id);
        json.put("city", authority.city);
        json.put("name", authority.name);
        json.beginList("telephones");
        for (const Telephone& telephone : authority.telephones) {
            json.begin();
            json.put("number", telephone.number);
            json.put("matter", telephone.matter);
            json.end();
        }
        json.endList();
        const auto tally = input.tally.authorities.find(authority.id);
        json.put("compared", tally == input.tally.authorities.end() ? std::uint64_t{0} : tally->second.compared);
        json.begin("findings");
        for (const FindingKind kind : kFindingKinds) {
            if (summary.of(authority.id, kind) != 0) json.put(word(kind), summary.of(authority.id, kind));
        }
        json.end();
        json.end();
    }
    json.endList();
}

void item(const ReportInput& input, const Finding& found, Text& json) {
    const Finding finding = shownFinding(found, input.inFull);
    json.begin();
    json.put("number", finding.number);
    json.put("class", finding.kind);
    json.put("field", finding.field);
    json.put("provincial", finding.provincialValue);
    json.put("national", finding.nationalValue);
    json.put("cause", finding.cause);
    json.put("help", finding.help);
    json.put("owner", word(finding.owner));
    json.put("authority", finding.authority);
    json.put("company", finding.company);
    json.put("next_step", finding.nextStep);
    json.put("stage", stageWord(finding));
    json.put("assigned", finding.assigned);
    json.put("due", dueDay(finding));
    json.put("since", isoUtc(finding.firstSeen));
    json.put("last_seen", isoUtc(finding.lastSeen));
    json.end();
}

}  // namespace

Status writeJson(const ReportInput& input, std::ostream& out) {
    const Result<ReportSummary> summary = summaryOf(input);
    if (!summary) return tl::unexpected<Error>(summary.error());
    rapidjson::OStreamWrapper stream(out);
    Text json(stream);
    json.begin();
    json.put("command", "report");
    json.put("version", 1);
    json.put("result", summary->total == 0 ? "ok" : "differences");
    json.put("masked", !input.inFull);
    json.put("made_at", isoUtc(input.madeAt));
    json.put("superseded", input.superseded);
    if (input.only != nullptr) json.put("authority", input.only->id);
    runPart(input, json);
    countsPart(input, *summary, json);
    trendPart(input, json);
    authoritiesPart(input, *summary, json);
    json.beginList("items");
    Status read = input.findings([&](const Finding& finding) {
        item(input, finding, json);
        return out.good();
    });
    if (!read) return read;
    json.endList();
    json.beginList("problems");
    json.endList();
    json.put("evidence_head", input.evidenceHead);
    json.put("telephones_as_of", input.districts->asOf());
    json.end();
    out << '\n';
    return out.good() ? ok() : failed(Fault::Corrupt, "report.json", "write");
}

}  // namespace lianzheng
