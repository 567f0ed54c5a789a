#include "mappings/certificate_type.h"

#include <algorithm>
#include <array>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::array<std::pair<CertState, std::string_view>, 8> kTezhongStates{{
    {CertState::None, ""},
    {CertState::Valid, "01"},
    {CertState::Suspended, "02"},
    {CertState::Rescinded, "03"},
    {CertState::Revoked, "04"},
    {CertState::Cancelled, "05"},
    {CertState::Lapsed, "06"},
    {CertState::Other, "99"},
}};

constexpr std::array<std::pair<OperateType, std::string_view>, 8> kTezhongOperations{{
    {OperateType::Issue, "01"},
    {OperateType::Renew, "02"},
    {OperateType::Suspend, "03"},
    {OperateType::Lapse, "04"},
    {OperateType::End, "05"},
    {OperateType::Restore, "06"},
    {OperateType::Other, "07"},
    {OperateType::Change, "08"},
}};

template <class Table, class Value>
std::string_view codeIn(const Table& table, Value value) {
    const auto found = std::ranges::find(table, value, [](const auto& each) { return each.first; });
    return found == table.end() ? std::string_view() : found->second;
}

template <class Value, class Table>
std::optional<Value> valueIn(const Table& table, std::string_view code) {
    const auto found = std::ranges::find(table, code, [](const auto& each) { return each.second; });
    if (found == table.end()) return std::nullopt;
    return found->first;
}

}  // namespace

std::string_view word(CertificateType type) { return type == CertificateType::Anguan ? "anguan" : "tezhong"; }

std::optional<CertificateType> certificateTypeOf(std::string_view word) {
    for (const CertificateType type : {CertificateType::Anguan, CertificateType::Tezhong}) {
        if (lianzheng::word(type) == word) return type;
    }
    return std::nullopt;
}

std::string_view chineseName(CertificateType type) { return type == CertificateType::Anguan ? "安管人员" : "特种作业"; }

std::string_view licenceType(CertificateType type) {
    return type == CertificateType::Anguan ? "11100000000013338W011" : "11100000000013338W032";
}

std::string_view code(CertificateType type, CertState state) {
    return type == CertificateType::Anguan ? code(state) : codeIn(kTezhongStates, state);
}

std::string_view code(CertificateType type, OperateType operation) {
    return type == CertificateType::Anguan ? code(operation) : codeIn(kTezhongOperations, operation);
}

std::optional<CertState> certStateOf(CertificateType type, std::string_view code) {
    return type == CertificateType::Anguan ? certStateOf(code) : valueIn<CertState>(kTezhongStates, code);
}

std::optional<OperateType> operateTypeOf(CertificateType type, std::string_view code) {
    return type == CertificateType::Anguan ? operateTypeOf(code) : valueIn<OperateType>(kTezhongOperations, code);
}

bool carries(CertificateType type, Field field) {
    switch (field) {
        case Field::CategoryCode:
        case Field::CompanyName:
        case Field::CreditCode:
        case Field::Appointment:
        case Field::TechnicalTitle:
            return type == CertificateType::Anguan;
        case Field::OperationCategory:
        case Field::CategoryDescription:
            return type == CertificateType::Tezhong;
        default:
            return true;
    }
}

}  // namespace lianzheng
