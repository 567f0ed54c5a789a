#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "mappings/certificate.h"
#include "mappings/operation.h"

namespace lianzheng {

/// The two kinds of certificate the platform registers, each with calls, credentials and code tables of its own
/// (national interface, sections 2 to 4).
enum class CertificateType : std::uint8_t {
    Anguan,  ///< 安管人员, W011
    Tezhong  ///< 特种作业, W032
};

/// anguan, tezhong: in configuration and mappings.
std::string_view word(CertificateType type);
std::optional<CertificateType> certificateTypeOf(std::string_view word);
std::string_view chineseName(CertificateType type);
/// 证照类型, inside a licence identifier.
std::string_view licenceType(CertificateType type);

/// How the type's table spells a state or an operation. Within the gateway both mean the same for either type and are
/// spelt as for 安管人员 (code()); the tables differ in 03 to 06 and in 08, so whoever writes for, or reads from, the
/// platform or the province goes through these. Empty when the type has no such thing.
std::string_view code(CertificateType type, CertState state);
std::string_view code(CertificateType type, OperateType operation);
/// None for an empty text, nothing for a text that is no code of the type.
std::optional<CertState> certStateOf(CertificateType type, std::string_view code);
std::optional<OperateType> operateTypeOf(CertificateType type, std::string_view code);

/// The greatest code of a state but 99, for messages.
constexpr std::string_view lastState(CertificateType type) { return type == CertificateType::Anguan ? "07" : "06"; }

/// Whether a certificate of the type has the field at all.
bool carries(CertificateType type, Field field);

}  // namespace lianzheng
