#include "adapters/provincial/photo_column.h"

#include <array>
#include <charconv>
#include <span>
#include <vector>

#include "adapters/sql/describe.h"
#include "adapters/sql/names.h"

namespace lianzheng {

namespace {

/// The bytes of PostgreSQL's \x….
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
    const std::array<std::string, 2> names{nameAmong(there, key_), nameAmong(there, column_)};
    for (const bool second : {false, true}) {
        if (!names[second ? 1 : 0].empty()) continue;
        return failed(Fault::Corrupt, "province.photo", "column_gone:" + (second ? column_ : key_));
    }
    const bool sqlite = database.dialect() == Dialect::Sqlite;
    const std::string column = "p." + quotedName(names[1]);
    const std::string type = sqlite ? "''" : "CAST(pg_typeof(" + column + ") AS text)";
    // SQLite gives the bytes as they are, of a blob as of a text.
    const std::string value = sqlite ? column : "CAST(" + column + " AS text)";
    statement_ = "SELECT " + type + ", " + value + " FROM " + from_ + " AS p WHERE p." + quotedName(names[0]) +
                 " = :key LIMIT 1";
    return ok();
}

Result<std::string> PhotoColumn::read(Database& database, SourceConnection& connection, std::string_view reference) {
    if (statement_.empty()) {
        if (Status prepared = prepare(database); !prepared) return tl::unexpected<Error>(prepared.error());
    }
    CellReader& reader = connection.kept(statement_, 2);
    const std::string key(reference);
    reader.setParameters(std::span(&key, 1));
    reader.execute();
    std::string bytes;
    while (reader.next()) {
        const std::string_view value = reader.cells()[1].text;
        const bool hex = reader.cells()[0].text == "bytea" && value.size() >= 2;
        bytes = hex ? fromHex(value.substr(2)) : std::string(value);
    }
    return bytes;
}

}  // namespace lianzheng
