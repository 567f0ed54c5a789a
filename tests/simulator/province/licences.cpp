#include "tests/simulator/province/licences.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "tests/simulator/province/calendar.h"
#include "tests/simulator/province/tables.h"

namespace lianzheng::sim::province {

namespace {

using std::chrono::seconds;

/// The offset from UTC that `zone` (the text after the seconds and their fraction) states; local when it states none.
seconds offsetIn(const std::string& zone) {
    constexpr seconds kLocal = std::chrono::hours{8};
    if (zone.empty()) return kLocal;
    if (zone[0] == 'Z') return seconds{0};
    const int hours = std::atoi(zone.substr(1, 2).c_str());
    const auto colon = zone.find(':');
    const int minutes = colon == std::string::npos ? 0 : std::atoi(zone.substr(colon + 1, 2).c_str());
    const seconds size{hours * 3600 + minutes * 60};
    return zone[0] == '-' ? -size : size;
}

}  // namespace

std::string localTime(const std::string& text) {
    const auto zone = text.find_first_of("Z+-", 19);
    const seconds offset = offsetIn(zone == std::string::npos ? "" : text.substr(zone));
    return timeMoved(text, std::chrono::hours{8} - offset);
}

std::int64_t makeLicences(Database& database, const LicenceOptions& options) {
    struct Pushed {
        std::string key;
        std::string identifier;
        std::string at;
    };
    std::vector<Pushed> waiting;
    std::string latest;
    for (const Row& row :
         database.read("SELECT w.source_key, w.zze_cert_id, w.pushed_at, z.SCSJ FROM lianzheng_writeback w "
                       "JOIN T_AQSC_ZS c ON c.ZSID = w.source_key "
                       "LEFT JOIN T_AQSC_ZZ z ON z.ZSID = w.source_key AND z.DQBZ = '1' "
                       "WHERE w.code_id <> '' ORDER BY w.source_key")) {
        if (!row[2] || row[2]->empty()) continue;
        const std::string pushedAt = localTime(*row[2]);
        if (row[3] && *row[3] > pushedAt) continue;
        waiting.push_back({row[0].value_or(""), row[1].value_or(""), pushedAt});
        latest = std::max(latest, pushedAt);
    }
    if (waiting.empty()) return 0;
    const std::string now = options.now.empty() ? timeMoved(latest, seconds{60}) : options.now;
    Tables tables(database, nextChildId(database));
    database.run("BEGIN");
    for (const Pushed& pushed : waiting) {
        const std::string time = now > pushed.at ? now : timeMoved(pushed.at, seconds{1});
        const bool filledIn = (pushed.key.back() - '0') % 2 == 0;
        const std::string url = fmt::format("{}{}.pdf?v={}{}", options.base, pushed.key, time.substr(0, 10),
                                            time.substr(11, 2) + time.substr(14, 2) + time.substr(17, 2));
        database.run("UPDATE T_AQSC_ZZ SET DQBZ = '0' WHERE ZSID = ? AND DQBZ = '1'", std::vector<Cell>{pushed.key});
        database.run("UPDATE T_AQSC_ZS SET GXSJ = ? WHERE ZSID = ?", std::vector<Cell>{time, pushed.key});
        tables.addLicence(pushed.key, url, time, filledIn ? pushed.identifier : "");
    }
    database.flush();
    database.run("COMMIT");
    return static_cast<std::int64_t>(waiting.size());
}

}  // namespace lianzheng::sim::province
