#include "adapters/provincial/write_back.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/describe.h"
#include "adapters/sql/names.h"

namespace lianzheng {

namespace {

using Target = SourceSettings::WriteBackTarget;

/// A table's name, each part of schema.table quoted unless it is so already.
std::string quotedTable(std::string_view name) {
    if (name.find('"') != std::string_view::npos) return std::string(name);
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos) return quotedName(name);
    return quotedName(name.substr(0, dot)) + "." + quotedName(name.substr(dot + 1));
}

std::string makeTable(const SourceSettings& settings) {
    return "CREATE TABLE IF NOT EXISTS " + quotedTable(settings.writeBackTable) +
           " (source_key TEXT PRIMARY KEY, cert_num TEXT, code_id TEXT, zze_cert_id TEXT, state TEXT, pushed_at TEXT)";
}

/// One value of a row that goes into one column.
struct Part {
    std::string column;
    std::string WriteBack::*value;
};

/// The columns of the province's table as it spells them itself: names that were made without quotes are folded.
SourceSettings::Columns spelled(Database& database, const SourceSettings& settings) {
    SourceSettings::Columns names = settings.writeBackColumns;
    const auto there = columnsOf(database, "SELECT held.* FROM " + settings.writeBackTable + " AS held");
    for (std::string* name : {&names.keyColumn, &names.codeId, &names.zzeCertId, &names.state, &names.pushedAt}) {
        if (const std::string found = nameAmong(there, *name); !found.empty()) *name = found;
    }
    return names;
}

std::vector<Part> partsOf(const SourceSettings& settings) {
    if (settings.writeBack == Target::Table) {
        return {{"cert_num", &WriteBack::certNum},
                {"code_id", &WriteBack::codeId},
                {"zze_cert_id", &WriteBack::zzeCertId},
                {"state", &WriteBack::state},
                {"pushed_at", &WriteBack::pushedAt}};
    }
    const SourceSettings::Columns& names = settings.writeBackColumns;
    std::vector<Part> parts;
    for (const Part& part : {Part{names.codeId, &WriteBack::codeId}, Part{names.zzeCertId, &WriteBack::zzeCertId},
                             Part{names.state, &WriteBack::state}, Part{names.pushedAt, &WriteBack::pushedAt}}) {
        if (!part.column.empty()) parts.push_back(part);
    }
    return parts;
}

std::string joined(const std::vector<Part>& parts, std::string_view separator, auto&& text) {
    std::string all;
    for (std::size_t i = 0; i < parts.size(); ++i) all += (i == 0 ? "" : std::string(separator)) + text(i);
    return all;
}

/// Values of our own table: one statement makes or moves the row.
std::string upsert(const SourceSettings& settings, const std::vector<Part>& parts) {
    const auto name = [&](std::size_t i) { return quotedName(parts[i].column); };
    return "INSERT INTO " + quotedTable(settings.writeBackTable) + " AS held (" + joined(parts, ", ", name) +
           ", source_key) VALUES (" + joined(parts, ", ", [](std::size_t i) { return ":v" + std::to_string(i); }) +
           ", :key) ON CONFLICT (source_key) DO UPDATE SET " +
           joined(parts, ", ", [&](std::size_t i) { return name(i) + " = excluded." + name(i); }) + " WHERE " +
           joined(parts, " OR ",
                  [&](std::size_t i) { return "held." + name(i) + " IS DISTINCT FROM excluded." + name(i); });
}

/// Columns of the province's table: the row is there or is left alone.
std::string update(const SourceSettings& settings, const std::vector<Part>& parts) {
    const auto name = [&](std::size_t i) { return quotedName(parts[i].column); };
    return "UPDATE " + settings.writeBackTable + " SET " +
           joined(parts, ", ", [&](std::size_t i) { return name(i) + " = :v" + std::to_string(i); }) + " WHERE " +
           quotedName(settings.writeBackColumns.keyColumn) + " = :key AND (" +
           joined(parts, " OR ", [&](std::size_t i) { return name(i) + " IS DISTINCT FROM :w" + std::to_string(i); }) +
           ")";
}

void writeRows(Database& database, SourceSettings settings, std::span<const WriteBack> rows) {
    if (settings.writeBack == Target::Columns) settings.writeBackColumns = spelled(database, settings);
    const std::vector<Part> parts = partsOf(settings);
    if (parts.empty()) return;
    const bool ownTable = settings.writeBack == Target::Table;
    std::vector<std::string> values(parts.size());
    std::vector<soci::indicator> indicators(parts.size(), soci::i_null);
    std::string key;
    soci::indicator keyIndicator = soci::i_ok;

    soci::statement statement(database.session());
    const auto bindValues = [&] {
        for (std::size_t i = 0; i < parts.size(); ++i) statement.exchange(soci::use(values[i], indicators[i]));
    };
    bindValues();
    statement.exchange(soci::use(key, keyIndicator));
    if (!ownTable) bindValues();
    statement.alloc();
    statement.prepare(ownTable ? upsert(settings, parts) : update(settings, parts));
    statement.define_and_bind();

    for (const WriteBack& row : rows) {
        key = row.sourceKey;
        // Bound above: the statement reads it.
        // NOLINTNEXTLINE(clang-analyzer-deadcode.DeadStores)
        keyIndicator = key.empty() ? soci::i_null : soci::i_ok;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            values[i] = row.*parts[i].value;
            indicators[i] = values[i].empty() ? soci::i_null : soci::i_ok;
        }
        statement.execute(true);
    }
}

bool tableIsThere(Database& database, const std::string& table) {
    const Status found = guarded("province.write_back", [&]() -> Status {
        std::string none;
        soci::indicator indicator = soci::i_null;
        database.session() << "SELECT NULL FROM " + quotedTable(table) + " WHERE 1 = 0", soci::into(none, indicator);
        return ok();
    });
    return found.has_value();
}

}  // namespace

void writeBackRows(Database& database, const SourceSettings& settings, std::span<const WriteBack> rows) {
    if (settings.writeBack == Target::None || rows.empty()) return;
    // Asked first: an account that may write there need not be one that may make tables.
    if (settings.writeBack == Target::Table && !tableIsThere(database, settings.writeBackTable)) {
        database.session() << makeTable(settings);
    }
    WriteTransaction transaction(database);
    writeRows(database, settings, rows);
    transaction.commit();
}

bool canWriteBack(Database& database, const SourceSettings& settings) {
    if (settings.writeBack == Target::None) return false;
    const bool make = settings.writeBack == Target::Table && !tableIsThere(database, settings.writeBackTable);
    const Status tried = guarded("province.write_back", [&]() -> Status {
        const WriteTransaction neverCommitted(database);
        if (make) database.session() << makeTable(settings);
        // No row of the province's has the key NULL; our own table takes a row that is then undone.
        WriteBack row;
        if (settings.writeBack == Target::Table) row.sourceKey = "probe";
        const std::array probe{row};
        writeRows(database, settings, probe);
        return ok();
    });
    return tried.has_value();
}

}  // namespace lianzheng
