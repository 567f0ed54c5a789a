#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mappings/checked.h"

namespace lianzheng {

/// Who must act.
enum class Owner : std::uint8_t {
    ProvinceCentre,    ///< 省中心
    City,              ///< 市
    Enterprise,        ///< 企业
    Holder,            ///< 持证人
    ForeignAuthority,  ///< 外省发证机关
    Platform           ///< 部平台
};
/// 省中心, 市, 企业, 持证人, 外省发证机关, 部平台.
std::string_view chineseName(Owner owner);
/// province_centre, city, enterprise, holder, foreign_authority, platform.
std::string_view word(Owner owner);
/// The owner whose `word` this is.
std::optional<Owner> ownerOf(std::string_view word);

/// Why a certificate cannot go on, in words for people. `reason` is stable (a Rule's word, or a refusal class).
struct Advice {
    std::string reason;
    std::string field;  ///< national name, or empty
    std::string why;    ///< one Chinese sentence
    std::string help;   ///< what helps, in Chinese
    Owner owner{};
    friend bool operator==(const Advice&, const Advice&) = default;
};

/// The advice for a value that was refused at the edge.
Advice adviceFor(const Invalid& invalid);

}  // namespace lianzheng
