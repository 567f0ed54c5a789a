#include "gateway/store/prepared.h"

#include <utility>

#include "gateway/store/packed_text.h"

namespace lianzheng {

namespace {

/// PostgreSQL refuses text that is not UTF-8, and one such value must not stop a whole group: U+FFFD stands for each
/// byte it would not take.
void assignTakeable(std::string& out, std::string_view value) {
    out.clear();
    while (!value.empty()) {
        const std::size_t length = utf8Length(value);
        if (length == 0) {
            out += "\xEF\xBF\xBD";
        } else {
            out.append(value, 0, length);
        }
        value.remove_prefix(std::max<std::size_t>(length, 1));
    }
}

}  // namespace

Prepared::Prepared(Database& database, std::string sql, std::string_view columns)
    : database_(database), sql_(std::move(sql)) {
    columns_.reserve(columns.size());
    for (const char kind : columns) columns_.push_back(Slot{.isText = kind == 't'});
}

void Prepared::put(Slot& slot, std::string_view value) {
    slot.isText = true;
    slot.state = soci::i_ok;
    if (database_.dialect() == Dialect::Postgres) {
        assignTakeable(slot.text, value);
    } else {
        slot.text.assign(value);
    }
}

std::int64_t Prepared::runTexts(std::span<const std::string> values) {
    parameters_.resize(values.size());
    for (std::size_t at = 0; at < values.size(); ++at) put(parameters_[at], values[at]);
    return executeForCount();
}

void Prepared::prepare() {
    soci::statement statement(database_.session());
    for (Slot& slot : columns_) {
        if (slot.isText) {
            statement.exchange(soci::into(slot.text, slot.state));
        } else {
            statement.exchange(soci::into(slot.integer, slot.state));
        }
    }
    for (Slot& slot : parameters_) {
        if (slot.isText) {
            statement.exchange(soci::use(slot.text, slot.state));
        } else {
            statement.exchange(soci::use(slot.integer, slot.state));
        }
    }
    statement.alloc();
    statement.prepare(sql_);
    statement.define_and_bind();
    statement_.emplace(statement);
}

bool Prepared::execute() {
    try {
        if (!statement_) prepare();
        return statement_->execute(true);
    } catch (...) {
        // SOCI finalizes a SQLite statement that failed: it cannot be used again.
        statement_.reset();
        throw;
    }
}

bool Prepared::fetch() {
    try {
        return statement_->fetch();
    } catch (...) {
        statement_.reset();
        throw;
    }
}

void Prepared::finish() {
    while (fetch()) {
    }
}

std::int64_t Prepared::executeForCount() {
    execute();
    return statement_->get_affected_rows();
}

}  // namespace lianzheng
