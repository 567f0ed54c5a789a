#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lianzheng {

/// The classes of differences (design.md, Reconciliation). What is under way is counted, not listed.
enum class FindingKind : std::uint8_t {
    MissingNational,    ///< should be registered, and is not
    MissingProvincial,  ///< registered, but the province has no such row
    FieldMismatch,      ///< one a field
    StateMismatch,
    IdentityMismatch,     ///< identity number or its kind
    Duplicate,            ///< two rows of one number on one side
    IdentifierDuplicate,  ///< two registered certificates share a licence identifier
    ExpiredNotCancelled,
    LegacyNotConverted,  ///< one side still has the number of before the change-over
    RuleConflict,        ///< a holding rule stands in the way; hides what else differs
    Blocked,             ///< cannot go on without somebody; hides what else differs
    Stuck99,             ///< registered as 99 其他, which nothing leaves
    TakenElsewhere,      ///< another province took it in (转入), and here it is not transferred out
};

inline constexpr std::array kFindingKinds{FindingKind::MissingNational,
                                          FindingKind::MissingProvincial,
                                          FindingKind::FieldMismatch,
                                          FindingKind::StateMismatch,
                                          FindingKind::IdentityMismatch,
                                          FindingKind::Duplicate,
                                          FindingKind::IdentifierDuplicate,
                                          FindingKind::ExpiredNotCancelled,
                                          FindingKind::LegacyNotConverted,
                                          FindingKind::RuleConflict,
                                          FindingKind::Blocked,
                                          FindingKind::Stuck99,
                                          FindingKind::TakenElsewhere};

/// The stable word that the store and the reports keep, e.g. `missing_national`.
std::string_view word(FindingKind kind);
std::optional<FindingKind> findingKindOf(std::string_view word);
/// For people: 部平台缺证 …, and in English.
std::string_view chineseName(FindingKind kind);
std::string_view englishName(FindingKind kind);

/// What the province's value is where it has no such row. A missing_national one that says so is shown by neither side.
inline constexpr std::string_view kNoSuchRow = "无此证";
/// The field of findings about the province's licence identifiers; the platform's are of `zzeCertID`.
inline constexpr std::string_view kLicenceIdentifier = "licenceIdentifier";

}  // namespace lianzheng
