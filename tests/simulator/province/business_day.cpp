#include "tests/simulator/province/business_day.h"

#include <algorithm>
#include <cstdlib>

#include "tests/simulator/province/invent.h"
#include "tests/simulator/province/population.h"
#include "tests/simulator/province/records.h"

namespace lianzheng::sim::province {

namespace {

using std::chrono::seconds;

std::string trimmed(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

}  // namespace

BusinessDay::BusinessDay(Database& database, RegisterBook& book, const EvolveOptions& options)
    : database_(database),
      book_(book),
      options_(options),
      dice_(options.seed ^ static_cast<std::uint64_t>(options.day.time_since_epoch().count()) * 0x9E3779B97F4A7C15U),
      tables_(database, nextChildId(database)),
      firstStamp_(std::max(written(options.day) + " " + options.time, timeMoved(book.lastChange, seconds{1}))) {}

std::string BusinessDay::stamp() { return timeMoved(firstStamp_, seconds{stamps_++}); }

Held* BusinessDay::someoneValid() {
    return someone([&](const Held& held) { return isValid(held) && held.expiring > options_.day; });
}

/// A holder whose only certificate it is, not a 法定代表人: moving it cannot break a holding rule.
Held* BusinessDay::someSingleHolder() {
    return someone([&](const Held& held) {
        return isValid(held) && held.expiring > options_.day && held.appointment != "01" &&
               book_.ofPerson[held.person].size() == 1;
    });
}

Company BusinessDay::otherEmployer(std::int64_t than) {
    Company company;
    do company.key = dice_.oneOf(book_.employers);
    while (company.key == than && book_.employers.size() > 1);
    const auto rows = database_.read("SELECT DWMC, TYXYDM, XZQH, HYLB FROM T_DWXX WHERE DWBH = ?",
                                     std::vector<Cell>{std::to_string(company.key)});
    company.name = trimmed(rows.at(0)[0].value_or(""));
    company.creditCode = rows.at(0)[1].value_or("");
    company.place = rows.at(0)[2].value_or("");
    company.trade = rows.at(0)[3].value_or("");
    return company;
}

void BusinessDay::set(Held& held, const std::string& assignments, const std::vector<Cell>& values) {
    std::vector<Cell> all = values;
    all.emplace_back(stamp());
    all.emplace_back(held.key);
    const std::string sql = assignments.empty() ? assignments : assignments + ", ";
    database_.run("UPDATE T_AQSC_ZS SET " + sql + "GXSJ = ? WHERE ZSID = ?", all);
    patches_[held.key];
}

void BusinessDay::moveTo(Held& held, const Company& company) {
    set(held, "DWBH = ?", {std::to_string(company.key)});
    held.company = company.key;
    patches_[held.key].fields["companyName"] = company.name;
    patches_[held.key].fields["creditCode"] = company.creditCode;
}

void BusinessDay::extend(Held& held) {
    held.expiring = lastDayOf(options_.day);
    set(held, "SCFZRQ = ?, FZRQ = ?, YXQQ = ?, YXQZ = ?, YWLX = '20'",
        {written(held.firstIssued, DateForm::Slashes), written(options_.day, DateForm::Midnight), written(options_.day),
         written(held.expiring, DateForm::Chinese)});
    database_.run("UPDATE T_AQSC_YQ SET DQBZ = '0' WHERE ZSID = ?", std::vector<Cell>{held.key});
    book_.renewalsInHand.erase(held.key);
    auto& fields = patches_[held.key].fields;
    fields["issuDate"] = fields["effectiveDate"] = written(options_.day);
    fields["expiringDate"] = written(held.expiring);
}

Certificate BusinessDay::fresh() {
    Certificate certificate;
    certificate.index = certificate.serial = ++book_.lastIndex;
    certificate.company = otherEmployer(0);
    certificate.newCompany = false;
    certificate.person = makePerson(++book_.lastPerson, dice_, false);
    certificate.category = dice_.chance(0.4) ? "B" : "C3";
    certificate.appointment = certificate.category == "B" ? "07" : "08";
    certificate.issued = certificate.firstIssued = options_.day;
    certificate.expiring = lastDayOf(options_.day);
    certificate.year = yearOf(options_.day);
    certificate.business = "10";
    return certificate;
}

void BusinessDay::add(const Certificate& certificate) {
    tables_.addCertificate(certificate, spelt(certificate, true));
    added_.push_back(truthLine(certificate, true));
}

bool BusinessDay::issue() {
    Certificate certificate = fresh();
    if (dice_.chance(0.2)) {
        certificate.category = "A";
        certificate.appointment = "06";
    }
    certificate.changedAt = stamp();
    add(certificate);
    return true;
}

bool BusinessDay::draft() {
    Certificate certificate = fresh();
    certificate.life = Life::Draft;
    certificate.changedAt = stamp();
    add(certificate);
    return true;
}

bool BusinessDay::transferIn() {
    Certificate certificate = fresh();
    makeTransferredIn(certificate, dice_);
    certificate.changedAt = stamp();
    add(certificate);
    return true;
}

void BusinessDay::lateIssue() {
    Certificate certificate = fresh();
    certificate.issued = certificate.firstIssued = options_.day - std::chrono::days{2};
    certificate.expiring = lastDayOf(certificate.issued);
    certificate.year = yearOf(certificate.issued);
    const std::string latest = stamps_ == 0 ? book_.lastChange : timeMoved(firstStamp_, seconds{stamps_ - 1});
    certificate.changedAt = timeMoved(latest, -seconds{dice_.between(1, 3600)});
    add(certificate);
}

bool BusinessDay::renew() {
    Held* held = someone([&](const Held& one) {
        return isValid(one) && one.expiring < lastDayOf(options_.day) &&
               one.expiring - options_.day < std::chrono::days{200};
    });
    if (held == nullptr) return false;
    extend(*held);
    return true;
}

bool BusinessDay::renewWithNewEmployer() {
    Held* held = someSingleHolder();
    if (held == nullptr || held->expiring >= lastDayOf(options_.day)) return false;
    extend(*held);
    moveTo(*held, otherEmployer(held->company));
    return true;
}

bool BusinessDay::changeEmployer() {
    Held* held = someSingleHolder();
    if (held == nullptr) return false;
    moveTo(*held, otherEmployer(held->company));
    database_.run("UPDATE T_AQSC_ZS SET YWLX = '30' WHERE ZSID = ?", std::vector<Cell>{held->key});
    return true;
}

bool BusinessDay::changeEmployerOfPair() {
    const auto pairOf = [&](const Held& held) -> Held* {
        const auto& both = book_.ofPerson[held.person];
        if (both.size() != 2) return nullptr;
        Held& other = book_.held[book_.held[both[0]].key == held.key ? both[1] : both[0]];
        const bool moves = isValid(other) && other.expiring > options_.day && !patches_.contains(other.key);
        return moves && other.category[0] == 'C' ? &other : nullptr;
    };
    Held* held = someone([&](const Held& one) {
        return isValid(one) && one.expiring > options_.day && one.category == "B" && pairOf(one) != nullptr;
    });
    if (held == nullptr) return false;
    Held* other = pairOf(*held);
    const Company company = otherEmployer(held->company);
    for (Held* one : {held, other}) {
        moveTo(*one, company);
        one->settled = false;
        patches_[one->key].mayBeRefused = "rule_6";
    }
    return true;
}

bool BusinessDay::changePosition() {
    Held* held = someone([&](const Held& one) {
        return isValid(one) && one.expiring > options_.day && one.category == "A" && one.appointment != "01";
    });
    if (held == nullptr) return false;
    held->appointment = held->appointment == "06" ? "05" : "06";
    set(*held, "ZW = ?, YWLX = '30'", {positionWord(held->appointment)});
    patches_[held->key].fields["appointment"] = held->appointment;
    return true;
}

bool BusinessDay::changeIdentity() {
    Held* held = someone([&](const Held& one) {
        const bool resident = one.identity.size() == 18 && (one.identity[0] == '3' || one.identity[0] == '4');
        return isValid(one) && one.expiring > options_.day && resident && book_.ofPerson[one.person].size() == 1;
    });
    if (held == nullptr) return false;
    held->identity = movedNumber(held->identity);
    database_.run("UPDATE T_RYXX SET ZJHM = ? WHERE RYBH = ?",
                  std::vector<Cell>{held->identity, std::to_string(held->person)});
    set(*held, "", {});
    patches_[held->key].fields["identityCard"] = held->identity;
    return true;
}

}  // namespace lianzheng::sim::province
