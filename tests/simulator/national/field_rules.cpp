#include "tests/simulator/national/field_rules.h"

#include <array>

namespace lianzheng::sim::national {

namespace {

constexpr std::array kAssign{
    FieldRule{"eCertID", true, Form::EventId},
    FieldRule{"provinceNum", true, Form::Province},
    FieldRule{"certNum", true, Form::CertNum},
    FieldRule{"issuAuth", true, Form::Text},
    FieldRule{"issuAuthCode", true, Form::Company},
    FieldRule{"issuedDate", true, Form::Date},
    FieldRule{"issuDate", true, Form::Date},
    FieldRule{"effectiveDate", true, Form::Date},
    FieldRule{"expiringDate", true, Form::Date},
    FieldRule{"categoryCode", true, Form::Category},
    FieldRule{"name", true, Form::Text},
    FieldRule{"gender", true, Form::Gender},
    FieldRule{"birthDate", true, Form::Date},
    FieldRule{"identityCard", true, Form::Text},
    FieldRule{"identityCardType", true, Form::DocumentType},
    FieldRule{"companyName", true, Form::Text},
    FieldRule{"creditCode", true, Form::Company},
    FieldRule{"appointment", true, Form::Appointment},
    FieldRule{"technicalTitle", false, Form::Title},
    FieldRule{"educationDegree", true, Form::Education},
    FieldRule{"major", false, Form::Text},
    FieldRule{"photo", true, Form::Photo},
    FieldRule{"certState", true, Form::State},
    FieldRule{"certStatusDescription", false, Form::Text},
    FieldRule{"associatedZzeCertID", false, Form::Identifier},
    FieldRule{"businessInformation", false, Form::Text},
    FieldRule{"operateType", true, Form::OperateType},
    FieldRule{"oldcertNum", false, Form::ForeignCertNum},
};
constexpr std::array kCheck{
    FieldRule{"eCertID", true, Form::EventId},
    FieldRule{"provinceNum", true, Form::Province},
    FieldRule{"identityCard", true, Form::Text},
    FieldRule{"categoryCode", true, Form::Category},
    FieldRule{"creditCode", true, Form::Company},
    FieldRule{"certNum", false, Form::CertNum},
    FieldRule{"operateType", true, Form::OperateType},
    FieldRule{"appointment", true, Form::Appointment},
    FieldRule{"oldcertNum", false, Form::ForeignCertNum},
};
constexpr std::array kCollect{
    FieldRule{"ID", true, Form::Text},
    FieldRule{"zzeCertID", true, Form::Identifier},
    FieldRule{"url", true, Form::Text},
};
constexpr std::array kUpdate{
    FieldRule{"eCertID", true, Form::EventId},
    FieldRule{"zzeCertID", false, Form::Identifier},
    FieldRule{"provinceNum", true, Form::Province},
    FieldRule{"certNum", true, Form::CertNum},
    FieldRule{"identityCard", true, Form::Text},
    FieldRule{"creditCode", true, Form::Company},
    FieldRule{"categoryCode", true, Form::Category},
    FieldRule{"certState", true, Form::State},
    FieldRule{"certStatusDescription", false, Form::Text},
    FieldRule{"operateType", true, Form::OperateType},
};
constexpr std::array kChangeIdentity{
    FieldRule{"eCertID", true, Form::AnyEventId},
    FieldRule{"url", false, Form::Text},
    FieldRule{"provinceNum", true, Form::Province},
    FieldRule{"certNum", true, Form::CertNum},
    FieldRule{"categoryCode", true, Form::Category},
    FieldRule{"birthDate", true, Form::Date},
    FieldRule{"identityCardType", true, Form::DocumentType},
    FieldRule{"identityCard", true, Form::Text},
};
constexpr std::array kQueryOut{
    FieldRule{"certNum", false, Form::ForeignCertNum},
    FieldRule{"identityCard", false, Form::Text},
};
constexpr std::array kQueryIn{
    FieldRule{"pageindex", true, Form::Count},
    FieldRule{"pagesize", true, Form::Count},
    FieldRule{"provinceNum", true, Form::Province},
    FieldRule{"certNum", false, Form::ForeignCertNum},
};

// 特种作业: "no employer or title fields; it has operationCategory and categoryDescription". That the calls other than
// assigning leave out the same is assumed.
constexpr std::array kSpecialAssign{
    FieldRule{"eCertID", true, Form::EventId},
    FieldRule{"provinceNum", true, Form::Province},
    FieldRule{"certNum", true, Form::SpecialNumber},
    FieldRule{"issuAuth", true, Form::Text},
    FieldRule{"issuAuthCode", true, Form::Company},
    FieldRule{"issuedDate", true, Form::Date},
    FieldRule{"issuDate", true, Form::Date},
    FieldRule{"effectiveDate", true, Form::Date},
    FieldRule{"expiringDate", true, Form::Date},
    FieldRule{"operationCategory", true, Form::SpecialCategory},
    FieldRule{"categoryDescription", false, Form::Text},
    FieldRule{"name", true, Form::Text},
    FieldRule{"gender", true, Form::Gender},
    FieldRule{"birthDate", true, Form::Date},
    FieldRule{"identityCard", true, Form::Text},
    FieldRule{"identityCardType", true, Form::DocumentType},
    FieldRule{"educationDegree", true, Form::Education},
    FieldRule{"major", false, Form::Text},
    FieldRule{"photo", true, Form::Photo},
    FieldRule{"certState", true, Form::State},
    FieldRule{"certStatusDescription", false, Form::Text},
    FieldRule{"associatedZzeCertID", false, Form::Identifier},
    FieldRule{"businessInformation", false, Form::Text},
    FieldRule{"operateType", true, Form::OperateType},
};
constexpr std::array kSpecialCheck{
    FieldRule{"eCertID", true, Form::EventId},        FieldRule{"provinceNum", true, Form::Province},
    FieldRule{"identityCard", true, Form::Text},      FieldRule{"operationCategory", true, Form::SpecialCategory},
    FieldRule{"certNum", false, Form::SpecialNumber}, FieldRule{"operateType", true, Form::OperateType},
};
constexpr std::array kSpecialUpdate{
    FieldRule{"eCertID", true, Form::EventId},         FieldRule{"zzeCertID", false, Form::Identifier},
    FieldRule{"provinceNum", true, Form::Province},    FieldRule{"certNum", true, Form::SpecialNumber},
    FieldRule{"identityCard", true, Form::Text},       FieldRule{"operationCategory", true, Form::SpecialCategory},
    FieldRule{"certState", true, Form::State},         FieldRule{"certStatusDescription", false, Form::Text},
    FieldRule{"operateType", true, Form::OperateType},
};
constexpr std::array kSpecialIdentity{
    FieldRule{"eCertID", true, Form::AnyEventId},
    FieldRule{"url", false, Form::Text},
    FieldRule{"provinceNum", true, Form::Province},
    FieldRule{"certNum", true, Form::SpecialNumber},
    FieldRule{"operationCategory", true, Form::SpecialCategory},
    FieldRule{"birthDate", true, Form::Date},
    FieldRule{"identityCardType", true, Form::DocumentType},
    FieldRule{"identityCard", true, Form::Text},
};

std::span<const FieldRule> specialRulesOf(Operation operation) {
    switch (operation) {
        case Operation::Check:
            return kSpecialCheck;
        case Operation::Assign:
            return kSpecialAssign;
        case Operation::Collect:
            return kCollect;
        case Operation::Update:
            return kSpecialUpdate;
        case Operation::ChangeIdentity:
            return kSpecialIdentity;
        default:
            return {};
    }
}

}  // namespace

std::span<const FieldRule> rulesOf(Operation operation, Type type) {
    if (type == Type::Tezhong) return specialRulesOf(operation);
    switch (operation) {
        case Operation::Check:
            return kCheck;
        case Operation::Assign:
        case Operation::ChangeEmployer:
            return kAssign;
        case Operation::Collect:
            return kCollect;
        case Operation::Update:
            return kUpdate;
        case Operation::ChangeIdentity:
            return kChangeIdentity;
        case Operation::QueryOut:
            return kQueryOut;
        case Operation::QueryIn:
            return kQueryIn;
    }
    return {};
}

}  // namespace lianzheng::sim::national
