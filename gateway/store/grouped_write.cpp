#include "gateway/store/grouped_write.h"

#include <algorithm>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::string_view kBetween = ", ";

/// Calls `name(name, kind)` for each of `columns`.
template <class Each>
void eachColumn(std::string_view columns, std::string_view kinds, Each&& each) {
    std::size_t at = 0;
    while (!columns.empty()) {
        const std::size_t end = std::min(columns.find(kBetween), columns.size());
        each(columns.substr(0, end), kinds[at++]);
        columns.remove_prefix(std::min(end + kBetween.size(), columns.size()));
    }
}

void separate(std::string& list) {
    if (!list.empty()) list += kBetween;
}

/// unnest of one array a column, each the parameter of that name.
std::string unnested(std::string_view columns, std::string_view kinds) {
    std::string arrays;
    eachColumn(columns, kinds, [&](std::string_view name, char kind) {
        separate(arrays);
        arrays.append("CAST(:").append(name).append(kind == 't' ? " AS TEXT[])" : " AS BIGINT[])");
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
    eachColumn(columns, kinds, [&](std::string_view name, char) {
        separate(parameters);
        parameters.append(":").append(name);
    });
    const std::string into = "INSERT INTO " + std::string(table) + " (" + std::string(columns) + ") ";
    std::string after = tail.empty() ? "" : " ";
    after += tail;
    return {into + "VALUES (" + parameters + ")" + after, into + "SELECT * FROM " + unnested(columns, kinds) + after,
            kinds, 0};
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
