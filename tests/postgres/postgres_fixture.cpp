#include "tests/postgres/postgres_fixture.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "adapters/sql/database.h"

namespace lianzheng::test {

namespace {

std::string serverUrl() {
    const char* url = std::getenv("LIANZHENG_TEST_POSTGRES");
    if (url == nullptr || *url == '\0') {
        throw std::runtime_error("LIANZHENG_TEST_POSTGRES is not set: PostgreSQL tests need a server");
    }
    return url;
}

void run(const std::string& server, const std::string& statement) {
    Result<std::unique_ptr<Database>> database = Database::open(DatabaseAddress{.url = server});
    if (!database) throw std::runtime_error("test server: " + database.error().code);
    (*database)->session() << statement;
}

/// Test programs run side by side: the process's number keeps their schemas apart.
std::string freshName() {
    static std::atomic<int> count{0};
    return "lz_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
}

}  // namespace

PostgresSchema::PostgresSchema() : server_(serverUrl()), name_(freshName()) {
    run(server_, "DROP SCHEMA IF EXISTS " + name_ + " CASCADE");
    run(server_, "CREATE SCHEMA " + name_);
    url_ = server_ + " options='-csearch_path=" + name_ + "'";
}

PostgresSchema::~PostgresSchema() {
    try {
        run(server_, "DROP SCHEMA IF EXISTS " + name_ + " CASCADE");
    } catch (const std::exception&) {
        std::fputs("a test schema could not be dropped\n", stderr);
    }
}

}  // namespace lianzheng::test
