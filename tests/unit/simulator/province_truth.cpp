#include "tests/unit/simulator/province_truth.h"

#include <rapidjson/document.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

namespace lianzheng::sim::province {

namespace {

using Record = std::map<std::string, std::string>;

std::size_t countOf(const std::vector<const Record*>& records, const std::string& category) {
    return static_cast<std::size_t>(std::count_if(
        records.begin(), records.end(), [&](const Record* record) { return record->at("categoryCode") == category; }));
}

void judgePerson(const std::string& who, const std::vector<const Record*>& held, std::vector<std::string>& broken) {
    std::set<std::string> companiesOfA;
    std::set<std::string> companiesOfBC;
    std::size_t positions = 0;
    std::size_t as = 0;
    for (const Record* record : held) {
        const bool isA = record->at("categoryCode") == "A";
        (isA ? companiesOfA : companiesOfBC).insert(record->at("creditCode"));
        as += isA ? 1U : 0U;
        positions += isA && record->at("appointment") != "01" ? 1U : 0U;
    }
    if (companiesOfA.size() != as) broken.push_back("rule 1, two A at one company: " + who);
    if (positions > 1) broken.push_back("rule 1, two A not as 法定代表人: " + who);
    const std::size_t b = countOf(held, "B");
    const std::size_t c1 = countOf(held, "C1");
    const std::size_t c2 = countOf(held, "C2");
    const std::size_t c3 = countOf(held, "C3");
    if (b > 1) broken.push_back("rule 3: " + who);
    if (c1 + c2 > 1) broken.push_back("rule 4: " + who);
    if (c3 > 1 || (c3 == 1 && c1 + c2 > 0)) broken.push_back("rule 5: " + who);
    const bool bAndC = b > 0 && c1 + c2 + c3 > 0;
    if (bAndC && companiesOfBC.size() > 1) broken.push_back("rule 6: " + who);
    if (bAndC && as > 0 && !companiesOfA.contains(*companiesOfBC.begin())) broken.push_back("rule 6 with A: " + who);
}

}  // namespace

Scratch::Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "province-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
}

Scratch::~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string Scratch::text(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
}

std::vector<std::map<std::string, std::string>> Scratch::lines(const std::string& name) const {
    std::vector<std::map<std::string, std::string>> all;
    std::ifstream file(path(name), std::ios::binary);
    for (std::string line; std::getline(file, line);) {
        rapidjson::Document document;
        document.Parse(line.c_str());
        std::map<std::string, std::string> fields;
        for (const auto& field : document.GetObject()) {
            const bool isText = field.value.IsString();
            fields.emplace(field.name.GetString(), isText                 ? field.value.GetString()
                                                   : field.value.IsTrue() ? "true"
                                                                          : "false");
        }
        all.push_back(std::move(fields));
    }
    return all;
}

SmallProvince::SmallProvince(std::int64_t size, std::int64_t registered, double defects, std::uint64_t seed) {
    options.population.size = size;
    options.population.seed = seed;
    options.population.today = *parseDate("2026-11-23");
    options.population.defects = defects;
    options.registered = registered;
    options.out = scratch.str();
    database = openSqlite(scratch.path("province.db").string());
    tally = makeProvince(*database, options);
}

std::vector<TruthLine> SmallProvince::truth() const {
    std::vector<TruthLine> lines;
    readTruth(scratch.path("truth.jsonl"), [&](const TruthLine& line) { lines.push_back(line); });
    return lines;
}

std::map<std::string, TruthLine> SmallProvince::truthByKey() const {
    std::map<std::string, TruthLine> lines;
    for (const TruthLine& line : truth()) lines.emplace(line.sourceKey, line);
    return lines;
}

std::string SmallProvince::value(const std::string& sql) const {
    const auto rows = database->read(sql);
    return rows.empty() ? std::string{} : rows[0][0].value_or("NULL");
}

std::vector<std::string> brokenHoldingRules(const std::vector<TruthLine>& truth) {
    std::map<std::string, std::vector<const Record*>> people;
    std::map<std::string, int> legalRepresentatives;
    for (const TruthLine& line : truth) {
        if (!line.pushed || line.mayBeRefused) continue;
        const std::string& state = line.record.at("certState");
        if (state != "01" && state != "02") continue;
        people[line.record.at("identityCard")].push_back(&line.record);
        if (line.record.at("appointment") == "01") ++legalRepresentatives[line.record.at("creditCode")];
    }
    std::vector<std::string> broken;
    for (const auto& [company, count] : legalRepresentatives) {
        if (count > 1) broken.push_back("rule 2: " + company);
    }
    for (const auto& [who, held] : people) judgePerson(who, held, broken);
    return broken;
}

}  // namespace lianzheng::sim::province
