#include <algorithm>
#include <string>

#include "gateway/store/brief_figures.h"
#include "gateway/store/soci_store_run.h"

namespace lianzheng {
namespace {

/// Letters and digits: whatever is neither ends no identity number.
bool isEnding(const std::string& ending) {
    return ending.size() == 4 && std::all_of(ending.begin(), ending.end(),
                                             [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

/// Each table is filtered before the three are put together: whoever does not match is never sorted.
std::string holdersSql(Dialect dialect) {
    const auto ending = [&](const std::string& person, const std::string& parameter) {
        const std::string end = "substr(" + person + ", length(" + person + ") - 3) ";
        return end + (dialect == Dialect::Postgres ? "= ANY (CAST(" + parameter + " AS TEXT[]))"
                                                   : "IN (SELECT value FROM json_each(" + parameter + "))");
    };
    return "SELECT person, number FROM holding WHERE " + ending("person", ":held") +
           " UNION SELECT who, number FROM outbox WHERE " + ending("who", ":queued") +
           " UNION SELECT person, number FROM blocked WHERE " + ending("person", ":blocked") + " ORDER BY 1, 2";
}

/// One value in the words of either database.
std::string endingsText(Dialect dialect, std::span<const std::string> endings) {
    const bool array = dialect == Dialect::Postgres;
    std::string text(1, array ? '{' : '[');
    for (const std::string& ending : endings) {
        if (!isEnding(ending)) continue;
        if (text.size() > 1) text += ',';
        text += '"' + ending + '"';
    }
    return text + (array ? '}' : ']');
}

}  // namespace

Result<std::optional<HumanLook>> SociStore::lastLook(std::string_view number) {
    return read("store.look", [&] { return tables_->looks.last(number); });
}

Result<std::vector<Finding>> SociStore::findingsOf(std::string_view number) {
    return read("store.findings", [&] { return tables_->findings.of(number); });
}

Result<std::vector<std::string>> SociStore::openWith(std::string_view kind, std::string_view provincialValue) {
    return read("store.findings", [&] { return tables_->findings.openWith(kind, provincialValue); });
}

Result<std::vector<HolderOf>> SociStore::holdersEndingIn(std::span<const std::string> endings) {
    return read("store.holders", [&] {
        Prepared rows(*database_, holdersSql(database_->dialect()), "tt");
        std::vector<HolderOf> holders;
        const std::string asked = endingsText(database_->dialect(), endings);
        rows.each([&] { holders.push_back({rows.text(0), rows.text(1)}); }, asked, asked, asked);
        return holders;
    });
}

Result<BriefFigures> SociStore::briefFigures(const BriefQuestion& question) {
    return read("store.brief", [&] {
        const ReadTransaction together(*database_);
        return lianzheng::briefFigures(*database_, question);
    });
}

}  // namespace lianzheng
