#pragma once

#include <string>

namespace lianzheng::test {

/// An empty schema of its own on the test server, dropped at the end. The server's URL comes from
/// LIANZHENG_TEST_POSTGRES (postgresql://host=… port=… dbname=… user=…); unset, the constructor throws and the test
/// fails: nothing is skipped.
class PostgresSchema {
public:
    PostgresSchema();
    ~PostgresSchema();
    PostgresSchema(const PostgresSchema&) = delete;
    PostgresSchema& operator=(const PostgresSchema&) = delete;

    /// The server's URL with this schema as the search path.
    [[nodiscard]] const std::string& url() const noexcept { return url_; }

private:
    std::string server_;
    std::string name_;
    std::string url_;
};

}  // namespace lianzheng::test
