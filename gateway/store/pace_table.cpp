#include "gateway/store/pace_table.h"

#include <cmath>
#include <cstdint>

namespace lianzheng {
namespace {

std::int64_t thousandths(double rate) { return std::llround(rate * 1000); }
double rateOf(std::int64_t thousandths) { return static_cast<double>(thousandths) / 1000; }

}  // namespace

PaceTable::PaceTable(Database& database)
    : put_(database,
           "INSERT INTO pace (operation, credential, base, found, found_at, lately, failures, closed_till, written_at) "
           "VALUES (:operation, :credential, :base, :found, :found_at, :lately, :failures, :closed_till, :written_at) "
           "ON CONFLICT (operation, credential) DO UPDATE SET base = excluded.base, found = excluded.found, "
           "found_at = excluded.found_at, lately = excluded.lately, failures = excluded.failures, "
           "closed_till = excluded.closed_till, written_at = excluded.written_at"),
      list_(database,
            "SELECT operation, credential, base, found, found_at, lately, failures, closed_till, written_at FROM pace "
            "ORDER BY credential, operation",
            "ttiiiiiii") {}

void PaceTable::put(const PaceRow& row) {
    put_.run(row.operation, row.credential, thousandths(row.base), thousandths(row.limit), row.limitAt,
             thousandths(row.lately), row.failures, row.closedTill, row.at);
}

std::vector<PaceRow> PaceTable::list() {
    std::vector<PaceRow> rows;
    list_.each([&] {
        PaceRow row;
        row.operation = list_.text(0);
        row.credential = list_.text(1);
        row.base = rateOf(list_.integer(2));
        row.limit = rateOf(list_.integer(3));
        row.limitAt = list_.maybeTime(4);
        row.lately = rateOf(list_.integer(5));
        row.failures = static_cast<int>(list_.integer(6));
        row.closedTill = list_.maybeTime(7);
        row.at = list_.time(8);
        rows.push_back(std::move(row));
    });
    return rows;
}

}  // namespace lianzheng
