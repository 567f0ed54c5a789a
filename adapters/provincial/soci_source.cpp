#include "adapters/provincial/soci_source.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "adapters/provincial/gb18030.h"
#include "adapters/provincial/ordered_sweep.h"
#include "adapters/provincial/paged_read.h"
#include "adapters/provincial/photo_column.h"
#include "adapters/provincial/photo_file.h"
#include "adapters/provincial/photo_http.h"
#include "adapters/provincial/read_pace.h"
#include "adapters/provincial/source_connection.h"
#include "adapters/provincial/source_health.h"
#include "adapters/provincial/unordered_sweep.h"
#include "adapters/provincial/watermark_text.h"
#include "adapters/provincial/write_back.h"
#include "adapters/sql/cell_reader.h"
#include "adapters/sql/names.h"
#include "mappings/certificate_number.h"

namespace lianzheng {

namespace {

constexpr std::size_t kMostInList = 500;

bool isNumber(const std::string& text) {
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

std::string firstText(Database& database, const std::string& sql) {
    std::string text;
    soci::indicator indicator = soci::i_null;
    database.session() << sql, soci::into(text, indicator);
    return database.session().got_data() && indicator == soci::i_ok ? text : std::string();
}

std::uint64_t firstCount(Database& database, const std::string& sql) {
    long long count = 0;
    database.session() << sql, soci::into(count);
    return static_cast<std::uint64_t>(count);
}

class SociSource final : public ProvincialSource {
public:
    SociSource(SourceSettings settings, SourceDefinition definition, std::vector<std::string> columns, Clock& clock)
        : settings_(std::move(settings)),
          definition_(definition),
          photos_(definition_),
          connection_(settings_.address, std::move(definition), std::move(columns)),
          clock_(clock),
          pace_(settings_.rowsPerSecond, clock) {}

    Result<ScanCursor> scan(const ScanCursor& after, std::string_view horizon, std::size_t limit,
                            const RowSink& sink) override;
    Result<std::uint64_t> sweep(const RowSink& sink, const std::stop_token& stop) override;
    Result<std::uint64_t> sweepUnordered(const std::vector<bool>& wanted, const RowSink& sink,
                                         const std::stop_token& stop) override;
    Result<bool> sweepRanges(const std::vector<bool>& wanted, const ChooseRanges& choose, const RangedRowSink& sink,
                             const std::stop_token& stop) override;
    Status byNumber(std::string_view number, const RowSink& sink) override;
    Status byNumbers(std::span<const std::string> numbers, const RowSink& sink) override;
    Status byKeys(std::span<const std::string> keys, const RowSink& sink) override;
    Status byPerson(std::string_view identityCard, const RowSink& sink) override;
    Result<std::string> photo(std::string_view reference) override;
    Result<std::string> watermarkAt(std::chrono::seconds age) override;
    Status writeBack(std::span<const WriteBack> rows) override;
    Result<Health> health() override;

private:
    /// Rows that are read as they lie at a time.
    [[nodiscard]] std::size_t portionRows() const {
        return std::max<std::size_t>(1, pace_.page(settings_.portionRows));
    }
    [[nodiscard]] std::size_t pageRows() const { return std::max<std::size_t>(1, pace_.page(settings_.pageRows)); }
    Status among(const char* where, std::string SourceDefinition::*column, std::vector<std::string> values,
                 const RowSink& sink);
    Result<std::string> photoFromColumn(std::string_view reference);
    std::string watermarkOf(Database& database, const SourceSql& sql, std::chrono::seconds age);

    SourceSettings settings_;
    SourceDefinition definition_;
    PhotoColumn photos_;
    SourceConnection connection_;
    Clock& clock_;
    ReadPace pace_;
    std::unique_ptr<PhotoHttp> photoHttp_;
};

Result<ScanCursor> SociSource::scan(const ScanCursor& after, std::string_view horizon, std::size_t limit,
                                    const RowSink& sink) {
    constexpr const char* kWhere = "province.scan";
    if (definition_.changedAt.empty()) return failed(Fault::Rejected, kWhere, "no_watermark");
    if (limit == 0) return after;
    return connection_.run(kWhere, [&](Database& database, SourceSql& sql) -> Result<ScanCursor> {
        const std::size_t page = std::min(pageRows(), limit);
        const bool closed = !horizon.empty();
        PagedQuery query{.first = {},
                         .firstParameters = {},
                         .next = sql.scanPage(SourceSql::From::Row, closed, page),
                         .moreParameters = {},
                         .cursor = {sql.position(SourceSql::Watermark), sql.position(SourceSql::Key)},
                         .columns = sql.columns(),
                         .width = sql.scanWidth(),
                         .pageRows = page,
                         .limit = limit};
        SourceSql::From from = SourceSql::From::Anywhere;
        if (!after.changedAt.empty()) {
            from = after.key.empty() ? SourceSql::From::Time : SourceSql::From::Row;
            query.firstParameters.push_back(after.changedAt);
            if (!after.key.empty()) query.firstParameters.push_back(after.key);
        }
        query.first = sql.scanPage(from, closed, page);
        if (closed) {
            query.firstParameters.emplace_back(horizon);
            query.moreParameters.emplace_back(horizon);
        }
        const PagedOutcome outcome = readPages(database, query, pace_, sink, std::stop_token());
        if (outcome.rows == 0) return after;
        return ScanCursor{.changedAt = outcome.cursor[0], .key = outcome.cursor[1]};
    });
}

Result<std::uint64_t> SociSource::sweep(const RowSink& sink, const std::stop_token& stop) {
    constexpr const char* kWhere = "province.sweep";
    return connection_.run(kWhere, [&](Database& database, SourceSql& sql) -> Result<std::uint64_t> {
        const std::uint64_t rows = sweepInOrder({database, sql, pageRows(), pace_, sink, stop});
        // What came is not the whole source, and nobody may take it for that.
        if (stop.stop_requested()) return failed(Fault::Cancelled, kWhere, "stopped");
        return rows;
    });
}

Result<std::uint64_t> SociSource::sweepUnordered(const std::vector<bool>& wanted, const RowSink& sink,
                                                 const std::stop_token& stop) {
    return connection_.run("province.sweep", [&](Database& database, SourceSql& sql) -> Result<std::uint64_t> {
        const std::uint64_t rows = sweepNarrowly({database, sql, portionRows(), pace_, sink, stop}, wanted);
        if (stop.stop_requested()) return failed(Fault::Cancelled, "province.sweep", "stopped");
        return rows;
    });
}

Result<bool> SociSource::sweepRanges(const std::vector<bool>& wanted, const ChooseRanges& choose,
                                     const RangedRowSink& sink, const std::stop_token& stop) {
    return connection_.run("province.sweep", [&](Database& database, SourceSql& sql) -> Result<bool> {
        const bool there = sweepInRanges({database, sql, portionRows(), pace_, stop}, wanted, choose, sink);
        if (stop.stop_requested()) return failed(Fault::Cancelled, "province.sweep", "stopped");
        return there;
    });
}

Status SociSource::among(const char* where, std::string SourceDefinition::*column, std::vector<std::string> values,
                         const RowSink& sink) {
    const std::size_t most = std::max<std::size_t>(1, pace_.page(kMostInList));
    return connection_.run(where, [&](Database& database, SourceSql& sql) -> Status {
        const std::string name = connection_.definition().*column;
        for (std::size_t begin = 0; begin < values.size(); begin += most) {
            const auto first = values.begin() + static_cast<std::ptrdiff_t>(begin);
            const auto last = first + static_cast<std::ptrdiff_t>(std::min(most, values.size() - begin));
            const std::vector<std::string> portion(first, last);
            pace_.await(portion.size(), std::stop_token());
            CellReader reader(database.session(), sql.among(name, portion.size()), sql.width(), portion);
            reader.execute();
            std::size_t rows = 0;
            bool wanted = true;
            while (wanted && reader.next()) {
                ++rows;
                wanted = sink(reader.cells().first(sql.columns()));
            }
            pace_.took(rows);
            if (!wanted) break;
        }
        return ok();
    });
}

Status SociSource::byNumber(std::string_view number, const RowSink& sink) {
    return byNumbers(std::array{std::string(number)}, sink);
}

Status SociSource::byNumbers(std::span<const std::string> numbers, const RowSink& sink) {
    std::set<std::string> spellings(numbers.begin(), numbers.end());
    for (const std::string& number : numbers) {
        if (const Checked<CertificateNumber> parsed = CertificateNumber::parse(number)) {
            for (std::string& spelling : parsed->spellings()) spellings.insert(std::move(spelling));
        }
    }
    std::vector<std::string> values;
    for (const std::string& spelling : spellings) {
        if (definition_.charset == SourceDefinition::Charset::Utf8) {
            values.push_back(spelling);
        } else if (std::optional<std::string> encoded = toGb18030(spelling)) {
            values.push_back(std::move(*encoded));
        }
    }
    return among("province.by_number", &SourceDefinition::number, std::move(values), sink);
}

Status SociSource::byKeys(std::span<const std::string> keys, const RowSink& sink) {
    std::vector<std::string> values(keys.begin(), keys.end());
    // A text that is no number is no key of such a source, and PostgreSQL would refuse the whole list for it.
    if (definition_.keyIsNumber) std::erase_if(values, [](const std::string& key) { return !isNumber(key); });
    return among("province.by_keys", &SourceDefinition::key, std::move(values), sink);
}

Status SociSource::byPerson(std::string_view identityCard, const RowSink& sink) {
    constexpr const char* kWhere = "province.by_person";
    if (definition_.person.empty()) return failed(Fault::Rejected, kWhere, "no_person_column");
    return among(kWhere, &SourceDefinition::person, {std::string(identityCard)}, sink);
}

Result<std::string> SociSource::photo(std::string_view reference) {
    if (reference.empty()) return std::string();
    switch (definition_.photo) {
        case SourceDefinition::Photo::None:
            return std::string();
        case SourceDefinition::Photo::File:
            return readPhotoFile(definition_.photoFrom, reference);
        case SourceDefinition::Photo::Column:
            return photoFromColumn(reference);
        case SourceDefinition::Photo::Http:
            break;
    }
    if (!photoHttp_) photoHttp_ = std::make_unique<PhotoHttp>(definition_.photoFrom, settings_.photos);
    return photoHttp_->bytes(reference);
}

Result<std::string> SociSource::photoFromColumn(std::string_view reference) {
    const auto read = [&] {
        return connection_.run("province.photo", [&](Database& database, SourceSql&) {
            return photos_.read(database, connection_, reference);
        });
    };
    auto bytes = read();
    if (bytes) return bytes;
    photos_.forget();
    // Asked anew, the table says which column it is.
    return bytes.error().code == "column_gone" ? read() : bytes;
}

std::string SociSource::watermarkOf(Database& database, const SourceSql& sql, std::chrono::seconds age) {
    if (database.dialect() == Dialect::Sqlite) {
        const std::string sample = firstText(database, sql.newestWatermark());
        return watermarkText(clock_.now() - age, definition_.changedAtOffset, sample);
    }
    const std::string instant = "clock_timestamp() - INTERVAL '" + std::to_string(age.count()) + " seconds'";
    const std::string type = firstText(database, sql.watermarkType());
    if (type.starts_with("timestamp") || type == "date") {
        return firstText(database, "SELECT CAST(CAST(" + instant + " AS " + type + ") AS text)");
    }
    const std::string milliseconds =
        firstText(database, "SELECT CAST(CAST(floor(EXTRACT(EPOCH FROM " + instant + ") * 1000) AS bigint) AS text)");
    const TimePoint there{std::chrono::milliseconds{std::stoll(milliseconds)}};
    return watermarkText(there, definition_.changedAtOffset, firstText(database, sql.newestWatermark()));
}

Result<std::string> SociSource::watermarkAt(std::chrono::seconds age) {
    constexpr const char* kWhere = "province.watermark";
    if (definition_.changedAt.empty()) return failed(Fault::Rejected, kWhere, "no_watermark");
    return connection_.run(kWhere, [&](Database& database, SourceSql& sql) -> Result<std::string> {
        return watermarkOf(database, sql, age);
    });
}

Status SociSource::writeBack(std::span<const WriteBack> rows) {
    if (settings_.writeBack == SourceSettings::WriteBackTarget::None || rows.empty()) return ok();
    Status written = connection_.run("province.write_back", [&](Database& database, SourceSql&) -> Status {
        writeBackRows(database, settings_, rows);
        return ok();
    });
    // For our own store that is damage; here it is an account without the right.
    if (!written && written.error().code == "read_only") written.error().fault = Fault::Denied;
    return written;
}

Result<ProvincialSource::Health> SociSource::health() {
    auto asked = connection_.run("province.health", [&](Database& database, SourceSql& sql) -> Result<Health> {
        Health health;
        health.columns = connection_.sourceColumns();
        health.rows = firstCount(database, sql.count());
        if (!definition_.baseTable.empty()) {
            health.baseRows = firstCount(database, "SELECT count(*) FROM " + definition_.baseTable);
        }
        const bool sqlite = database.dialect() == Dialect::Sqlite;
        if (!definition_.changedAt.empty()) {
            const auto from = sqlite ? SourceSql::From::Row : SourceSql::From::Anywhere;
            health.scanUsesIndex = orderComesFromIndex(database, sql.scanPage(from, false, pageRows()));
        }
        health.sweepUsesIndex = orderComesFromIndex(database, sql.sweepPage(sqlite, pageRows()));
        health.canWrite = canWriteBack(database, settings_);
        if (!sqlite) {
            const std::string theirs =
                firstText(database, "SELECT CAST(CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS bigint) AS text)");
            health.clockSkew = std::chrono::seconds{std::stoll(theirs)} -
                               std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch();
        }
        return health;
    });
    if (asked || !asked.error().code.starts_with("column_gone:")) return asked;
    Health health;
    health.columns = connection_.sourceColumns();
    return health;
}

}  // namespace

std::unique_ptr<ProvincialSource> makeSociSource(SourceSettings settings, const FieldMap& map, Clock& clock) {
    return makeSociSource(std::move(settings), map.source(), map.columns(), clock);
}

std::unique_ptr<ProvincialSource> makeSociSource(SourceSettings settings, SourceDefinition definition,
                                                 std::vector<std::string> columns, Clock& clock) {
    return std::make_unique<SociSource>(std::move(settings), std::move(definition), std::move(columns), clock);
}

}  // namespace lianzheng
