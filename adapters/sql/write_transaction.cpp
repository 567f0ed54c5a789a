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

}  // namespace lianzheng
