#include "tests/simulator/province/register_book.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace lianzheng::sim::province {

namespace {

Held heldFrom(const TruthLine& truth) {
    Held held;
    held.key = truth.sourceKey;
    held.pushed = truth.pushed;
    held.settled = !truth.mayBeRefused;
    if (!truth.pushed) return held;
    held.category = truth.record.at("categoryCode");
    held.appointment = truth.record.at("appointment");
    held.state = truth.record.at("certState");
    held.identity = truth.record.at("identityCard");
    held.firstIssued = parseDate(truth.record.at("issuedDate")).value_or(Date{});
    held.expiring = parseDate(truth.record.at("expiringDate")).value_or(Date{});
    return held;
}

}  // namespace

RegisterBook::RegisterBook(Database& database, const std::filesystem::path& truth) {
    std::unordered_map<std::string, std::pair<std::int64_t, std::int64_t>> places;
    std::map<std::int64_t, int> sizes;
    for (const Row& row : database.read("SELECT ZSID, RYBH, DWBH, GXSJ FROM T_AQSC_ZS")) {
        const std::int64_t person = std::stoll(row[1].value_or("0"));
        const std::int64_t company = std::stoll(row[2].value_or("0"));
        places.emplace(row[0].value_or(""), std::pair{person, company});
        ++sizes[company];
        lastIndex = std::max<std::int64_t>(lastIndex, std::stoll(row[0].value_or("SD0").substr(2)));
        lastPerson = std::max(lastPerson, person);
        lastChange = std::max(lastChange, row[3].value_or(""));
    }
    for (const auto& [company, size] : sizes) {
        if (size >= 3) employers.push_back(company);
    }
    readTruth(truth, [&](const TruthLine& line) {
        Held one = heldFrom(line);
        const auto place = places.find(one.key);
        if (place == places.end()) throw DatabaseError("truth.jsonl names a certificate the database does not hold");
        std::tie(one.person, one.company) = place->second;
        ofPerson[one.person].push_back(held.size());
        held.push_back(std::move(one));
    });
    for (const Row& row : database.read("SELECT ZSID FROM T_AQSC_YQ WHERE DQBZ = '1' AND QRZT = '1'")) {
        renewalsInHand.insert(row[0].value_or(""));
    }
}

}  // namespace lianzheng::sim::province
