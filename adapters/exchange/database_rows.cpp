#include <algorithm>
#include <utility>

#include "adapters/exchange/national_rows.h"
#include "adapters/exchange/row_shape.h"
#include "adapters/sql/cell_reader.h"
#include "adapters/sql/describe.h"
#include "adapters/sql/names.h"

namespace lianzheng {

namespace {

constexpr const char* kWhere = "exchange.read";
constexpr std::size_t kNumber = static_cast<std::size_t>(Field::CertNum);
constexpr const char* kPortion = "FETCH 2000 FROM lianzheng_view";

/// A column of the view that is known.
struct Shown {
    std::size_t slot;
    std::string column;
};

class DatabaseRows final : public NationalRows {
public:
    DatabaseRows(DatabaseAddress address, std::string table) : address_(std::move(address)), table_(std::move(table)) {
        address_.readOnly = true;
    }

    Result<std::vector<Field>> shownFields() override;
    Status read(Want want, const NationalSink& sink, const std::stop_token& stop) override;

private:
    Status connect();
    Result<std::vector<Shown>> shown();
    [[nodiscard]] std::string select(const std::vector<Shown>& columns) const;
    void stream(const std::vector<Shown>& columns, const NationalSink& sink, const std::stop_token& stop);

    DatabaseAddress address_;
    std::string table_;
    std::unique_ptr<Database> database_;
};

Status DatabaseRows::connect() {
    database_.reset();  // the view may have been away, or another one, since
    Result<std::unique_ptr<Database>> opened = Database::open(address_, false, "exchange.open");
    if (!opened) return tl::unexpected<Error>(std::move(opened.error()));
    database_ = std::move(*opened);
    if (database_->dialect() == Dialect::Postgres) database_->session() << "SET client_encoding = 'UTF8'";
    return ok();
}

Result<std::vector<Shown>> DatabaseRows::shown() {
    const std::vector<std::string> there = columnsOf(*database_, "SELECT src.* FROM " + table_ + " AS src");
    std::vector<Shown> columns;
    for (std::size_t slot = 0; slot < kRowSlots; ++slot) {
        if (std::string name = nameAmong(there, slotName(slot)); !name.empty())
            columns.push_back({slot, std::move(name)});
    }
    const bool numbered = std::ranges::any_of(columns, [](const Shown& column) { return column.slot == kNumber; });
    if (!numbered) return failed(Fault::Corrupt, kWhere, "column_gone:certNum");
    return columns;
}

std::string DatabaseRows::select(const std::vector<Shown>& columns) const {
    const bool sqlite = database_->dialect() == Dialect::Sqlite;
    std::string list;
    std::string order;
    for (const Shown& column : columns) {
        const std::string name = "src." + quotedName(column.column);
        const std::string text = sqlite ? name : "CAST(" + name + " AS text)";
        list += (list.empty() ? "" : ", ") + text;
        if (column.slot == kNumber) order = text + (sqlite ? " COLLATE BINARY" : " COLLATE \"C\"");
    }
    return "SELECT " + list + " FROM " + table_ + " AS src ORDER BY " + order;
}

void DatabaseRows::stream(const std::vector<Shown>& columns, const NationalSink& sink, const std::stop_token& stop) {
    soci::session& session = database_->session();
    const bool cursor = database_->dialect() == Dialect::Postgres;
    if (cursor) {
        // SOCI takes a whole result into memory: a cursor brings it in portions.
        session << "BEGIN READ ONLY";
        session << "SET LOCAL cursor_tuple_fraction = 1";
        session << "DECLARE lianzheng_view NO SCROLL CURSOR FOR " + select(columns);
    }
    CellReader reader(session, cursor ? kPortion : select(columns), columns.size(), {});
    NationalRow row;
    bool more = true;
    while (more && !stop.stop_requested()) {
        reader.execute();
        more = false;
        while (reader.next()) {
            more = cursor;
            clear(row);
            for (std::size_t i = 0; i < columns.size(); ++i) assign(row, columns[i].slot, reader.cells()[i].text);
            if (stop.stop_requested() || !sink(row)) return;
        }
    }
}

Result<std::vector<Field>> DatabaseRows::shownFields() {
    return guarded(kWhere, [&]() -> Result<std::vector<Field>> {
        if (Status connected = connect(); !connected) return tl::unexpected<Error>(std::move(connected.error()));
        Result<std::vector<Shown>> columns = shown();
        if (!columns) return tl::unexpected<Error>(std::move(columns.error()));
        std::vector<std::size_t> slots;
        for (const Shown& column : *columns) slots.push_back(column.slot);
        return fieldsAmong(slots);
    });
}

Status DatabaseRows::read(Want want, const NationalSink& sink, const std::stop_token& stop) {
    return guarded(kWhere, [&]() -> Status {
        if (Status connected = connect(); !connected) return connected;
        Result<std::vector<Shown>> columns = shown();
        if (!columns) return tl::unexpected<Error>(std::move(columns.error()));
        if (want == Want::NumberOnly) {
            std::erase_if(*columns, [](const Shown& column) { return column.slot != kNumber; });
        }
        stream(*columns, sink, stop);
        database_.reset();  // ends the cursor's transaction
        return ok();
    });
}

}  // namespace

std::unique_ptr<NationalRows> makeDatabaseRows(DatabaseAddress address, std::string table) {
    return std::make_unique<DatabaseRows>(std::move(address), std::move(table));
}

}  // namespace lianzheng
