#include "gateway/store/grouped_write.h"

#include <algorithm>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::string_view kBetween = ", ";

/// Calls `each(name)` for each of `columns`.
template <class Each>
void eachName(std::string_view columns, Each&& each) {
    while (!columns.empty()) {
        const std::size_t end = std::min(columns.find(kBetween), columns.size());
        each(columns.substr(0, end));
        columns.remove_prefix(std::min(end + kBetween.size(), columns.size()));
    }
}

void separate(std::string& list) {
    if (!list.empty()) list += kBetween;
}

/// unnest of one array a column, each the parameter of that name.
std::string unnested(std::string_view columns, std::string_view kinds) {
    std::string arrays;
    std::size_t at = 0;
    eachName(columns, [&](std::string_view name) {
        separate(arrays);
        arrays.append("CAST(:").append(name).append(kinds[at++] == 't' ? " AS TEXT[])" : " AS BIGINT[])");
    });
    return "unnest(" + arrays + ")";
}

}  // namespace

void ArrayText::add(std::string_view value) {
    separate();
    text_ += '"';
    for (const char c : value) {
        if (c == '"' || c == '\\') text_ += '\\';
        text_ += c;
    }
    text_ += '"';
}

void ArrayText::add(std::optional<std::int64_t> value) {
    separate();
    text_ += value ? std::to_string(*value) : "NULL";
}

std::string ArrayText::take() {
    if (text_.empty()) return "{}";
    text_ += '}';
    return std::exchange(text_, {});
}

GroupedSql groupedInsert(std::string_view table, std::string_view columns, std::string_view kinds,
                         std::string_view tail) {
    std::string parameters;
    eachName(columns, [&](std::string_view name) {
        separate(parameters);
        parameters.append(":").append(name);
    });
    const std::string into = "INSERT INTO " + std::string(table) + " (" + std::string(columns) + ") ";
    std::string after = tail.empty() ? "" : " ";
    after += tail;
    return {into + "VALUES (" + parameters + ")" + after, into + "SELECT * FROM " + unnested(columns, kinds) + after,
            kinds, 0};
}

GroupedSql groupedUpdate(std::string_view table, std::string_view set, std::string_view where, std::string_view kinds,
                         std::string_view also) {
    const std::string name(table);
    std::string columns(set);
    std::string each;
    std::string all;
    eachName(set, [&](std::string_view column) {
        separate(each);
        separate(all);
        each.append(column).append(" = :").append(column);
        all.append(column).append(" = given.").append(column);
    });
    if (!also.empty()) {
        each.append(kBetween).append(also);
        all.append(kBetween).append(also);
    }
    std::string eachIs;
    std::string allAre;
    std::size_t key = 0;
    eachName(set, [&](std::string_view) { ++key; });
    eachName(where, [&](std::string_view parameter) {
        constexpr std::string_view kWas = "was_";
        const std::string_view column = parameter.starts_with(kWas) ? parameter.substr(kWas.size()) : parameter;
        columns.append(kBetween).append(parameter);
        eachIs.append(eachIs.empty() ? "" : " AND ").append(column).append(" = :").append(parameter);
        allAre.append(allAre.empty() ? "" : " AND ").append(name).append(".").append(column);
        allAre.append(" = given.").append(parameter);
    });
    return {"UPDATE " + name + " SET " + each + " WHERE " + eachIs,
            "UPDATE " + name + " SET " + all + " FROM " + givenRows(columns, kinds) + " WHERE " + allAre, kinds, key};
}

GroupedSql groupedDelete(std::string_view table, std::string_view where, std::string_view kinds, std::size_t key) {
    const std::string name(table);
    std::string eachIs;
    std::string allAre;
    eachName(where, [&](std::string_view column) {
        eachIs.append(eachIs.empty() ? "" : " AND ").append(column).append(" = :").append(column);
        allAre.append(allAre.empty() ? "" : " AND ").append(name).append(".").append(column);
        allAre.append(" = given.").append(column);
    });
    return {"DELETE FROM " + name + " WHERE " + eachIs,
            "DELETE FROM " + name + " USING " + givenRows(where, kinds) + " WHERE " + allAre, kinds, key};
}

std::string givenRows(std::string_view columns, std::string_view kinds) {
    return unnested(columns, kinds) + " AS given(" + std::string(columns) + ")";
}

GroupedWrite::GroupedWrite(Database& database, GroupedSql sql)
    : gathers_(database.dialect() == Dialect::Postgres),
      key_(sql.key),
      write_(database, gathers_ ? std::move(sql.allRows) : std::move(sql.eachRow)),
      arrays_(sql.kinds.size()) {}

bool GroupedWrite::flush() {
    if (gathers_ && rows_ > 0) {
        std::vector<std::string> texts;
        for (ArrayText& array : arrays_) texts.push_back(array.take());
        affected_ = write_.runTexts(texts);
    }
    const bool each = affected_ == rows_;
    drop();
    return each;
}

void GroupedWrite::drop() {
    rows_ = affected_ = 0;
    if (!gathers_) return;
    keys_.clear();
    for (ArrayText& array : arrays_) array = {};
}

}  // namespace lianzheng
