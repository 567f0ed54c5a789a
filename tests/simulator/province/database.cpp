#include "tests/simulator/province/database.h"

#include <fstream>

namespace lianzheng::sim::province {

namespace {

std::string passwordIn(const std::string& path) {
    if (path.empty()) return {};
    std::ifstream file(path);
    std::string password;
    if (!std::getline(file, password)) throw DatabaseError("cannot read the password file " + path);
    return password;
}

/// `key=value …` rather than a URI: the first word before `=` is a bare name.
bool isKeywordForm(std::string_view rest) {
    const auto equals = rest.find('=');
    return equals != std::string_view::npos && rest.substr(0, equals).find_first_of("/@:?") == std::string_view::npos;
}

}  // namespace

std::unique_ptr<Database> openDatabase(const std::string& url, const std::string& passwordFile) {
    static constexpr std::string_view kSqlite = "sqlite3://";
    static constexpr std::string_view kPostgres = "postgresql://";
    if (url.starts_with(kSqlite)) return openSqlite(url.substr(kSqlite.size()));
    if (!url.starts_with(kPostgres)) throw DatabaseError("a database URL begins with sqlite3:// or postgresql://");
    const std::string rest = url.substr(kPostgres.size());
    const bool asWritten = rest.empty() || isKeywordForm(rest);
    return openPostgres(asWritten ? rest : url, passwordIn(passwordFile));
}

}  // namespace lianzheng::sim::province
