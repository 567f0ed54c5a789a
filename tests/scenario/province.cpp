#include "tests/scenario/province.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "tests/simulator/common/check_digits.h"

namespace lianzheng::test {

std::string numberOf(int id, const std::string& category) { return fmt::format("鲁建安{}（2025）{:07}", category, id); }

std::string personOf(int id) {
    const std::string digits =
        fmt::format("370102{}050{}{:03}", 1980 + id / 4500, 1 + id % 4500 / 500, id % 500 * 2 + 1);
    return digits + sim::identityCheck(digits);
}

std::string companyOf(int id) {
    const std::string digits = fmt::format("91370100MA{:07}", id);
    return digits + sim::creditCheck(digits);
}

Province::Province(const std::filesystem::path& directory) : file_(directory / "province.db") {
    const bool made = std::filesystem::exists(file_);
    auto opened = Database::open({url()}, true);
    if (!opened) throw std::runtime_error("no province");
    database_ = std::move(*opened);
    if (made) return;
    run("PRAGMA synchronous = OFF");
    run("CREATE TABLE ZS (ID INTEGER PRIMARY KEY, ZSBH TEXT, LB TEXT, XM TEXT, SFZ TEXT, DW TEXT, XYDM TEXT, ZW TEXT, "
        "SCRQ TEXT, FZRQ TEXT, YXQZ TEXT, ZX TEXT, ZK TEXT, YQ TEXT, ZPBH TEXT, ZPBB TEXT, ZZDZ TEXT, ZZSJ TEXT, "
        "GXSJ TEXT)");
    run("CREATE INDEX ZS_GXSJ ON ZS (GXSJ, ID)");
    run("CREATE INDEX ZS_ZSBH ON ZS (ZSBH, ID)");
    run("CREATE TABLE ZP (BH TEXT PRIMARY KEY, NR BLOB)");
    run("INSERT INTO ZP VALUES ('p', X'FFD8FFE000104A46')");
}

void Province::run(const std::string& sql) { database_->session() << sql; }

std::string Province::value(const std::string& query) {
    std::string text;
    soci::indicator indicator = soci::i_null;
    database_->session() << query, soci::into(text, indicator);
    return indicator == soci::i_ok ? text : std::string{};
}

void Province::add(const Holder& holder) {
    const int person = holder.person != 0 ? holder.person : holder.id;
    const int company = holder.company != 0 ? holder.company : holder.id;
    run(fmt::format(
        "INSERT INTO ZS VALUES ({}, '{}', '{}', '持证人{}', '{}', '单位{}', '{}', '{}', '{}', '{}', '{}', '0', "
        "'0', '0', 'p', '1', '{}', '{}', '{}')",
        holder.id, holder.number.empty() ? numberOf(holder.id, holder.category) : holder.number, holder.category,
        person, personOf(person), company, companyOf(company), holder.appointment, holder.issued, holder.issued,
        holder.expires, holder.licenceUrl, holder.licenceTime, holder.changedAt));
}

void Province::set(int id, const std::string& columns, const std::string& at) {
    run(fmt::format("UPDATE ZS SET {}, GXSJ = '{}' WHERE ID = {}", columns, at, id));
}

}  // namespace lianzheng::test
