#include "gateway/reporting/labels.h"

namespace lianzheng {

std::string_view nameOf(FindingKind kind, Language language) {
    return language == Language::Chinese ? chineseName(kind) : englishName(kind);
}

std::string_view nameOf(FindingStage stage, Language language) {
    return language == Language::Chinese ? chineseName(stage) : word(stage);
}

std::string_view nameOf(Owner owner, Language language) {
    if (language == Language::Chinese) return chineseName(owner);
    switch (owner) {
        case Owner::ProvinceCentre:
            return "Province centre";
        case Owner::City:
            return "City";
        case Owner::Enterprise:
            return "Enterprise";
        case Owner::Holder:
            return "Holder";
        case Owner::ForeignAuthority:
            return "Foreign authority";
        case Owner::Platform:
            return "Platform";
    }
    return {};
}

std::string_view nameOf(CertState state, Language language) {
    if (language == Language::Chinese) return chineseName(state);
    switch (state) {
        case CertState::None:
            return "unregistered";
        case CertState::Valid:
            return "valid";
        case CertState::Suspended:
            return "suspended";
        case CertState::Revoked:
            return "revoked";
        case CertState::Cancelled:
            return "cancelled";
        case CertState::Lapsed:
            return "lapsed";
        case CertState::TransferredOut:
            return "transferred out";
        case CertState::Rescinded:
            return "rescinded";
        case CertState::Other:
            return "other";
    }
    return {};
}

std::string_view scopeName(std::string_view against, Language language) {
    constexpr Label kExchange{"省系统全部证书，对部平台前置库全量数据",
                              "every certificate of the province against the platform's own view"};
    constexpr Label kLedger{"省系统全部证书，对部平台最后一次受理的记录（推送台账）",
                            "every certificate of the province against the last acknowledgements"};
    return (against == "ledger" ? kLedger : kExchange).in(language);
}

}  // namespace lianzheng
