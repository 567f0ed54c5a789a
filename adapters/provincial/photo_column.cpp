#include "adapters/provincial/photo_column.h"

#include <charconv>
#include <vector>

#include "adapters/sql/describe.h"
#include "adapters/sql/names.h"

namespace lianzheng {

namespace {

/// The bytes of PostgreSQL's \x… or SQLite's hex().
std::string fromHex(std::string_view hex) {
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        unsigned value = 0;
        std::from_chars(hex.data() + i, hex.data() + i + 2, value, 16);
        bytes += static_cast<char>(value);
    }
    return bytes;
}

}  // namespace

PhotoColumn::PhotoColumn(const SourceDefinition& definition)
    : from_(definition.photoFrom), key_(definition.photoKey), column_(definition.photoColumn) {}

Status PhotoColumn::prepare(Database& database) {
    const auto there = columnsOf(database, "SELECT p.* FROM " + from_ + " AS p");
    std::string names[] = {nameAmong(there, key_), nameAmong(there, column_)};
    for (const bool second : {false, true}) {
        if (!names[second ? 1 : 0].empty()) continue;
        return failed(Fault::Corrupt, "province.photo", "column_gone:" + (second ? column_ : key_));
    }
    const bool sqlite = database.dialect() == Dialect::Sqlite;
    const std::string column = "p." + quotedName(names[1]);
    const std::string type = sqlite ? "typeof(" + column + ")" : "CAST(pg_typeof(" + column + ") AS text)";
    const std::string value =
        sqlite ? "CASE typeof(" + column + ") WHEN 'blob' THEN hex(" + column + ") ELSE " + column + " END"
               : "CAST(" + column + " AS text)";
    statement_ = "SELECT " + type + ", " + value + " FROM " + from_ + " AS p WHERE p." + quotedName(names[0]) +
                 " = :key LIMIT 1";
    return ok();
}

Result<std::string> PhotoColumn::read(Database& database, std::string_view reference) {
    if (statement_.empty()) {
        if (Status prepared = prepare(database); !prepared) return tl::unexpected<Error>(prepared.error());
    }
    std::string kind;
    std::string text;
    soci::indicator indicator = soci::i_null;
    const std::string key(reference);
    database.session() << statement_, soci::into(kind), soci::into(text, indicator), soci::use(key);
    if (!database.session().got_data() || indicator != soci::i_ok) return std::string();
    if (kind == "blob") return fromHex(text);
    if (kind == "bytea") return fromHex(std::string_view(text).substr(2));
    return text;
}

}  // namespace lianzheng
