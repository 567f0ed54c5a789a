#include "tests/simulator/province/population.h"

#include <array>
#include <algorithm>

namespace lianzheng::sim::province {

namespace {

constexpr std::array kPositions{"02", "03", "04", "05", "06", "99"};

std::string someC(Dice& dice) {
    const int throw10 = dice.between(0, 9);
    return throw10 < 2 ? "C1" : throw10 < 4 ? "C2" : "C3";
}

Life someLife(Dice& dice) {
    const std::uint64_t throw1000 = dice.below(1000);
    struct Share {
        Life life;
        std::uint64_t upTo;
    };
    static constexpr std::array kShares{
        Share{Life::Suspended, 20},
        Share{Life::Rescinded, 25},
        Share{Life::Cancelled, 45},
        Share{Life::Revoked, 50},
        Share{Life::Other, 55},
        Share{Life::TransferredOut, 65},
        Share{Life::Expired, 105},
        Share{Life::Draft, 117},
        Share{Life::Deleted, 121},
        Share{Life::Test, 123},
        Share{Life::ExpiredRenewing, 127},
    };
    for (const Share& share : kShares) {
        if (throw1000 < share.upTo) return share.life;
    }
    return Life::Active;
}

}  // namespace

Population::Population(const PopulationOptions& options)
    : options_(options),
      dice_(options.seed),
      keys_(static_cast<std::uint64_t>(options.size), options.seed ^ 0x4B455953U),
      serials_(static_cast<std::uint64_t>(options.size), options.seed ^ 0x53455249U),
      kinds_(defectsIn(options.scope)) {}

Person Population::newPerson(bool residentOnly) { return makePerson(++people_, dice_, residentOnly); }

Certificate Population::base(const Company& company, const Person& person, const std::string& category) {
    Certificate certificate;
    const auto place = static_cast<std::uint64_t>(made_++);
    certificate.index = static_cast<std::int64_t>(options_.shuffle ? keys_.at(place) : place) + 1;
    certificate.serial = static_cast<std::int64_t>(options_.shuffle ? serials_.at(place) : place) + 1;
    certificate.category = category;
    certificate.company = company;
    certificate.person = person;
    if (category == "B") certificate.appointment = "07";
    if (category[0] == 'C') certificate.appointment = "08";
    return certificate;
}

void Population::addLegalRepresentative(std::vector<Entry>& entries, const Company& company, std::size_t room) {
    const Person person = newPerson(false);
    Certificate first = base(company, person, "A");
    first.appointment = "01";
    entries.push_back({first, nullptr});
    const std::uint64_t more = dice_.below(100);
    const auto add = [&](const Company& at, const char* category, const char* appointment) {
        Certificate certificate = base(at, person, category);
        certificate.newPerson = false;
        if (*appointment != '\0') certificate.appointment = appointment;
        entries.push_back({certificate, nullptr});
    };
    if (room > 1 && more < 12) add(company, "B", "");
    if (room > 2 && more < 4) add(company, "C3", "");
    // Rule 1: a second A only at another company, and not as its 法定代表人. Such a person holds neither B nor C.
    if (room > 1 && more >= 90 && previous_) add(*previous_, "A", "02");
}

void Population::addHoldings(std::vector<Entry>& entries, const Company& company, std::size_t room) {
    const int throw100 = dice_.between(0, 99);
    const std::string category = throw100 < 16 ? "A" : throw100 < 44 ? "B" : someC(dice_);
    const Person person = newPerson(false);
    Certificate certificate = base(company, person, category);
    if (category == "A") certificate.appointment = dice_.oneOf(kPositions);
    entries.push_back({certificate, nullptr});
    if (category == "B" && room > 1 && dice_.chance(0.1)) {
        Certificate second = base(company, person, someC(dice_));
        second.newPerson = false;
        entries.push_back({second, nullptr});
    }
}

std::vector<Entry> Population::regularCompany() {
    const Company company = makeCompany(++companies_, dice_);
    const auto left = static_cast<std::size_t>(options_.size - made_);
    const std::size_t size = std::min(left, static_cast<std::size_t>(dice_.between(5, 35)));
    std::vector<Entry> entries;
    if (dice_.chance(0.9)) addLegalRepresentative(entries, company, size);
    while (entries.size() < size) addHoldings(entries, company, size - entries.size());
    bool companyMet = false;
    for (Entry& entry : entries) {
        Certificate& certificate = entry.certificate;
        const bool own = certificate.company.key == company.key;
        certificate.newCompany = own && !companyMet;
        companyMet = companyMet || own;
        giveLife(certificate, someLife(dice_), options_.today, dice_);
    }
    previous_ = company;
    return entries;
}

std::vector<Entry> Population::defectiveCompany() {
    const Defect& defect = *kinds_[static_cast<std::size_t>(planted_++) % kinds_.size()];
    const Company company = makeCompany(++companies_, dice_);
    Certificate certificate = base(company, newPerson(true), "B");
    giveLife(certificate, Life::Active, options_.today, dice_);
    certificate.urgent = false;
    certificate.unknownFirst = false;
    if (defect.prepare != nullptr) defect.prepare(certificate);
    std::vector<Entry> entries{{certificate, &defect}};
    if (defect.isDuplicate() && made_ < options_.size) {
        Entry twin = entries.front();
        twin.certificate.index = base(company, certificate.person, "B").index;
        twin.certificate.newPerson = twin.certificate.newCompany = false;
        entries.push_back(twin);
    }
    return entries;
}

std::vector<Entry> Population::next() {
    const std::int64_t left = options_.size - made_;
    if (left <= 0) return {};
    const double wanted = options_.defects * static_cast<double>(made_ + 100);
    // A duplicate needs two rows, so none is begun on the last one.
    const bool due = static_cast<double>(planted_) + 1 <= wanted && left > 1 && options_.defects > 0;
    return due ? defectiveCompany() : regularCompany();
}

}  // namespace lianzheng::sim::province
