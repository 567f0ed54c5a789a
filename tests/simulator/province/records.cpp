#include "tests/simulator/province/records.h"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

#include "tests/simulator/province/dice.h"
#include "tests/simulator/province/invent.h"

namespace lianzheng::sim::province {

namespace {

/// A JSON object in the making.
class Line {
public:
    Line() { writer_.StartObject(); }
    void text(const std::string& key, const std::string& value) {
        writer_.Key(key.c_str());
        writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    void flag(const char* key, bool value) {
        writer_.Key(key);
        writer_.Bool(value);
    }
    void object(const char* key, const Fields& fields) {
        writer_.Key(key);
        writer_.StartObject();
        for (const auto& [name, value] : fields) text(name, value);
        writer_.EndObject();
    }
    std::string end() {
        writer_.EndObject();
        return buffer_.GetString();
    }

private:
    rapidjson::StringBuffer buffer_{};
    rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

/// The operation that brought a registered certificate to its state.
std::string lastOperation(const Certificate& certificate) {
    switch (certificate.life) {
        case Life::Suspended:
            return "03";
        case Life::Other:
            return "07";
        case Life::Rescinded:
        case Life::Cancelled:
        case Life::TransferredOut:
        case Life::Revoked:
        case Life::Expired:
            return "05";
        default:
            break;
    }
    if (certificate.business == "20") return "02";
    if (certificate.business == "30") return "09";
    if (certificate.business == "40") return "08";
    return certificate.business == "70" ? "06" : "01";
}

std::string hex32(Dice& dice) { return fmt::format("{:016x}{:016x}", dice.next(), dice.next()); }

std::string dashed(const std::string& hex) {
    return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4), hex.substr(16, 4),
                       hex.substr(20));
}

}  // namespace

Fields nationalRecord(const Certificate& certificate, const std::string& certState) {
    const Person& person = certificate.person;
    return {{"certState", certState},
            {"name", person.name},
            {"gender", person.male ? "1" : "2"},
            {"birthDate", written(person.birth)},
            {"identityCard", person.number},
            {"identityCardType", person.documentType == kResidentCard ? "111" : "999"},
            {"companyName", certificate.company.name},
            {"creditCode", certificate.company.creditCode},
            {"categoryCode", certificate.category},
            {"issuedDate", written(certificate.firstIssued)},
            {"issuDate", written(certificate.issued)},
            {"effectiveDate", written(certificate.issued)},
            {"expiringDate", written(certificate.expiring)},
            {"appointment", certificate.appointment},
            {"technicalTitle", person.title},
            {"educationDegree", person.education},
            {"major", person.major},
            {"issuAuth", "山东省住房和城乡建设厅"},
            {"issuAuthCode", "113700000045030270"},
            {"provinceNum", "370000"}};
}

std::string truthLine(const Certificate& certificate, bool sound) {
    const auto state = sound ? nationalState(certificate) : std::nullopt;
    Line line;
    line.text("certNum", nationalNumber(certificate));
    line.text("sourceKey", sourceKey(certificate.index));
    line.flag("sound", sound);
    line.flag("pushed", state.has_value());
    if (state) {
        line.object("record", nationalRecord(certificate, *state));
        line.flag("collected", !certificate.registered || certificate.collected);
    }
    return line.end();
}

std::string seedLine(const Certificate& certificate, std::uint64_t seed) {
    Dice dice{seed * 31 + static_cast<std::uint64_t>(certificate.index)};
    const std::string event = hex32(dice);
    Line line;
    line.text("eCertID", dice.chance(0.03) ? dashed(event) : event);
    line.text("certNum", nationalNumber(certificate));
    for (const auto& [name, value] : nationalRecord(certificate, nationalState(certificate).value_or("01"))) {
        line.text(name, value);
    }
    line.text("certStatusDescription", certificate.life == Life::Other ? "信息核查中" : "");
    line.text("associatedZzeCertID", certificate.predecessorIdentifier);
    line.text("operateType", lastOperation(certificate));
    line.text("oldcertNum", certificate.predecessorNumber);
    line.text("zzeCertID", identifierOf(certificate, certificate.version));
    line.text("codeId", hex32(dice));
    line.flag("collected", certificate.collected);
    line.text("url", certificate.licenceUrl);
    return line.end();
}

std::string manifestLine(const Defect& defect, const Certificate& certificate, const LocalRow& row) {
    Line line;
    line.text("certNum", row.zsbh);
    line.text("sourceKey", row.zsid);
    line.text("defect", defect.name);
    line.text("expect", defect.blocks() ? "blocked" : "normalised");
    if (defect.blocks()) line.text("reason", defect.reason);
    line.text("field", defect.field);
    if (!defect.blocks()) {
        Fields record = nationalRecord(certificate, "01");
        record.emplace_back("certNum", nationalNumber(certificate));
        const auto found =
            std::find_if(record.begin(), record.end(), [&](const auto& field) { return field.first == defect.field; });
        line.text("value", found->second);
    }
    return line.end();
}

}  // namespace lianzheng::sim::province
