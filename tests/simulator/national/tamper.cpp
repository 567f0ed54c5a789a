#include "tests/simulator/national/tamper.h"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <utility>

#include "tests/simulator/common/check_digits.h"
#include "tests/simulator/national/registry.h"
#include "tests/simulator/national/text_form.h"

namespace lianzheng::sim::national {

namespace {

std::vector<Entry> settled(const Registry& registry, const TamperPlan& plan, TimePoint now) {
    const std::string soon = shanghaiDay(now + std::chrono::days{60});
    std::map<std::string, int> sharing;
    registry.forEach([&](const Entry& entry) { sharing[entry.zzeCertId] += 1; });
    std::vector<Entry> chosen;
    registry.forEach([&](const Entry& entry) {
        const bool single = entry.zzeCertId.empty() || sharing[entry.zzeCertId] == 1;
        const bool listed = plan.among.empty() || plan.among.contains(std::string(entry.certNum()));
        if (entry.state() == "01" && entry.at("expiringDate") >= soon && single && listed &&
            entry.origin != "tampered" && entry.at("provinceNum") == plan.provinceNum) {
            chosen.push_back(entry);
        }
    });
    // Shuffled by hand: std::shuffle may differ between libraries.
    std::mt19937_64 dice{plan.seed};
    for (std::size_t i = chosen.size(); i > 1; --i) std::swap(chosen[i - 1], chosen[dice() % i]);
    return chosen;
}

/// Another valid number for the same birth date and gender.
std::string otherIdentity(const std::string& number) {
    if (number.size() != 18 || !isDigits(std::string_view(number).substr(0, 17), 17)) return number + "0";
    std::string changed = number.substr(0, 17);
    changed[15] = changed[15] == '9' ? '0' : static_cast<char>(changed[15] + 1);
    return changed + identityCheck(changed);
}

/// A certificate of this province's that the province has never heard of, and one that fits no other finding.
Entry invented(const Registry& registry, const Entry& model, std::size_t ordinal) {
    Entry entry = model;
    std::string serial;
    std::string certNum;
    const std::string prefix{model.certNum().substr(0, model.certNum().find("建安"))};
    do {
        serial = fmt::format("{:07}", 9900000 + ordinal++);
        certNum = fmt::format("{}建安C2（2019）{}", prefix, serial);
    } while (registry.find(certNum));
    const std::string number =
        fmt::format("3701021985{:02}{:02}{:03}", ordinal % 12 + 1, ordinal % 28 + 1, (ordinal * 2 + 1) % 1000);
    const std::string company = fmt::format("91370100MA{:07}", 9900000 + ordinal % 100000);
    entry.record["certNum"] = certNum;
    entry.record["categoryCode"] = "C2";
    entry.record["appointment"] = "08";
    entry.record["name"] = "补录人员";
    entry.record["gender"] = (number[16] - '0') % 2 == 1 ? "1" : "2";
    entry.record["birthDate"] = number.substr(6, 4) + '-' + number.substr(10, 2) + '-' + number.substr(12, 2);
    entry.record["identityCardType"] = "111";
    entry.record["identityCard"] = number + identityCheck(number);
    entry.record["companyName"] = "补录建筑工程有限公司";
    entry.record["creditCode"] = company + creditCheck(company);
    entry.zzeCertId = licenceIdentifier("11100000000013338W011", entry.record["issuAuthCode"], "2019" + serial, 1);
    entry.identifiers = {entry.zzeCertId};
    entry.codes.clear();
    entry.codeId.clear();
    entry.eCertId = fmt::format("{:032x}", 0x7A3D000000000000U + ordinal);
    entry.events.clear();
    return entry;
}

Tampered changeField(Entry& entry, std::size_t round) {
    static constexpr std::array kFields{"companyName", "expiringDate", "issuDate", "name"};
    Tampered change{std::string(entry.certNum()), "field_mismatch", kFields[round % kFields.size()], {}, {}};
    std::string& value = entry.record[change.field];
    change.before = value;
    if (change.field.ends_with("Date")) {
        // A day every month has, and another than before.
        value = value.substr(0, 8) + (value.ends_with("15") ? "16" : "15");
    } else {
        value += change.field == "name" ? "某" : "（集团）";
    }
    change.after = value;
    return change;
}

}  // namespace

std::vector<Tampered> tamper(Registry& registry, const TamperPlan& plan, TimePoint now) {
    std::vector<Entry> chosen = settled(registry, plan, now);
    std::vector<Tampered> changes;
    for (std::size_t i = 0; i < plan.count && i < chosen.size(); ++i) {
        Entry& entry = chosen[i];
        Tampered change{std::string(entry.certNum()), {}, {}, {}, {}};
        entry.origin = "tampered";
        switch (i % 5) {
            case 0:
                change.expected = "missing_national";
                registry.erase(entry.certNum());
                break;
            case 1: {
                Entry extra = invented(registry, entry, plan.seed % 100 * 500 + i);
                change.certNum = std::string(extra.certNum());
                change.expected = "missing_provincial";
                registry.put(std::move(extra));
                break;
            }
            case 2:
                change = changeField(entry, i / 5);
                registry.put(std::move(entry));
                break;
            case 3: {
                static constexpr std::array kStates{"04", "02", "07", "06"};
                change.expected = "state_mismatch";
                change.field = "certState";
                change.before = entry.state();
                change.after = kStates[i / 5 % kStates.size()];
                entry.record["certState"] = change.after;
                registry.put(std::move(entry));
                break;
            }
            default:
                change.expected = "identity_mismatch";
                change.field = "identityCard";
                entry.record["identityCard"] = otherIdentity(entry.record["identityCard"]);
                registry.put(std::move(entry));
                break;
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

std::string tamperedLines(const std::vector<Tampered>& changes) {
    std::string lines;
    for (const Tampered& change : changes) {
        rapidjson::StringBuffer buffer;
        rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
        writer.StartObject();
        const auto put = [&](const char* key, const std::string& value) {
            if (value.empty()) return;
            writer.Key(key);
            writer.String(value.c_str());
        };
        put("certNum", change.certNum);
        put("expected", change.expected);
        put("field", change.field);
        put("before", change.before);
        put("after", change.after);
        writer.EndObject();
        lines.append(buffer.GetString(), buffer.GetSize()).append(1, '\n');
    }
    return lines;
}

}  // namespace lianzheng::sim::national
