#include "mappings/operation.h"

#include <array>
#include <cstddef>

namespace lianzheng {
namespace {

template <class Enum>
struct Coded {
    Enum value;
    std::string_view code;
    std::string_view chinese;
};

constexpr std::array<Coded<OperateType>, 10> kOperateTypes{{
    {OperateType::Issue, "01", "新发"},
    {OperateType::Renew, "02", "延续"},
    {OperateType::Suspend, "03", "暂扣"},
    {OperateType::Lapse, "04", "过期失效"},
    {OperateType::End, "05", "注销（撤销、吊销、办理转出）"},
    {OperateType::Restore, "06", "暂扣发还"},
    {OperateType::Other, "07", "其他"},
    {OperateType::TransferIn, "08", "转入"},
    {OperateType::Change, "09", "变更"},
    {OperateType::CancelTransferOut, "10", "取消办理转出"},
}};

constexpr std::array<Coded<CertState>, 9> kCertStates{{
    {CertState::None, "", "未登记"},
    {CertState::Valid, "01", "有效"},
    {CertState::Suspended, "02", "暂扣"},
    {CertState::Revoked, "03", "撤销"},
    {CertState::Cancelled, "04", "注销"},
    {CertState::Lapsed, "05", "失效"},
    {CertState::TransferredOut, "06", "办理转出"},
    {CertState::Rescinded, "07", "吊销"},
    {CertState::Other, "99", "其他"},
}};

template <class Enum, std::size_t N>
const Coded<Enum>* find(const std::array<Coded<Enum>, N>& table, Enum value) {
    for (const Coded<Enum>& entry : table) {
        if (entry.value == value) return &entry;
    }
    return nullptr;
}

template <class Enum, std::size_t N>
std::optional<Enum> findCode(const std::array<Coded<Enum>, N>& table, std::string_view code) {
    for (const Coded<Enum>& entry : table) {
        if (entry.code == code) return entry.value;
    }
    return std::nullopt;
}

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace

std::string_view code(OperateType type) {
    const auto* entry = find(kOperateTypes, type);
    return entry == nullptr ? std::string_view() : entry->code;
}

std::string_view code(CertState state) {
    const auto* entry = find(kCertStates, state);
    return entry == nullptr ? std::string_view() : entry->code;
}

std::optional<OperateType> operateTypeOf(std::string_view code) { return findCode(kOperateTypes, code); }

std::optional<CertState> certStateOf(std::string_view code) { return findCode(kCertStates, code); }

std::string_view chineseName(OperateType type) {
    const auto* entry = find(kOperateTypes, type);
    return entry == nullptr ? std::string_view() : entry->chinese;
}

std::string_view chineseName(CertState state) {
    const auto* entry = find(kCertStates, state);
    return entry == nullptr ? std::string_view() : entry->chinese;
}

std::string_view operationName(const Request& request) {
    return std::visit(Overloaded{[](const AssignCode&) -> std::string_view { return "assign"; },
                                 [](const CheckAdmission&) -> std::string_view { return "check"; },
                                 [](const CollectLicence&) -> std::string_view { return "collect"; },
                                 [](const UpdateState&) -> std::string_view { return "update"; },
                                 [](const ChangeIdentity&) -> std::string_view { return "identity"; },
                                 [](const QueryCertificate&) -> std::string_view { return "query"; },
                                 [](const QueryTransferIns&) -> std::string_view { return "query_in"; },
                                 [](const ChangeEmployer&) -> std::string_view { return "employer"; },
                                 [](const Batch& batch) { return operationName(batch.items.front()); }},
                      request);
}

bool writes(const Request& request) {
    return !std::holds_alternative<CheckAdmission>(request) && !std::holds_alternative<QueryCertificate>(request) &&
           !std::holds_alternative<QueryTransferIns>(request);
}

}  // namespace lianzheng
