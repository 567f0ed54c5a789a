#include "adapters/provincial/source_connection.h"

#include <sys/stat.h>

#include "adapters/sql/describe.h"
#include "adapters/sql/names.h"

namespace lianzheng {

namespace {

constexpr const char* kWhere = "province.connect";

/// Tells a file from another one put in its place; 0 when there is none.
std::uint64_t identityOf(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return 0;
    return status.st_ino ^ (static_cast<std::uint64_t>(status.st_dev) << 48U);
}

bool isNumeric(const std::string& storageClass) { return storageClass == "integer" || storageClass == "real"; }

}  // namespace

SourceConnection::SourceConnection(DatabaseAddress address, SourceDefinition definition,
                                   std::vector<std::string> columns)
    : address_(std::move(address)), wanted_(std::move(definition)), columns_(std::move(columns)) {}

Status SourceConnection::ensure() {
    // A file that was replaced lives on in an open connection, unchanged for ever.
    if (database_ && database_->dialect() == Dialect::Sqlite && identityOf(sqliteFile(address_)) != fileIdentity_) {
        drop();
    }
    if (database_) return ok();
    Status connected = guarded(kWhere, [&] { return connect(); });
    if (!connected) drop();
    return connected;
}

void SourceConnection::drop() {
    kept_.clear();  // statements go before their connection
    database_.reset();
}

CellReader& SourceConnection::kept(const std::string& sql, std::size_t width) {
    std::unique_ptr<CellReader>& reader = kept_[sql];
    if (!reader) {
        reader = std::make_unique<CellReader>(database_->session(), sql, width, std::vector<std::string>(1));
    }
    return *reader;
}

Status SourceConnection::connect() {
    Result<std::unique_ptr<Database>> opened = Database::open(address_, false, kWhere);
    if (!opened) return tl::unexpected<Error>(std::move(opened.error()));
    database_ = std::move(*opened);
    fileIdentity_ = database_->dialect() == Dialect::Sqlite ? identityOf(sqliteFile(address_)) : 0;
    setUpSession();
    if (Status resolved = resolve(); !resolved) return resolved;
    probeTypes();
    return ok();
}

void SourceConnection::setUpSession() {
    if (database_->dialect() == Dialect::Sqlite) return;
    soci::session& session = database_->session();
    if (wanted_.charset == SourceDefinition::Charset::Utf8) session << "SET client_encoding = 'UTF8'";
    session << "SET bytea_output = 'hex'";
    // Instants are shown in the source's local time, which is what the mapping expects.
    session << "SET TIME ZONE INTERVAL '" + std::to_string(wanted_.changedAtOffset.count()) + " minutes'";
}

Status SourceConnection::resolve() {
    // What is wanted is described by its own statement, so that a gone table is told from a gone column.
    there_ = columnsOf(*database_, SourceSql(database_->dialect(), wanted_, {}).everything());
    resolved_ = wanted_;
    std::vector<std::string> columns = columns_;
    std::vector<std::string*> names{&resolved_.key, &resolved_.number, &resolved_.person, &resolved_.company,
                                    &resolved_.latestBy};
    for (std::string& column : columns) names.push_back(&column);
    for (std::string* name : names) {
        if (name->empty()) continue;
        std::string found = nameAmong(there_, *name);
        if (found.empty()) return failed(Fault::Corrupt, kWhere, "column_gone:" + *name);
        *name = std::move(found);
    }
    sql_.emplace(database_->dialect(), resolved_, std::move(columns));
    return ok();
}

void SourceConnection::probeTypes() {
    if (database_->dialect() == Dialect::Postgres) return;
    std::string key;
    std::string watermark;
    database_->session() << sql_->types(), soci::into(key), soci::into(watermark);
    sql_->setNumeric(
        {.key = isNumeric(key) || (key.empty() && resolved_.keyIsNumber), .watermark = isNumeric(watermark)});
}

Error SourceConnection::explained(Error error) {
    if (error.code == "column_gone" && database_) {
        const Status named = guarded(error.where, [&] { return resolve(); });
        if (!named) error.code = named.error().code;
    }
    drop();
    return error;
}

}  // namespace lianzheng
