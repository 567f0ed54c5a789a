#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/exchange/national_rows.h"
#include "adapters/exchange/row_shape.h"
#include "adapters/sql/cell_reader.h"
#include "adapters/sql/describe.h"
#include "adapters/sql/names.h"
#include "adapters/sql/range_read.h"
#include "mappings/text.h"

namespace lianzheng {

namespace {

constexpr const char* kWhere = "exchange.read";
constexpr std::size_t kNumber = static_cast<std::size_t>(Field::CertNum);
constexpr std::size_t kMostInList = 2000;
constexpr std::size_t kPortion = 2000;

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
    Status read(const Slots& wanted, Order order, const NationalSink& sink, const std::stop_token& stop) override;
    Result<bool> inRanges(const Slots& wanted, const ChooseRanges& choose, const RangedNationalSink& sink,
                          const std::stop_token& stop) override;
    Result<bool> find(std::span<const std::string> numbers, const NationalSink& sink,
                      const std::stop_token& stop) override;

private:
    Status connect();
    Result<std::vector<Shown>> shown();
    Result<std::vector<Shown>> connected();
    [[nodiscard]] std::string select(const std::vector<Shown>& columns) const;
    [[nodiscard]] std::string orderBy(const std::vector<Shown>& columns) const;
    [[nodiscard]] static std::string numberOf(const std::vector<Shown>& columns);
    /// What the executions of a statement have given so far.
    struct Taken {
        std::uint64_t rows = 0;
        std::string badColumn;  ///< of the last row: its cell is no text
    };
    /// What one execution of the statement gives; false: the sink, a stop or a bad cell ended it.
    template <class Reader>
    static bool take(Reader& reader, const std::vector<Shown>& columns, const NationalSink& sink,
                     const std::stop_token& stop, Taken& taken);
    Status stream(const std::vector<Shown>& columns, const std::string& query, const NationalSink& sink,
                  const std::stop_token& stop);
    Status nameBadCell(const std::stop_token& stop);

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
    for (const Shown& column : columns) {
        const std::string name = "src." + quotedName(column.column);
        list += (list.empty() ? "" : ", ") + (sqlite ? name : "CAST(" + name + " AS text)");
    }
    return "SELECT " + list + " FROM " + table_ + " AS src";
}

std::string DatabaseRows::numberOf(const std::vector<Shown>& columns) {
    const auto found = std::ranges::find(columns, kNumber, &Shown::slot);
    return "src." + quotedName(found->column);
}

std::string DatabaseRows::orderBy(const std::vector<Shown>& columns) const {
    const std::string number = numberOf(columns);
    const bool sqlite = database_->dialect() == Dialect::Sqlite;
    return " ORDER BY " + (sqlite ? number + " COLLATE BINARY" : "CAST(" + number + " AS text) COLLATE \"C\"");
}

template <class Reader>
bool DatabaseRows::take(Reader& reader, const std::vector<Shown>& columns, const NationalSink& sink,
                        const std::stop_token& stop, Taken& taken) {
    NationalRow row;
    reader.execute();
    while (reader.next()) {
        ++taken.rows;
        clear(row);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::string_view text = reader.cells()[i].text;
            if (!isText(text)) {
                taken.badColumn = columns[i].column;
                return false;
            }
            assign(row, columns[i].slot, text);
        }
        if (stop.stop_requested() || !sink(row)) return false;
    }
    return true;
}

Status DatabaseRows::stream(const std::vector<Shown>& columns, const std::string& query, const NationalSink& sink,
                            const std::stop_token& stop) {
    soci::session& session = database_->session();
    const bool cursor = database_->dialect() == Dialect::Postgres;
    if (cursor) {
        // SOCI takes a whole result into memory: a cursor brings it in portions.
        session << "BEGIN READ ONLY";
        session << "SET LOCAL cursor_tuple_fraction = 1";
        session << "DECLARE lianzheng_view NO SCROLL CURSOR FOR " + query;
    }
    CellReader reader(session, cursor ? "FETCH " + std::to_string(kPortion) + " FROM lianzheng_view" : query,
                      columns.size(), {});
    Taken taken;
    std::uint64_t before = 0;
    do {
        before = taken.rows;
    } while (take(reader, columns, sink, stop, taken) && cursor && taken.rows != before);
    if (taken.badColumn.empty()) return ok();
    return failed(Fault::Corrupt, kWhere, "cell:" + taken.badColumn + ":" + std::to_string(taken.rows));
}

