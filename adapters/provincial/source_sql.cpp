#include "adapters/provincial/source_sql.h"

#include "adapters/sql/names.h"

#include <algorithm>
#include <utility>

namespace lianzheng {

namespace {

std::string of(std::string_view row, std::string_view column) { return std::string(row) + "." + quotedName(column); }

std::string parameter(std::string_view name, bool numeric) {
    return numeric ? "CAST(:" + std::string(name) + " AS NUMERIC)" : ":" + std::string(name);
}

std::string limited(std::size_t rows) { return " LIMIT " + std::to_string(rows); }

}  // namespace

SourceSql::SourceSql(Dialect dialect, SourceDefinition source, std::vector<std::string> columns)
    : dialect_(dialect), source_(std::move(source)), columns_(std::move(columns)), selected_(columns_) {
    // A column read twice costs as much as two: key and number are mostly mapped anyway.
    const auto placed = [this](const std::string& name) {
        const auto found = std::ranges::find(selected_, name);
        const auto at = static_cast<std::size_t>(found - selected_.begin());
        if (found == selected_.end()) selected_.push_back(name);
        return at;
    };
    positions_[Key] = placed(source_.key);
    positions_[Number] = placed(source_.number);
    positions_[Watermark] = selected_.size();
}

SourceSql SourceSql::narrowed(const std::vector<bool>& wanted) const {
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (wanted[i]) columns.push_back(columns_[i]);
    }
    SourceSql sql(dialect_, source_, std::move(columns));
    sql.setNumeric(numeric_);
    return sql;
}

std::string SourceSql::asText(const std::string& expression) const {
    // SQLite gives any value as text when asked for text.
    return dialect_ == Dialect::Sqlite ? expression : "CAST(" + expression + " AS text)";
}

std::string SourceSql::orderedNumber() const {
    const std::string number = of("src", source_.number);
    return dialect_ == Dialect::Sqlite ? number + " COLLATE BINARY" : "CAST(" + number + " AS text) COLLATE \"C\"";
}

std::string SourceSql::selectList(bool watermark) const {
    // Columns are always qualified: SQLite takes a bare name in quotes that is no column for a text.
    std::string list;
    for (const std::string& column : selected_) list += (list.empty() ? "" : ", ") + asText(of("src", column));
    if (watermark) list += ", " + asText("(" + source_.changedAt + ")");
    return "SELECT " + list;
}

std::string SourceSql::relation() const {
    const std::string wanted = source_.where.empty() ? "1 = 1" : "(" + source_.where + ")";
    std::string text = " FROM " + source_.from + " AS src WHERE " + wanted;
    if (source_.latestBy.empty()) return text;
    const std::string newer = of("newer", source_.latestBy);
    const std::string own = of("src", source_.latestBy);
    return text + " AND NOT EXISTS (SELECT 1 FROM " + source_.from + " AS newer WHERE " + wanted + " AND " +
           of("newer", source_.key) + " = " + of("src", source_.key) + " AND (" + newer + " > " + own + " OR (" + own +
           " IS NULL AND " + newer + " IS NOT NULL)))";
}

std::string SourceSql::rankedRelation() const {
    if (source_.latestBy.empty()) return relation();
    const std::string wanted = source_.where.empty() ? "1 = 1" : "(" + source_.where + ")";
    return " FROM (SELECT base.*, row_number() OVER (PARTITION BY " + of("base", source_.key) + " ORDER BY " +
           of("base", source_.latestBy) + " DESC NULLS LAST) AS lianzheng_rank FROM " + source_.from +
           " AS base WHERE " + wanted + ") AS src WHERE src.lianzheng_rank = 1";
}

std::string SourceSql::everything() const { return "SELECT src.* FROM " + source_.from + " AS src"; }

std::string SourceSql::count() const { return "SELECT count(*)" + rankedRelation(); }

std::string SourceSql::types() const {
    const std::string watermark = source_.changedAt.empty() ? "NULL" : "(" + source_.changedAt + ")";
    const std::string wanted = source_.changedAt.empty() ? "" : " WHERE " + watermark + " IS NOT NULL";
    return "SELECT typeof(" + of("src", source_.key) + "), typeof(" + watermark + ") FROM " + source_.from + " AS src" +
           wanted + " LIMIT 1";
}

std::string SourceSql::watermarkType() const {
    return "SELECT CAST(pg_typeof((SELECT (" + source_.changedAt + ") FROM " + source_.from +
           " AS src LIMIT 1)) AS text)";
}

std::string SourceSql::newestWatermark() const {
    const std::string watermark = "(" + source_.changedAt + ")";
    return "SELECT " + asText("max(" + watermark + ")") + " FROM " + source_.from + " AS src";
}

std::string SourceSql::scanPage(From from, bool horizon, std::size_t rows) const {
    const std::string watermark = "(" + source_.changedAt + ")";
    const std::string key = of("src", source_.key);
    std::string text = selectList(true) + relation();
    const std::string after = parameter("after", numeric_.watermark);
    if (from == From::Anywhere) text += " AND " + watermark + " IS NOT NULL";
    if (from == From::Time) text += " AND " + watermark + " >= " + after;
    if (from == From::Row) {
        text += " AND (" + watermark + ", " + key + ") > (" + after + ", " + parameter("key", numeric_.key) + ")";
    }
    if (horizon) text += " AND " + watermark + " <= " + parameter("horizon", numeric_.watermark);
    return text + " ORDER BY " + watermark + ", " + key + limited(rows);
}

std::string SourceSql::sweepUnnumberedPage(bool behind, std::size_t rows) const {
    const std::string key = of("src", source_.key);
    std::string text = selectList() + relation() + " AND " + of("src", source_.number) + " IS NULL";
    if (behind) text += " AND " + key + " > " + parameter("key", numeric_.key);
    return text + " ORDER BY " + key + limited(rows);
}

std::string SourceSql::sweepPage(bool behind, std::size_t rows) const {
    const std::string key = of("src", source_.key);
    std::string text = selectList() + relation();
    if (behind) {
        // The first comparison is the one that SQLite looks up in the index: it cannot for a collated pair.
        text += " AND " + orderedNumber() + " >= :least AND (" + orderedNumber() + ", " + key + ") > (:number, " +
                parameter("key", numeric_.key) + ")";
    } else {
        text += " AND " + of("src", source_.number) + " IS NOT NULL";
    }
    return text + " ORDER BY " + orderedNumber() + ", " + key + limited(rows);
}

std::string SourceSql::sweepWhole() const {
    return selectList() + rankedRelation() + " ORDER BY " + orderedNumber() + ", " + of("src", source_.key);
}

std::string SourceSql::whole() const { return selectList() + rankedRelation(); }

std::string SourceSql::keyPortion(After after) const {
    const std::string key = of("src", source_.key);
    std::string text = selectList() + ", typeof(" + key + ")" + relation();
    if (after == After::Text) text += " AND " + key + " COLLATE BINARY > :key";
    if (after == After::Integer) text += " AND " + key + " > CAST(:key AS INTEGER)";
    return text + " ORDER BY " + key + " COLLATE BINARY";
}

std::string SourceSql::among(const std::string& column, std::size_t count) const {
    std::string text = selectList() + relation() + " AND " + of("src", column) + " IN (";
    for (std::size_t i = 0; i < count; ++i) {
        text += (i == 0 ? "" : ", ") + parameter("v" + std::to_string(i), numeric_.key && column == source_.key);
    }
    return text + ")";
}

}  // namespace lianzheng
