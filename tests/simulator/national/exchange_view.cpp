#include "tests/simulator/national/exchange_view.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <sqlite3.h>

#include <array>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "tests/simulator/national/file_text.h"
#include "tests/simulator/national/registry.h"

namespace lianzheng::sim::national {

namespace {

constexpr std::array kColumns{
    "eCertID",
    "provinceNum",
    "certNum",
    "issuAuth",
    "issuAuthCode",
    "issuedDate",
    "issuDate",
    "effectiveDate",
    "expiringDate",
    "categoryCode",
    "name",
    "gender",
    "birthDate",
    "identityCard",
    "identityCardType",
    "companyName",
    "creditCode",
    "appointment",
    "technicalTitle",
    "educationDegree",
    "major",
    "certState",
    "certStatusDescription",
    "associatedZzeCertID",
    "operateType",
    "oldcertNum",
    "zzeCertID",
    "codeId",
    "collected",
};

std::string valueOfColumn(const Entry& entry, std::string_view column) {
    if (column == "eCertID") return entry.eCertId;
    if (column == "zzeCertID") return entry.zzeCertId;
    if (column == "codeId") return entry.codeId;
    if (column == "collected") return entry.collected ? "1" : "0";
    return std::string(entry.at(column));
}

std::string csvCell(const std::string& value) {
    if (value.find_first_of(",\"\r\n") == std::string::npos) return value;
    std::string quoted = "\"";
    for (const char c : value) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

std::string csv(const Registry& registry) {
    std::string text;
    for (const char* column : kColumns) text.append(text.empty() ? "" : ",").append(column);
    text += "\r\n";
    registry.forEach([&](const Entry& entry) {
        bool first = true;
        for (const char* column : kColumns) {
            if (!first) text += ',';
            first = false;
            text += csvCell(valueOfColumn(entry, column));
        }
        text += "\r\n";
    });
    return text;
}

std::string jsonLines(const Registry& registry) {
    std::string text;
    registry.forEach([&](const Entry& entry) {
        rapidjson::StringBuffer buffer;
        rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
        writer.StartObject();
        for (const char* column : kColumns) {
            writer.Key(column);
            writer.String(valueOfColumn(entry, column).c_str());
        }
        writer.EndObject();
        text.append(buffer.GetString(), buffer.GetSize()).append(1, '\n');
    });
    return text;
}

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

void sqlite(const Registry& registry, const std::string& path) {
    const std::string beside = path + ".part";
    std::filesystem::remove(beside);
    sqlite3* opened = nullptr;
    const int status = sqlite3_open(beside.c_str(), &opened);
    std::unique_ptr<sqlite3, Close> database{opened};
    const auto require = [&](bool good) {
        if (!good) throw std::runtime_error("cannot write the exchange database: " + path);
    };
    require(status == SQLITE_OK);
    std::string create = "CREATE TABLE v_anguan(";
    std::string insert = "INSERT INTO v_anguan VALUES(";
    for (const char* column : kColumns) {
        create.append(create.back() == '(' ? "" : ",").append(column).append(" TEXT");
        if (std::string_view(column) == "certNum") create += " PRIMARY KEY";
        insert.append(insert.back() == '(' ? "?" : ",?");
    }
    create += ") WITHOUT ROWID";
    insert += ")";
    const auto run = [&](const std::string& sql) {
        require(sqlite3_exec(database.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    };
    run("PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF");
    run(create);
    run("BEGIN");
    sqlite3_stmt* prepared = nullptr;
    require(sqlite3_prepare_v2(database.get(), insert.c_str(), -1, &prepared, nullptr) == SQLITE_OK);
    std::unique_ptr<sqlite3_stmt, Close> statement{prepared};
    registry.forEach([&](const Entry& entry) {
        std::array<std::string, kColumns.size()> values;
        for (std::size_t i = 0; i < kColumns.size(); ++i) {
            values[i] = valueOfColumn(entry, kColumns[i]);
            require(sqlite3_bind_text(prepared, static_cast<int>(i) + 1, values[i].c_str(),
                                      static_cast<int>(values[i].size()), nullptr) == SQLITE_OK);
        }
        require(sqlite3_step(prepared) == SQLITE_DONE && sqlite3_reset(prepared) == SQLITE_OK);
    });
    statement.reset();
    run("COMMIT");
    database.reset();
    std::filesystem::rename(beside, path);
}

}  // namespace

void writeExchangeView(const Registry& registry, const std::string& path) {
    const std::string name = path.ends_with(".gz") ? path.substr(0, path.size() - 3) : path;
    if (name.ends_with(".csv")) {
        writeFile(path, csv(registry));
    } else if (name.ends_with(".jsonl")) {
        writeFile(path, jsonLines(registry));
    } else {
        sqlite(registry, path);
    }
}

}  // namespace lianzheng::sim::national
