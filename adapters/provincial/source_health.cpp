#include "adapters/provincial/source_health.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace lianzheng {

namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// Sorting, or making the view anew, for every page.
bool worksOnEverything(const std::string& sqliteLine) {
    constexpr std::array<std::string_view, 4> kSigns{"TEMP B-TREE FOR ORDER BY", "MATERIALIZE", "CO-ROUTINE",
                                                     "AUTOMATIC"};
    return std::ranges::any_of(kSigns, [&](std::string_view sign) { return contains(sqliteLine, sign); });
}

/// An incremental sort orders only what shares its first column.
bool sortsEverything(const std::string& postgresLine) {
    return contains(postgresLine, "Sort  (") && !contains(postgresLine, "Incremental Sort");
}

bool fromIndexOnSqlite(soci::session& session, const std::string& sql) {
    int id = 0;
    int parent = 0;
    int unused = 0;
    std::string line;
    soci::statement plan = (session.prepare << "EXPLAIN QUERY PLAN " + sql, soci::into(id), soci::into(parent),
                            soci::into(unused), soci::into(line));
    plan.execute(false);
    bool fromIndex = true;
    bool first = true;
    while (plan.fetch()) {
        fromIndex = fromIndex && !worksOnEverything(line) && (!first || line.starts_with("SEARCH"));
        first = false;
    }
    return fromIndex;
}

}  // namespace

bool orderComesFromIndex(Database& database, const std::string& sql) {
    soci::session& session = database.session();
    if (database.dialect() == Dialect::Sqlite) return fromIndexOnSqlite(session, sql);
    bool fromIndex = true;
    std::string line;
    // A small table is sorted though an index is there: what counts is whether it could be avoided.
    session << "BEGIN READ ONLY";
    session << "SET LOCAL enable_seqscan = off";
    session << "SET LOCAL enable_sort = off";
    session << "SET LOCAL enable_bitmapscan = off";
    {
        soci::statement plan = (session.prepare << "EXPLAIN " + sql, soci::into(line));
        plan.execute(false);
        while (plan.fetch()) fromIndex = fromIndex && !sortsEverything(line);
    }
    session << "ROLLBACK";
    return fromIndex;
}

}  // namespace lianzheng
