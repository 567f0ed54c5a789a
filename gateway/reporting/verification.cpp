#include "gateway/reporting/verification.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/reporting/finding_text.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

using Answer = CertificateSide::Answer;

constexpr std::array kShown{Field::CertState,  Field::Name,          Field::IdentityCard,      Field::CompanyName,
                            Field::CreditCode, Field::CategoryCode,  Field::OperationCategory, Field::IssuedDate,
                            Field::IssuDate,   Field::EffectiveDate, Field::ExpiringDate};

std::string valueOf(const CertificateSide& side, Field field) {
    if (side.answer == Answer::Nothing && field == Field::CertState) return std::string(code(CertState::None));
    return side.answer == Answer::Told && side.told.knows(field) ? side.told.record[field] : std::string{};
}

/// Whether the side says anything of the field. A state that is none is an answer: it is not registered.
bool tells(const CertificateSide& side, Field field) {
    if (field == Field::CertState) return side.answer == Answer::Told || side.answer == Answer::Nothing;
    return !valueOf(side, field).empty();
}

CertState stateOf(const CertificateSide& side) {
    return certStateOf(valueOf(side, Field::CertState)).value_or(CertState::None);
}

bool isPast(const CertificateSide& side, const std::string& today) {
    const std::string end = valueOf(side, Field::ExpiringDate);
    return !end.empty() && end < today;
}

bool isActive(CertState state) { return state == CertState::Valid || state == CertState::Suspended; }

/// What ended by its date is the same by whatever name. The province need not say it of a row that is past its end; the
/// platform must be told, unless it never knew the certificate.
std::string stateKey(const Verification& verification, const CertificateSide& side, const std::string& today) {
    const CertState state = stateOf(side);
    if (&side != &verification.province && state == CertState::None && verification.province.answer == Answer::Told) {
        const bool ended = stateKey(verification, verification.province, today) == "ended";
        return ended ? "ended" : std::string(code(state));
    }
    const bool byDate = state == CertState::Lapsed || state == CertState::Cancelled;
    const bool unsaid = isActive(state) && &side == &verification.province;
    return isPast(side, today) && (byDate || unsaid) ? "ended" : std::string(code(state));
}

std::string keyOf(const Verification& verification, const CertificateSide& side, Field field,
                  const std::string& today) {
    if (field == Field::CertState) return stateKey(verification, side, today);
    if (field == Field::Name) return foldedDots(valueOf(side, field));
    if (field == Field::IdentityCard) return upper(valueOf(side, field));
    return valueOf(side, field);
}

std::string shownOf(const CertificateSide& side, Field field, const std::string& today, Language language) {
    if (!tells(side, field)) return {};
    if (field == Field::CertState) {
        constexpr Label kPast{"（已过有效期）", " (past its end)"};
        const bool past = isActive(stateOf(side)) && isPast(side, today);
        return std::string(nameOf(stateOf(side), language)).append(past ? kPast.in(language) : "");
    }
    return shownValue(nationalName(field), valueOf(side, field));
}

Agreement agreementOf(const std::vector<std::string>& keys) {
    if (keys.size() < 2) return Agreement::Unknown;
    return std::all_of(keys.begin(), keys.end(), [&](const std::string& key) { return key == keys.front(); })
               ? Agreement::Same
               : Agreement::Different;
}

std::string listed(const std::vector<std::string>& names, Language language) {
    std::string text;
    for (const std::string& name : names) {
        if (!text.empty()) text += language == Language::Chinese ? "、" : ", ";
        text += name;
    }
    return text;
}

std::string saidOfNational(const Verification& verification, Language language) {
    constexpr Label kNotAsked{"部平台没有机器查询，未作机器核对。",
                              "The national platform has no machine query: it was not asked."};
    constexpr Label kAway{"部平台本次未答复，未作机器核对。", "The national platform did not answer this time."};
    return std::string((verification.national.answer == Answer::NotAsked ? kNotAsked : kAway).in(language));
}

std::string saidOfLook(const HumanLook& look, Language language) {
    return fmt::format(fmt::runtime(language == Language::Chinese ? "最近一次人工查询：{}，{}，结果“{}”。"
                                                                  : "Last look by hand: {}, {}: \"{}\"."),
                       shanghaiText(look.at), look.who, look.saw);
}

}  // namespace

std::string_view word(Agreement agreement) {
    return agreement == Agreement::Same ? "same" : agreement == Agreement::Different ? "different" : "unknown";
}

std::string_view nameOf(Agreement agreement, Language language) {
    constexpr Label kSame{"一致", "same"};
    constexpr Label kDifferent{"不一致", "DIFFERENT"};
    constexpr Label kUnknown{"无法比对", "not comparable"};
    return (agreement == Agreement::Same        ? kSame
            : agreement == Agreement::Different ? kDifferent
                                                : kUnknown)
        .in(language);
}

