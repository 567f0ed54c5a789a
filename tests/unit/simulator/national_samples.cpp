#include "tests/unit/simulator/national_samples.h"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "tests/simulator/common/check_digits.h"

namespace lianzheng::sim::national::samples {

std::string eventId(unsigned number) { return fmt::format("{:032x}", number); }

std::string person(unsigned number) {
    const std::string digits = fmt::format("37010219800506{:03}", number * 2 + 1);
    return digits + identityCheck(digits);
}

std::string company(unsigned number) {
    const std::string digits = fmt::format("91370100MA{:07}", number);
    return digits + creditCheck(digits);
}

std::string certNum(const std::string& category, unsigned serial) {
    return fmt::format("鲁建安{}（2023）{:07}", category, serial);
}

std::string identifier(unsigned serial, int version) {
    return licenceIdentifier("11100000000013338W011", "113700000045030270", fmt::format("2023{:07}", serial), version);
}

Fields with(Fields fields, std::initializer_list<Change> changes) {
    for (const auto& [name, value] : changes) fields[name] = value;
    return fields;
}

Fields issue(std::initializer_list<Change> changes) {
    return with(
        {
            {"eCertID", eventId(1)},
            {"provinceNum", "370000"},
            {"certNum", certNum("C3", 1)},
            {"issuAuth", "山东省住房和城乡建设厅"},
            {"issuAuthCode", "113700000045030270"},
            {"issuedDate", "2023-07-01"},
            {"issuDate", "2023-07-01"},
            {"effectiveDate", "2023-07-01"},
            {"expiringDate", "2026-06-30"},
            {"categoryCode", "C3"},
            {"name", "张三"},
            {"gender", "1"},
            {"birthDate", "1980-05-06"},
            {"identityCard", person(1)},
            {"identityCardType", "111"},
            {"companyName", "某建筑有限公司"},
            {"creditCode", company(1)},
            {"appointment", "08"},
            {"technicalTitle", ""},
            {"educationDegree", "03"},
            {"major", ""},
            {"photo", "data:image/jpg;base64,/9j/4AAQ"},
            {"certState", "01"},
            {"certStatusDescription", ""},
            {"associatedZzeCertID", ""},
            {"operateType", "01"},
            {"oldcertNum", ""},
        },
        changes);
}

Fields issueOf(const std::string& category, unsigned serial, unsigned holder, unsigned employer, bool legal) {
    const std::string appointment = category == "A" ? (legal ? "01" : "02") : category == "B" ? "07" : "08";
    return issue({{"eCertID", eventId(1000 + serial)},
                  {"certNum", certNum(category, serial)},
                  {"categoryCode", category},
                  {"identityCard", person(holder)},
                  {"creditCode", company(employer)},
                  {"appointment", appointment}});
}

Fields update(const Fields& record, const std::string& operateType, const std::string& state, unsigned event) {
    return {{"eCertID", eventId(event)},
            {"zzeCertID", ""},
            {"provinceNum", record.at("provinceNum")},
            {"certNum", record.at("certNum")},
            {"identityCard", record.at("identityCard")},
            {"creditCode", record.at("creditCode")},
            {"categoryCode", record.at("categoryCode")},
            {"certState", state},
            {"certStatusDescription", state == "99" ? "说明" : ""},
            {"operateType", operateType}};
}

std::string body(std::initializer_list<Fields> items) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
    writer.StartObject();
    writer.Key("AcceptData");
    writer.StartArray();
    for (const Fields& item : items) {
        writer.StartObject();
        for (const auto& [name, value] : item) {
            writer.Key(name.c_str());
            writer.String(value.c_str());
        }
        writer.EndObject();
    }
    writer.EndArray();
    writer.EndObject();
    return buffer.GetString();
}

Platform::Platform(Rules rules)
    // 2024-01-01T00:00:00Z
    : now(std::chrono::sys_days{std::chrono::year{2024} / 1 / 1}),
      registry(
          std::move(rules), nullptr, [this] { return now; }, 7) {}

Reply Platform::call(Operation operation, std::initializer_list<Fields> items) {
    return registry.handle(operation, body(items));
}

std::string Platform::refusal(Operation operation, const Fields& item) {
    const Reply reply = call(operation, {item});
    return reply.errors.empty() ? std::string{} : reply.errors.front().text;
}

}  // namespace lianzheng::sim::national::samples
