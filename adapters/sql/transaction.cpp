#include "adapters/sql/database.h"

namespace lianzheng {

WriteTransaction::WriteTransaction(Database& database) : database_(database) {
    database_.session() << (database_.dialect() == Dialect::Sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
}

WriteTransaction::~WriteTransaction() {
    if (!open_) return;
    try {
        database_.session() << "ROLLBACK";
    } catch (const std::exception&) {
        // Nothing is left to roll back: the connection is gone, or SQLite did so itself (disk full).
        open_ = false;
    }
}

void WriteTransaction::commit() {
    try {
        database_.session() << "COMMIT";
    } catch (const std::exception& exception) {
        if (database_.dialect() == Dialect::Postgres && databaseError("sql.commit", exception).code == "connection") {
            throw CommitUnknown();
        }
        throw;
    }
    open_ = false;
}

ReadTransaction::ReadTransaction(Database& database) : database_(database) {
    if (database_.dialect() == Dialect::Sqlite) database_.session() << "BEGIN";
}

ReadTransaction::~ReadTransaction() {
    if (database_.dialect() != Dialect::Sqlite) return;
    try {
        database_.session() << "ROLLBACK";
    } catch (const std::exception&) {
        // The connection is gone, and what was read with it says so.
    }
}

}  // namespace lianzheng
