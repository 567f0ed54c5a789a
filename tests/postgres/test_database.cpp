#include "tests/postgres/test_database.h"

#include <cstdlib>
#include <stdexcept>

namespace lianzheng::test {

TestDatabase::TestDatabase(Dialect dialect) : dialect_(dialect) {
    std::string pattern = (std::filesystem::temp_directory_path() / "lianzheng-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no directory for the test");
    directory_ = pattern;
    if (dialect_ == Dialect::Postgres) schema_.emplace();
}

TestDatabase::~TestDatabase() {
    connection_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

DatabaseAddress TestDatabase::address() const {
    return DatabaseAddress{.url = schema_ ? schema_->url() : "sqlite3://" + (directory_ / "test.db").string()};
}

void TestDatabase::run(const std::string& statement) { connection().session() << statement; }

std::string TestDatabase::value(const std::string& query) {
    std::string text;
    soci::indicator indicator = soci::i_null;
    connection().session() << query, soci::into(text, indicator);
    return indicator == soci::i_ok ? text : std::string();
}

Database& TestDatabase::connection() {
    if (!connection_) {
        Result<std::unique_ptr<Database>> opened = Database::open(address(), true);
        if (!opened) throw std::runtime_error("test database: " + opened.error().code);
        connection_ = std::move(*opened);
    }
    return *connection_;
}

}  // namespace lianzheng::test
