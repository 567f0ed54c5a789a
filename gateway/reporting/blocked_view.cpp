#include "gateway/reporting/blocked_view.h"

#include <algorithm>
#include <cstdint>
#include <map>

#include <fmt/format.h>

#include "gateway/reporting/finding_text.h"
#include "gateway/reporting/json_text.h"
#include "gateway/reporting/text_table.h"
#include "mappings/date.h"

namespace lianzheng {

std::string blockedText(const std::vector<BlockedRow>& rows, const Districts& districts, Language language) {
    using namespace labels;
    if (rows.empty()) return std::string(kNobody.in(language)) + "\n";
    std::string text;
    for (const Authority& authority : districts.all()) {
        TextTable table({std::string(kNumber.in(language)), std::string(kReason.in(language)),
                         std::string(kField.in(language)), std::string(kCause.in(language)),
                         std::string(kHelp.in(language)), std::string(kOwner.in(language)),
                         std::string(kSince.in(language))});
        std::size_t count = 0;
        for (const BlockedRow& row : rows) {
            if (districts.find(row.authority).id != authority.id) continue;
            ++count;
            table.add({row.number, row.advice.reason, fieldLabel(row.advice.field, language), row.advice.why,
                       row.advice.help, std::string(nameOf(row.advice.owner, language)),
                       shanghaiText(row.since).substr(0, 10)});
        }
        if (count == 0) continue;
        text += fmt::format("{}{} ({})  {}\n{}", text.empty() ? "" : "\n", authority.name, grouped(count),
                            telephonesOf(authority), table.str());
    }
    return text;
}

std::string blockedJson(const std::vector<BlockedRow>& rows, const Districts& districts) {
    rapidjson::StringBuffer buffer;
    JsonText<rapidjson::StringBuffer> json(buffer);
    std::map<std::string, std::uint64_t> reasons;
    std::map<std::string, std::uint64_t> cities;
    for (const BlockedRow& row : rows) {
        ++reasons[row.advice.reason];
        ++cities[districts.find(row.authority).id];
    }
    json.begin();
    json.put("command", "blocked list");
    json.put("version", 1);
    json.put("result", rows.empty() ? "ok" : "blocked");
    json.begin("counts");
    json.put("total", std::uint64_t{rows.size()});
    json.begin("by_reason");
    for (const auto& [reason, count] : reasons) json.put(reason, count);
    json.end();
    json.begin("by_authority");
    for (const auto& [city, count] : cities) json.put(city, count);
    json.end();
    json.end();
    json.beginList("items");
    for (const BlockedRow& row : rows) {
        const Authority& authority = districts.find(row.authority);
        json.begin();
        json.put("number", row.number);
        json.put("authority", authority.id);
        json.put("authority_name", authority.name);
        json.put("telephones", telephonesOf(authority));
        json.put("reason", row.advice.reason);
        json.put("field", row.advice.field);
        json.put("cause", row.advice.why);
        json.put("help", row.advice.help);
        json.put("owner", word(row.advice.owner));
        json.put("origin", row.origin);
        json.put("since", isoUtc(row.since));
        json.put("dismissed", row.dismissed);
        json.end();
    }
    json.endList();
    json.beginList("problems");
    json.endList();
    json.end();
    return buffer.GetString();
}

}  // namespace lianzheng
