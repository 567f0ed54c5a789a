#include "adapters/national/body_writer.h"

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>

#include <rapidjson/writer.h>

namespace lianzheng {
namespace {

/// A RapidJSON output stream that appends to a string of ours, so that no body is copied once more.
class Appending {
public:
    using Ch = char;
    explicit Appending(std::string& out) : out_(out) {}
    // RapidJSON calls a stream's functions so.
    void Put(char c) { out_.push_back(c); }  // NOLINT(readability-identifier-naming)
    void Flush() {}                          // NOLINT(readability-identifier-naming)

private:
    std::string& out_;
};

/// Without a branch, so that it is done many bytes at a time: nearly every value passes.
bool needsNoEscape(std::string_view text) {
    unsigned found = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        found |=
            static_cast<unsigned>(byte < 0x20U) | static_cast<unsigned>(c == '"') | static_cast<unsigned>(c == '\\');
    }
    return found == 0;
}

class Body {
public:
    Body(CertificateType type, std::string& out) : type_(type), out_(out), stream_(out), writer_(stream_) {
        out_.clear();
        writer_.StartObject();
        key("AcceptData");
        writer_.StartArray();
        writer_.StartObject();
    }
    void nextItem() {
        writer_.EndObject();
        writer_.StartObject();
    }
    Body(const Body&) = delete;
    Body& operator=(const Body&) = delete;
    Body(Body&&) = delete;
    Body& operator=(Body&&) = delete;
    ~Body() = default;

    void finish() {
        writer_.EndObject();
        writer_.EndArray();
        writer_.EndObject();
    }
    void field(std::string_view name, std::string_view value) {
        key(name);
        if (!needsNoEscape(value)) return escaped(value);
        // The opening quote lets the writer count a value; the rest is copied in one piece.
        writer_.RawValue("\"", 1, rapidjson::kStringType);
        out_.append(value).push_back('"');
    }
    /// Those of them that a certificate of the type has, states by its table.
    void fields(const Certificate& record, std::initializer_list<Field> list) {
        for (const Field each : list) {
            if (!carries(type_, each)) continue;
            field(nationalName(each), each == Field::CertState ? spelt(record[each]) : record[each]);
        }
    }
    void operation(OperateType operation) { field("operateType", code(type_, operation)); }
    /// The number before a transfer in, which 特种作业 does not have.
    void predecessor(std::string_view number) {
        if (type_ == CertificateType::Anguan) field("oldcertNum", number);
    }
    void emptyList(std::string_view name) {
        key(name);
        writer_.StartArray();
        writer_.EndArray();
    }

private:
    [[nodiscard]] std::string_view spelt(std::string_view state) const {
        if (type_ == CertificateType::Anguan) return state;
        return code(type_, certStateOf(state).value_or(CertState::None));
    }
    void key(std::string_view name) { writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
    void escaped(std::string_view value) {
        writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }

    CertificateType type_;
    std::string& out_;
    Appending stream_;
    rapidjson::Writer<Appending> writer_;
};

void write(const AssignCode& call, Body& body) {
    using enum Field;
    body.field("eCertID", call.eCertId);
    body.fields(call.record, {ProvinceNum, CertNum, IssuAuth, IssuAuthCode, IssuedDate, IssuDate, EffectiveDate,
                              ExpiringDate, CategoryCode, OperationCategory, CategoryDescription});
    body.fields(call.record, {Name, Gender, BirthDate, IdentityCard, IdentityCardType, CompanyName, CreditCode,
                              Appointment, TechnicalTitle, EducationDegree, Major});
    body.field("photo", call.photo);
    body.fields(call.record, {CertState, CertStatusDescription});
    body.field("associatedZzeCertID", call.associatedZzeCertId);
    body.emptyList("businessInformation");
    body.operation(call.operateType);
    body.predecessor(call.oldCertNum);
}

void write(const CheckAdmission& call, Body& body) {
    using enum Field;
    body.field("eCertID", call.eCertId);
    body.fields(call.record, {ProvinceNum, IdentityCard, CategoryCode, OperationCategory, CreditCode, CertNum});
    body.operation(call.operateType);
    body.fields(call.record, {Appointment});
    body.predecessor(call.oldCertNum);
}

void write(const CollectLicence& call, Body& body) {
    body.field("ID", call.codeId);
    body.field("zzeCertID", call.zzeCertId);
    body.field("url", call.url);
}

void write(const UpdateState& call, Body& body) {
    using enum Field;
    body.field("eCertID", call.eCertId);
    body.field("zzeCertID", call.zzeCertId);
    body.fields(call.record, {ProvinceNum, CertNum, IdentityCard, CreditCode, CategoryCode, OperationCategory,
                              CertState, CertStatusDescription});
    body.operation(call.operateType);
}

void write(const ChangeIdentity& call, Body& body) {
    using enum Field;
    body.field("eCertID", call.eCertId);
    body.field("url", call.url);
    body.fields(call.record,
                {ProvinceNum, CertNum, CategoryCode, OperationCategory, BirthDate, IdentityCardType, IdentityCard});
}

void write(const QueryCertificate& call, Body& body) {
    body.field("certNum", call.certNum);
    body.field("identityCard", call.identityCard);
}

void write(const ChangeEmployer& call, Body& body) {
    bool first = true;
    for (const AssignCode& each : call.certificates) {
        if (!std::exchange(first, false)) body.nextItem();
        write(each, body);
    }
}

void write(const QueryTransferIns& call, Body& body) {
    body.field("pageindex", std::to_string(call.page));
    body.field("pagesize", std::to_string(call.pageSize));
    body.field("provinceNum", call.provinceNum);
    body.field("certNum", call.certNum);
}

void write(const Batch& call, Body& body) {
    bool first = true;
    for (const Request& each : call.items) {
        if (!std::exchange(first, false)) body.nextItem();
        std::visit([&body](const auto& item) { write(item, body); }, each);
    }
}

}  // namespace

void writeBody(const Request& request, std::string& out, CertificateType type) {
    Body body(type, out);
    std::visit([&body](const auto& call) { write(call, body); }, request);
    body.finish();
}

}  // namespace lianzheng