/// A look-up does not tell where a row stands: reading everything does.
Status DatabaseRows::nameBadCell(const std::stop_token& stop) {
    const auto pass = [](const NationalRow& /*row*/) { return true; };
    if (Status read = this->read(Slots().set(), Order::AsTheyLie, pass, stop); !read || stop.stop_requested())
        return read;
    return failed(Fault::Unavailable, kWhere, "changed_meanwhile");
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

Result<std::vector<Shown>> DatabaseRows::connected() {
    if (Status connected = connect(); !connected) return tl::unexpected<Error>(std::move(connected.error()));
    return shown();
}

Status DatabaseRows::read(const Slots& wanted, Order order, const NationalSink& sink, const std::stop_token& stop) {
    return guarded(kWhere, [&]() -> Status {
        Result<std::vector<Shown>> columns = connected();
        if (!columns) return tl::unexpected<Error>(std::move(columns.error()));
        std::erase_if(*columns, [&](const Shown& column) { return !wanted[column.slot]; });
        const std::string query = select(*columns) + (order == Order::ByNumber ? orderBy(*columns) : "");
        Status streamed = stream(*columns, query, sink, stop);
        database_.reset();  // ends the cursor's transaction
        return streamed;
    });
}

Result<bool> DatabaseRows::inRanges(const Slots& wanted, const ChooseRanges& choose, const RangedNationalSink& sink,
                                    const std::stop_token& stop) {
    Taken taken;
    Result<bool> there = guarded(kWhere, [&]() -> Result<bool> {
        Result<std::vector<Shown>> columns = connected();
        if (!columns) return tl::unexpected<Error>(std::move(columns.error()));
        if (database_->dialect() != Dialect::Postgres) return false;
        std::erase_if(*columns, [&](const Shown& column) { return !wanted[column.slot]; });
        const auto number = std::ranges::find(*columns, kNumber, &Shown::slot);
        RangeRead read(*database_, select(*columns), columns->size(),
                       static_cast<std::size_t>(number - columns->begin()));
        const std::optional<RangeDigests> digests = read.digests();
        if (!digests) return false;
        const std::optional<WantedRanges> ranges = choose(*digests);
        if (!ranges || std::ranges::find(*ranges, true) == ranges->end()) return true;
        read.want(*ranges, kPortion);
        const NationalSink taking = [&](const NationalRow& row) {
            return !(*ranges)[read.range()] || sink(read.range(), row);
        };
        std::uint64_t before = 0;
        do {
            before = taken.rows;
        } while (take(read, *columns, taking, stop, taken) && taken.rows != before);
        return true;
    });
    if (!there || taken.badColumn.empty()) return there;
    return nameBadCell(stop).map([] { return true; });
}

Result<bool> DatabaseRows::find(std::span<const std::string> numbers, const NationalSink& sink,
                                const std::stop_token& stop) {
    Taken taken;
    Result<bool> found = guarded(kWhere, [&]() -> Result<bool> {
        Result<std::vector<Shown>> columns = connected();
        if (!columns) return tl::unexpected<Error>(std::move(columns.error()));
        for (std::size_t begin = 0; begin < numbers.size(); begin += kMostInList) {
            const auto portion = numbers.subspan(begin, std::min(kMostInList, numbers.size() - begin));
            std::string list;
            for (std::size_t i = 0; i < portion.size(); ++i) list += (i == 0 ? ":v" : ", :v") + std::to_string(i);
            CellReader reader(database_->session(),
                              select(*columns) + " WHERE " + numberOf(*columns) + " IN (" + list + ")", columns->size(),
                              {portion.begin(), portion.end()});
            if (!take(reader, *columns, sink, stop, taken)) break;
        }
        return true;
    });
    if (!found || taken.badColumn.empty()) return found;
    return nameBadCell(stop).map([] { return true; });
}

}  // namespace

std::unique_ptr<NationalRows> makeDatabaseRows(DatabaseAddress address, std::string table) {
    return std::make_unique<DatabaseRows>(std::move(address), std::move(table));
}

}  // namespace lianzheng