std::string_view word(CertificateSide::Answer answer) {
    constexpr std::array<std::string_view, 4> kWords{"told", "nothing", "not_asked", "away"};
    return kWords.at(static_cast<std::size_t>(answer));
}

std::vector<ComparedField> comparedFields(const Verification& verification, Language language) {
    const std::string today = Date::inShanghai(verification.at).str();
    const std::array sides{&verification.province, &verification.ledger, &verification.national};
    std::vector<ComparedField> fields;
    for (const Field field : kShown) {
        if (!carries(verification.type, field)) continue;
        std::vector<std::string> keys;
        for (const CertificateSide* side : sides) {
            if (tells(*side, field)) keys.push_back(keyOf(verification, *side, field, today));
        }
        fields.push_back({std::string(nationalName(field)), fieldLabel(nationalName(field), language),
                          shownOf(verification.province, field, today, language),
                          shownOf(verification.ledger, field, today, language),
                          shownOf(verification.national, field, today, language), agreementOf(keys)});
    }
    std::vector<std::string> identifiers;
    for (const CertificateSide* side : sides) {
        if (!side->identifier.empty()) identifiers.push_back(side->identifier);
    }
    fields.push_back({"zzeCertID", fieldLabel("zzeCertID", language),
                      shownValue("zzeCertID", verification.province.identifier),
                      shownValue("zzeCertID", verification.ledger.identifier),
                      shownValue("zzeCertID", verification.national.identifier), agreementOf(identifiers)});
    return fields;
}

std::string_view resultOf(const Verification& verification, const std::vector<ComparedField>& fields) {
    const std::array sides{&verification.province, &verification.ledger, &verification.national};
    const auto answering = [&](Answer answer) {
        return std::count_if(sides.begin(), sides.end(), [&](const auto* side) { return side->answer == answer; });
    };
    const bool differs =
        verification.province.rows > 1 || std::any_of(fields.begin(), fields.end(), [](const ComparedField& field) {
            return field.agreement == Agreement::Different;
        });
    if (differs) return "different";
    if (answering(Answer::Told) == 0) return answering(Answer::Nothing) > 0 ? "not_found" : "incomplete";
    const bool alone = answering(Answer::Told) + answering(Answer::Nothing) < 2;
    return alone || answering(Answer::Away) > 0 ? "incomplete" : "same";
}

std::vector<std::string> conclusionOf(const Verification& verification, const std::vector<ComparedField>& fields,
                                      Language language) {
    const bool chinese = language == Language::Chinese;
    std::vector<std::string> sentences;
    std::vector<std::string> different;
    std::vector<std::string> same;
    for (const ComparedField& field : fields) {
        if (field.agreement == Agreement::Different) different.push_back(field.label);
        if (field.agreement == Agreement::Same) same.push_back(field.label);
    }
    if (resultOf(verification, fields) == "not_found") {
        sentences.emplace_back(chinese ? "能够查询的各方均无此证书。"
                                       : "Nobody who could be asked knows this certificate.");
    }
    if (verification.province.rows > 1) {
        sentences.push_back(
            fmt::format(fmt::runtime(chinese ? "省系统中此编号有 {} 条记录，表中为其中一条。"
                                             : "The province has {} rows of this number; one is shown."),
                        verification.province.rows));
    }
    if (!different.empty()) {
        sentences.push_back(fmt::format(fmt::runtime(chinese ? "不一致的项目：{}。" : "What differs: {}."),
                                        listed(different, language)));
    }
    if (!same.empty()) {
        sentences.push_back(
            fmt::format(fmt::runtime(chinese ? "能够比对且一致的项目：{}。" : "What could be compared and agrees: {}."),
                        listed(same, language)));
    }
    const Answer national = verification.national.answer;
    if (national == Answer::NotAsked || national == Answer::Away) {
        sentences.push_back(saidOfNational(verification, language));
        sentences.push_back(verification.look ? saidOfLook(*verification.look, language)
                            : chinese         ? std::string("尚无人工查询记录。")
                                              : std::string("Nobody has recorded a look by hand."));
    }
    if (!verification.pending.empty()) sentences.push_back(verification.pending);
    return sentences;
}

std::string readingOf(const CertificateSide& side, Language language) {
    const bool chinese = language == Language::Chinese;
    switch (side.answer) {
        case Answer::NotAsked:
            return chinese ? "无机器查询" : "no machine query";
        case Answer::Away:
            return chinese ? "未答复" : "did not answer";
        case Answer::Nothing:
        case Answer::Told:
            break;
    }
    const std::string when = side.readAt ? shanghaiText(*side.readAt) : chinese ? "时间未记录" : "time not recorded";
    if (side.answer == Answer::Told) return when;
    return when + (chinese ? "（无此证书）" : " (no such certificate)");
}

}  // namespace lianzheng
