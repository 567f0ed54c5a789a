#include <algorithm>
#include <array>

#include "tests/simulator/national/registry.h"

namespace lianzheng::sim::national {

namespace {

constexpr std::array kShown{"certNum",
                            "provinceNum",
                            "name",
                            "gender",
                            "identityCardType",
                            "identityCard",
                            "birthDate",
                            "categoryCode",
                            "companyName",
                            "creditCode",
                            "issuAuth",
                            "certState",
                            "certStatusDescription",
                            "issuedDate",
                            "issuDate",
                            "effectiveDate",
                            "expiringDate"};

/// The national record as the two queries show it: no eCertID, code id, position, title or photo.
Fields shown(const Entry& entry, bool datesWithTime) {
    Fields record;
    for (const char* field : kShown) {
        std::string value{entry.at(field)};
        if (datesWithTime && !value.empty() && std::string_view(field).ends_with("Date")) value += " 00:00:00";
        record.emplace(field, std::move(value));
    }
    record.emplace("zzeCertID", entry.zzeCertId);
    record.emplace("SuccessMsg", "查询成功");
    return record;
}

}  // namespace

std::vector<Fields> Registry::queryOut(const Fields& item) const {
    const std::string_view certNum = valueOf(item, "certNum");
    const std::string_view person = valueOf(item, "identityCard");
    std::vector<const Entry*> found;
    if (!certNum.empty()) {
        if (const Entry* entry = known(certNum)) found.push_back(entry);
    } else if (const auto set = byPerson_.find(std::string(person)); set != byPerson_.end()) {
        for (const std::string& number : set->second) found.push_back(known(number));
        std::sort(found.begin(), found.end(),
                  [](const Entry* a, const Entry* b) { return a->certNum() < b->certNum(); });
    }
    std::vector<Fields> records;
    for (const Entry* entry : found) {
        if (!person.empty() && entry->at("identityCard") != person) continue;
        if (rules_.readback == Readback::TransferredOnly && entry->state() != "06") continue;
        records.push_back(shown(*entry, rules_.queryDatesWithTime));
    }
    return records;
}

Reply Registry::queryIn(const Fields& item) const {
    const std::string_view province = valueOf(item, "provinceNum");
    const std::string_view wanted = valueOf(item, "certNum");
    const std::size_t size = std::stoul(std::string(valueOf(item, "pagesize")));
    const std::size_t first = std::stoul(std::string(valueOf(item, "pageindex"))) * size;
    Reply reply;
    std::size_t total = 0;
    for (const auto& [certNum, entry] : entries_) {
        const std::string_view old = entry.at("oldcertNum");
        if (old.empty() || (!wanted.empty() && wanted != certNum && wanted != old)) continue;
        const Entry* predecessor = known(old);
        const bool ours = entry.at("provinceNum") == province ||
                          (predecessor != nullptr && predecessor->at("provinceNum") == province);
        if (!ours) continue;
        if (total >= first && total < first + size) {
            Fields record = shown(entry, rules_.queryDatesWithTime);
            record.emplace("newCertNum", certNum);
            record.emplace("oldcertNum", std::string(old));
            reply.success.push_back(std::move(record));
        }
        total += 1;
    }
    reply.total = total;
    return reply;
}

Reply Registry::query(Operation operation, const Items& items, std::vector<std::optional<Refusal>> refusals) {
    Reply reply;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Fields& item = items[i].fields;
        if (refusals[i]) {
            countRefusal(operation, item, *refusals[i], reply);
            continue;
        }
        std::vector<Fields> found;
        if (operation == Operation::QueryIn) {
            Reply page = queryIn(item);
            reply.total = page.total;
            found = std::move(page.success);
        } else {
            found = queryOut(item);
            if (found.empty() && rules_.unknownAnswer == UnknownAnswer::Refusal) {
                countRefusal(operation, item, {"unknown", "未查询到证书信息"}, reply);
                continue;
            }
        }
        countAccepted(operation);
        std::move(found.begin(), found.end(), std::back_inserter(reply.success));
    }
    return reply;
}

}  // namespace lianzheng::sim::national
