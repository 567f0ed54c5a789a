#include "adapters/national/reply_decoder.h"

#include <algorithm>
#include <utility>

#include <simdjson.h>

#include "adapters/national/batch_reply.h"
#include "adapters/national/reply_form.h"

namespace lianzheng {
namespace {

namespace dom = simdjson::dom;

/// Dates of a query may carry a time: only the day is kept. What is written otherwise stays whole.
std::string_view withoutTime(std::string_view text) {
    constexpr std::size_t kDay = 10;  // yyyy-MM-dd
    const bool timed = text.size() > kDay && (text[kDay] == ' ' || text[kDay] == 'T');
    return timed ? text.substr(0, kDay) : text;
}

bool isDate(Field field) {
    return field == Field::IssuedDate || field == Field::IssuDate || field == Field::EffectiveDate ||
           field == Field::ExpiringDate || field == Field::BirthDate;
}

}  // namespace

struct ReplyDecoder::State {
    State(const CodeKey& key, CertificateType certificates) : codeKey(key), type(certificates) {}

    const CodeKey& codeKey;
    CertificateType type;
    dom::parser parser;

    Result<Verdict> decode(const Request& request, std::string_view body, std::vector<Result<Verdict>>& items);
    Malformed accept(const Request& request, const Answer& answer, Verdict& verdict) const;
    Malformed readCodes(const ChangeEmployer& call, const Answer& answer, Verdict& verdict) const;
};

namespace {

/// One certificate of a reply; `paged`: of those taken in from other provinces.
Malformed readHolding(CertificateType type, bool paged, const dom::object& item, Holdings::Item& held) {
    for (const Field field : kFields) {
        const auto text = optionalText(item, nationalName(field));
        if (!text) return "malformed_item";
        held.record[field] = isDate(field) ? withoutTime(*text) : *text;
    }
    if (type != CertificateType::Anguan) {
        const auto state = certStateOf(type, held.record[Field::CertState]);
        if (!state) return "malformed_state";
        held.record[Field::CertState] = code(*state);
    }
    const auto identifier = optionalText(item, "zzeCertID");
    if (!identifier) return "malformed_item";
    held.zzeCertId = *identifier;
    if (!paged) return nullptr;
    const auto before = optionalText(item, "oldcertNum");
    const auto after = optionalText(item, "newCertNum");
    if (!before || !after) return "malformed_item";
    held.oldCertNum = *before;
    if (!after->empty()) held.record[Field::CertNum] = *after;
    return nullptr;
}

Malformed readHoldings(CertificateType type, const Request& request, const Answer& answer, Verdict& verdict) {
    Holdings holdings;
    const bool paged = std::holds_alternative<QueryTransferIns>(request);
    if (paged && !answer.total && !answer.success.empty()) return "malformed_total";
    holdings.total = answer.total.value_or(answer.success.size());
    for (const dom::object& item : answer.success) {
        if (const Malformed why = readHolding(type, paged, item, holdings.items.emplace_back())) return why;
    }
    verdict.holdings = std::move(holdings);
    return nullptr;
}

Malformed refuse(const Request& request, const Answer& answer, Verdict& verdict) {
    // An error that names what was not sent belongs to another request, and one that says "accepted" beside
    // the refusal cannot be believed.
    for (const Message& error : answer.errors) {
        if (!error.guid.empty() && !names(request, error.guid)) return "malformed_foreign";
    }
    if (!answer.success.empty()) return "malformed_contradictory";
    verdict.kind = Verdict::Kind::Refused;
    verdict.message = joined(answer.errors, answer.returnMessage);
    if (const auto* employer = std::get_if<ChangeEmployer>(&request)) {
        for (const AssignCode& certificate : employer->certificates) {
            Verdict::Item& read = verdict.items.emplace_back();
            for (const Message& error : answer.errors) {
                if (error.guid == certificate.eCertId) read.message = error.text;
            }
        }
    }
    return nullptr;
}

}  // namespace

/// All or nothing: every certificate of the call has its code, each once.
Malformed ReplyDecoder::State::readCodes(const ChangeEmployer& call, const Answer& answer, Verdict& verdict) const {
    if (answer.success.size() != call.certificates.size()) return "malformed_success";
    for (const AssignCode& certificate : call.certificates) {
        const auto item = std::find_if(answer.success.begin(), answer.success.end(), [&](const dom::object& each) {
            return optionalText(each, "eCertID") == certificate.eCertId;
        });
        if (item == answer.success.end()) return "malformed_success";
        Verdict::Item& read = verdict.items.emplace_back();
        if (const Malformed why = readCode(codeKey, certificate, *item, read.code)) return why;
        for (const Message& warning : answer.warnings) {
            if (warning.guid == certificate.eCertId) read.message = warning.text;
        }
    }
    return nullptr;
}

Malformed ReplyDecoder::State::accept(const Request& request, const Answer& answer, Verdict& verdict) const {
    if (!answer.errors.empty()) return "malformed_contradictory";
    verdict.kind = answer.returnCode == 2 ? Verdict::Kind::AcceptedWithWarnings : Verdict::Kind::Accepted;
    verdict.message = joined(answer.warnings, answer.returnCode == 2 ? answer.returnMessage : std::string_view{});
    if (const auto* assign = std::get_if<AssignCode>(&request)) {
        if (answer.success.size() != 1) return "malformed_success";
        return readCode(codeKey, *assign, answer.success.front(), verdict.code);
    }
    if (const auto* employer = std::get_if<ChangeEmployer>(&request)) return readCodes(*employer, answer, verdict);
    if (asks(request)) return readHoldings(type, request, answer, verdict);
    return foreign(request, answer) ? "malformed_foreign" : nullptr;
}

Result<Verdict> ReplyDecoder::State::decode(const Request& request, std::string_view body,
                                            std::vector<Result<Verdict>>& items) {
    const auto answer = readAnswer(request, body, parser);
    if (!answer) return tl::unexpected(answer.error());
    if (const auto* batch = std::get_if<Batch>(&request)) {
        BatchVerdicts verdicts = judgeBatch(*batch, *answer, codeKey);
        if (verdicts.malformed != nullptr) return malformed(request, verdicts.malformed);
        items = std::move(verdicts.items);
        return std::move(verdicts.whole);
    }
    Verdict verdict;
    const Malformed why =
        answer->returnCode == 0 ? refuse(request, *answer, verdict) : accept(request, *answer, verdict);
    if (why != nullptr) return malformed(request, why);
    return verdict;
}

ReplyDecoder::ReplyDecoder(const CodeKey& codeKey, CertificateType type)
    : state_(std::make_unique<State>(codeKey, type)) {}
ReplyDecoder::ReplyDecoder(ReplyDecoder&&) noexcept = default;
ReplyDecoder& ReplyDecoder::operator=(ReplyDecoder&&) noexcept = default;
ReplyDecoder::~ReplyDecoder() = default;

Result<Verdict> ReplyDecoder::decode(const Request& request, std::string_view body) {
    std::vector<Result<Verdict>> items;
    return state_->decode(request, body, items);
}

void ReplyDecoder::decode(const Request& request, std::string_view body, Completion& completion) {
    completion.items.clear();
    completion.outcome = state_->decode(request, body, completion.items);
}

}  // namespace lianzheng
