#include "gateway/reporting/status_view.h"

#include "gateway/reporting/finding_text.h"
#include "gateway/reporting/json_text.h"
#include "gateway/reporting/text_table.h"
#include "mappings/date.h"

namespace lianzheng {
namespace {

using Text = JsonText<rapidjson::StringBuffer>;

void runPart(std::string_view name, const std::optional<RunRow>& run, Text& json) {
    if (!run) return;
    json.begin(name);
    json.put("id", run->id);
    json.put("started_at", isoUtc(run->startedAt));
    if (run->endedAt) json.put("ended_at", isoUtc(*run->endedAt));
    json.put("result", run->result);
    json.end();
}

std::string runText(const std::optional<RunRow>& run) {
    if (!run) return "–";
    return shanghaiText(run->startedAt) + "  " + (run->endedAt ? run->result : "…");
}

}  // namespace

std::string statusText(const StatusInput& status, Language language) {
    constexpr Label kItem{"项目", "What"};
    constexpr Label kValue{"值", "Value"};
    constexpr Label kPusher{"推送进程", "Pusher"};
    constexpr Label kAlive{"运行中", "alive"};
    constexpr Label kNone{"无", "none"};
    constexpr Label kPaused{"已暂停", "paused"};
    constexpr Label kNextDue{"下一项到期", "Next due"};
    constexpr Label kLastSync{"最近同步", "Last sync"};
    constexpr Label kLastReconcile{"最近对账", "Last reconciliation"};
    TextTable table({std::string(kItem.in(language)), std::string(kValue.in(language))});
    table.add({std::string(kPusher.in(language)), std::string((status.paused        ? kPaused
                                                               : status.pusherAlive ? kAlive
                                                                                    : kNone)
                                                                  .in(language))});
    table.add({std::string(kNextDue.in(language)), status.nextDue ? shanghaiText(*status.nextDue) : "–"});
    table.add({std::string(kLastSync.in(language)), runText(status.lastSync)});
    table.add({std::string(kLastReconcile.in(language)), runText(status.lastReconcile)});
    table.add({std::string(labels::kFindings.in(language)), grouped(status.openFindings)});
    for (const auto& [name, count] : status.counts) table.add({name, grouped(count)});
    table.add({std::string(labels::kEvidence.in(language)), status.evidenceHead});
    return table.str();
}

std::string statusJson(const StatusInput& status) {
    rapidjson::StringBuffer buffer;
    Text json(buffer);
    json.begin();
    json.put("command", "status");
    json.put("version", 1);
    json.put("result", status.paused ? "paused" : "ok");
    json.begin("counts");
    for (const auto& [name, count] : status.counts) json.put(name, count);
    json.put("open_findings", status.openFindings);
    json.end();
    json.put("pusher_alive", status.pusherAlive);
    json.put("paused", status.paused);
    if (status.nextDue) json.put("next_due", isoUtc(*status.nextDue));
    runPart("last_sync", status.lastSync, json);
    runPart("last_reconcile", status.lastReconcile, json);
    json.put("evidence_head", status.evidenceHead);
    json.beginList("items");
    json.endList();
    json.beginList("problems");
    json.endList();
    json.end();
    return buffer.GetString();
}

}  // namespace lianzheng
