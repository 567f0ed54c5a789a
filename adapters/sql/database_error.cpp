#include "adapters/sql/database.h"

#include <array>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace lianzheng {

namespace {

struct Meaning {
    Fault fault;
    std::string_view code;
};

Meaning meaningOf(const soci::sqlite3_soci_error& error) {
    switch (error.result() & 0xFF) {  // the primary code of an extended one
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {Fault::Unavailable, "locked"};
        case SQLITE_INTERRUPT:
            return {Fault::Unavailable, "statement_timeout"};
        case SQLITE_FULL:
            return {Fault::Corrupt, "disk_full"};
        case SQLITE_IOERR:
            return {Fault::Corrupt, "io"};
        case SQLITE_CANTOPEN:
            return {Fault::Corrupt, "cannot_open"};
        case SQLITE_CORRUPT:
            return {Fault::Corrupt, "damaged"};
        case SQLITE_NOTADB:
            return {Fault::Corrupt, "not_a_database"};
        case SQLITE_READONLY:
            return {Fault::Corrupt, "read_only"};
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {Fault::Denied, "no_privilege"};
        case SQLITE_CONSTRAINT:
            return {Fault::Corrupt, "constraint"};
        default:
            break;
    }
    const std::string message = error.get_error_message();
    if (message.find("no such table") != std::string::npos) return {Fault::Corrupt, "table_gone"};
    if (message.find("no such column") != std::string::npos) return {Fault::Corrupt, "column_gone"};
    return {Fault::Corrupt, "sql"};
}

struct StateMeaning {
    std::string_view state;  ///< a SQLSTATE, or the beginning of one
    Meaning meaning;
};

constexpr std::array kStates{
    // A lost connection often has no state at all.
    StateMeaning{"     ", {Fault::Unavailable, "connection"}},
    StateMeaning{"08007", {Fault::InDoubt, "commit_unknown"}},
    StateMeaning{"08", {Fault::Unavailable, "connection"}},
    StateMeaning{"57P0", {Fault::Unavailable, "connection"}},
    StateMeaning{"57014", {Fault::Unavailable, "statement_timeout"}},
    StateMeaning{"55P03", {Fault::Unavailable, "locked"}},
    StateMeaning{"40003", {Fault::InDoubt, "commit_unknown"}},
    StateMeaning{"40", {Fault::Unavailable, "conflict"}},
    StateMeaning{"53100", {Fault::Corrupt, "disk_full"}},
    StateMeaning{"53", {Fault::Unavailable, "resources"}},
    StateMeaning{"28", {Fault::Denied, "authentication"}},
    StateMeaning{"42501", {Fault::Denied, "no_privilege"}},
    StateMeaning{"42P01", {Fault::Corrupt, "table_gone"}},
    StateMeaning{"42703", {Fault::Corrupt, "column_gone"}},
    StateMeaning{"25006", {Fault::Corrupt, "read_only"}},
    StateMeaning{"23", {Fault::Corrupt, "constraint"}},
    StateMeaning{"58", {Fault::Corrupt, "io"}},
    StateMeaning{"XX00", {Fault::Corrupt, "damaged"}},
};

Meaning meaningOf(const soci::postgresql_soci_error& error) {
    const std::string state = error.sqlstate();
    for (const StateMeaning& known : kStates) {
        if (state.starts_with(known.state)) return known.meaning;
    }
    return {Fault::Corrupt, "sql"};
}

Meaning meaningOf(const std::exception& exception) {
    if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&exception)) return meaningOf(*sqlite);
    if (const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&exception)) {
        return meaningOf(*postgres);
    }
    if (dynamic_cast<const CommitUnknown*>(&exception) != nullptr) return {Fault::InDoubt, "commit_unknown"};
    if (dynamic_cast<const soci::soci_error*>(&exception) != nullptr) return {Fault::Corrupt, "sql"};
    return {Fault::Corrupt, "internal"};
}

}  // namespace

Error databaseError(std::string_view where, const std::exception& exception) {
    const Meaning meaning = meaningOf(exception);
    return Error{meaning.fault, std::string(where), std::string(meaning.code), std::nullopt};
}

}  // namespace lianzheng
