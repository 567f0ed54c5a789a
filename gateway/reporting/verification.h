#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/planner/ledger_entry.h"
#include "gateway/reporting/labels.h"
#include "gateway/store/records.h"
#include "mappings/certificate_type.h"

namespace lianzheng {

/// What one side says of a certificate.
struct CertificateSide {
    enum class Answer : std::uint8_t {
        Told,      ///< `record` is what it says
        Nothing,   ///< it has no such certificate
        NotAsked,  ///< no machine can ask it (platform.readback = none, 特种作业)
        Away       ///< it did not answer
    };
    Answer answer = Answer::NotAsked;
    Acknowledged told{};
    std::string identifier{};           ///< zzeCertID; empty: not told
    std::optional<TimePoint> readAt{};  ///< of the ledger: of the platform's last acceptance; nothing: not known
    std::optional<Error> error{};       ///< why it did not answer
    std::size_t rows = 0;               ///< of the province: how many it has
};

/// A certificate as the province, our ledger and the national query show it, for whoever asks by telephone.
struct Verification {
    std::string number;
    CertificateType type = CertificateType::Anguan;
    CertificateSide province;
    CertificateSide ledger;
    CertificateSide national;
    std::optional<HumanLook> look;  ///< the last one by hand
    std::string link;               ///< where to look by hand; empty: none is configured
    std::string pending;            ///< why it does not go on, or what is under way, in Chinese; or empty
    std::string evidenceHead;
    TimePoint at;
};

enum class Agreement : std::uint8_t { Same, Different, Unknown };
/// same, different, unknown.
std::string_view word(Agreement agreement);
std::string_view nameOf(Agreement agreement, Language language);
/// told, nothing, not_asked, away.
std::string_view word(CertificateSide::Answer answer);

/// One line of the comparison, fit for a page: identity numbers masked. An empty text is not told.
struct ComparedField {
    std::string name;   ///< national name, or zzeCertID
    std::string label;  ///< for people
    std::string province;
    std::string ledger;
    std::string national;
    Agreement agreement = Agreement::Unknown;  ///< of those sides that tell it; unknown with fewer than two
};

/// State, holder, company, category, dates and identifier side by side. What ended by its date is the same whether it
/// is called lapsed or cancelled. Pure.
std::vector<ComparedField> comparedFields(const Verification& verification, Language language);

/// What it all comes to: same, different, not_found (nobody knows it), incomplete (a side did not answer, or only one
/// tells of it).
std::string_view resultOf(const Verification& verification, const std::vector<ComparedField>& fields);

/// The result in words, a sentence each: what agrees, what does not, who could not be asked, what a person saw.
std::vector<std::string> conclusionOf(const Verification& verification, const std::vector<ComparedField>& fields,
                                      Language language);

/// When a side was read, or why it was not, for people.
std::string readingOf(const CertificateSide& side, Language language);

}  // namespace lianzheng
