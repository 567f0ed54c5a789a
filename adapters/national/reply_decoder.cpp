#include "adapters/national/reply_decoder.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "adapters/national/http_fault.h"
#include "adapters/national/whole_number.h"

namespace lianzheng {
namespace {

namespace dom = simdjson::dom;

/// One code, as text or as a number; nothing for anything else.
std::optional<int> shortCode(const dom::element& value) {
    std::int64_t number = 0;
    if (value.get(number) == simdjson::SUCCESS)
        return number >= 0 && number <= 9 ? std::optional<int>(number) : std::nullopt;
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS || text.size() != 1 || text[0] < '0' || text[0] > '9') return std::nullopt;
    return text[0] - '0';
}

/// Text, or '' for null and for a member that is not there; nothing for any other type.
std::optional<std::string_view> optionalText(const dom::object& object, std::string_view name) {
    dom::element value;
    if (object[name].get(value) != simdjson::SUCCESS || value.is_null()) return std::string_view{};
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
    return text;
}

/// How a request's item is named in a reply; a query names it by what it found, so anything fits.
struct Named {
    std::string_view guid;
    bool operator()(const CollectLicence& call) const { return guid == call.codeId || guid == call.zzeCertId; }
    bool operator()(const QueryCertificate&) const { return true; }
    bool operator()(const QueryTransferIns&) const { return true; }
    bool operator()(const ChangeEmployer& call) const {
        return std::any_of(call.certificates.begin(), call.certificates.end(),
                           [this](const AssignCode& each) { return guid == each.eCertId; });
    }
    bool operator()(const auto& event) const { return guid == event.eCertId; }
};
bool names(const Request& request, std::string_view guid) { return std::visit(Named{guid}, request); }

struct Message {
    std::string_view guid;
    std::string_view text;
};

/// A reply whose form is known to be right; what it says is judged afterwards.
struct Answer {
    int returnCode = 0;
    std::string_view returnMessage;
    std::optional<std::uint64_t> total;  ///< TotalCount
    std::vector<dom::object> success;
    std::vector<Message> warnings;
    std::vector<Message> errors;
};

/// Why a reply is malformed: a constant, safe to log.
using Malformed = const char*;

std::optional<std::vector<dom::object>> listOf(const dom::object& data, std::string_view name) {
    std::vector<dom::object> items;
    dom::element value;
    if (data[name].get(value) != simdjson::SUCCESS) return items;
    dom::array list;
    if (value.get(list) != simdjson::SUCCESS) return std::nullopt;
    for (const dom::element element : list) {
        dom::object item;
        if (element.get(item) != simdjson::SUCCESS) return std::nullopt;
        items.push_back(item);
    }
    return items;
}

std::optional<std::vector<Message>> messagesOf(const dom::object& data, std::string_view list, std::string_view guid,
                                               std::string_view text) {
    const auto items = listOf(data, list);
    if (!items) return std::nullopt;
    std::vector<Message> messages;
    for (const dom::object& item : *items) {
        const auto itemGuid = optionalText(item, guid);
        const auto itemText = optionalText(item, text);
        if (!itemGuid || !itemText) return std::nullopt;
        messages.push_back({*itemGuid, *itemText});
    }
    return messages;
}

/// A call that asks and has no item of its own.
bool asks(const Request& request) {
    return std::holds_alternative<QueryCertificate>(request) || std::holds_alternative<QueryTransferIns>(request);
}

Malformed readLists(const dom::object& inner, Answer& answer) {
    dom::element value;
    if (inner["ReturnData"].get(value) != simdjson::SUCCESS || value.is_null()) return nullptr;
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return text.empty() ? nullptr : "malformed_return_data";
    dom::object data;
    if (value.get(data) != simdjson::SUCCESS) return "malformed_return_data";
    auto success = listOf(data, "SuccessData");
    auto warnings = messagesOf(data, "WarnData", "WarnGuid", "WarnMsg");
    auto errors = messagesOf(data, "ErrorData", "ErrorGuid", "ErrorMsg");
    if (!success || !warnings || !errors) return "malformed_list";
    answer.success = std::move(*success);
    answer.warnings = std::move(*warnings);
    answer.errors = std::move(*errors);
    return nullptr;
}

std::string joined(const std::vector<Message>& messages, std::string_view otherwise) {
    std::string text;
    for (const Message& message : messages) {
        if (message.text.empty()) continue;
        if (!text.empty()) text.append("；");
        text.append(message.text);
    }
    return text.empty() ? std::string(otherwise) : text;
}

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

    Result<Verdict> decode(const Request& request, std::string_view body);
    Malformed accept(const Request& request, const Answer& answer, Verdict& verdict) const;
    Malformed readCode(const AssignCode& call, const dom::object& item, std::optional<CodeAssigned>& code) const;
    Malformed readCodes(const ChangeEmployer& call, const Answer& answer, Verdict& verdict) const;
};

namespace {

Malformed readHoldings(CertificateType type, const Request& request, const Answer& answer, Verdict& verdict) {
    Holdings holdings;
    const bool paged = std::holds_alternative<QueryTransferIns>(request);
    if (paged && !answer.total && !answer.success.empty()) return "malformed_total";
    holdings.total = answer.total.value_or(answer.success.size());
    for (const dom::object& item : answer.success) {
        Holdings::Item held;
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
        if (paged) {
            const auto before = optionalText(item, "oldcertNum");
            const auto after = optionalText(item, "newCertNum");
            if (!before || !after) return "malformed_item";
            held.oldCertNum = *before;
            if (!after->empty()) held.record[Field::CertNum] = *after;
        }
        holdings.items.push_back(std::move(held));
    }
    verdict.holdings = std::move(holdings);
    return nullptr;
}

/// An item that bears another event's eCertID answers another request.
bool foreign(const Request& request, const Answer& answer) {
    if (asks(request) || std::holds_alternative<CollectLicence>(request)) return false;
    for (const dom::object& item : answer.success) {
        const auto guid = optionalText(item, "eCertID");
        if (!guid || (!guid->empty() && !names(request, *guid))) return true;
    }
    return false;
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

Malformed ReplyDecoder::State::readCode(const AssignCode& call, const dom::object& item,
                                        std::optional<CodeAssigned>& code) const {
    const auto guid = optionalText(item, "eCertID");
    const auto encrypted = optionalText(item, "encryCertid");
    const auto key = optionalText(item, "encryKey");
    if (!guid || !encrypted || !key || *guid != call.eCertId) return "malformed_success";
    auto codeId = codeKey.codeId(*encrypted, *key);
    if (!codeId) return "malformed_code";
    code = CodeAssigned{std::move(*codeId)};
    return nullptr;
}

/// All or nothing: every certificate of the call has its code, each once.
Malformed ReplyDecoder::State::readCodes(const ChangeEmployer& call, const Answer& answer, Verdict& verdict) const {
    if (answer.success.size() != call.certificates.size()) return "malformed_success";
    for (const AssignCode& certificate : call.certificates) {
        const auto item = std::find_if(answer.success.begin(), answer.success.end(), [&](const dom::object& each) {
            return optionalText(each, "eCertID") == certificate.eCertId;
        });
        if (item == answer.success.end()) return "malformed_success";
        Verdict::Item& read = verdict.items.emplace_back();
        if (const Malformed why = readCode(certificate, *item, read.code)) return why;
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
        return readCode(*assign, answer.success.front(), verdict.code);
    }
    if (const auto* employer = std::get_if<ChangeEmployer>(&request)) return readCodes(*employer, answer, verdict);
    if (asks(request)) return readHoldings(type, request, answer, verdict);
    return foreign(request, answer) ? "malformed_foreign" : nullptr;
}

Result<Verdict> ReplyDecoder::State::decode(const Request& request, std::string_view body) {
    std::string where = "national.";
    where.append(operationName(request));
    const auto malformed = [&](Malformed why) { return failed(faultOfMalformed(writes(request)), where, why); };

    dom::element root;
    dom::object reply;
    if (body.empty() || parser.parse(body.data(), body.size()).get(root) != simdjson::SUCCESS) {
        return malformed("malformed_json");
    }
    if (root.get(reply) != simdjson::SUCCESS) return malformed("malformed_json");

    dom::object inner = reply;
    dom::element value;
    std::optional<int> status;
    if (reply["status"]["code"].get(value) == simdjson::SUCCESS) {
        status = shortCode(value);
        if (!status) status = 0;
    }
    if (reply["ReturnCode"].get(value) != simdjson::SUCCESS) {
        const bool wrapped = reply["custom"].get(inner) == simdjson::SUCCESS;
        if (!wrapped || inner["ReturnCode"].get(value) != simdjson::SUCCESS) {
            if (status && *status != 1) return failed(Fault::Denied, where, "token_refused");
            return malformed("malformed_return_code");
        }
        if (!status) return malformed("malformed_status");
    }
    Answer answer;
    const auto code = shortCode(value);
    if (!code || *code > 2) return malformed("malformed_return_code");
    answer.returnCode = *code;
    const auto message = optionalText(inner, "ReturnMsg");
    if (!message) return malformed("malformed_return_message");
    answer.returnMessage = *message;
    if (inner["TotalCount"].get(value) == simdjson::SUCCESS) {
        if (const auto total = wholeNumber(value); total && *total >= 0) {
            answer.total = static_cast<std::uint64_t>(*total);
        }
    }
    if (const Malformed why = readLists(inner, answer)) return malformed(why);
    if (answer.returnCode != 0 && status && *status != 1) return malformed("malformed_contradictory");

    Verdict verdict;
    const Malformed why = answer.returnCode == 0 ? refuse(request, answer, verdict) : accept(request, answer, verdict);
    if (why != nullptr) return malformed(why);
    return verdict;
}

ReplyDecoder::ReplyDecoder(const CodeKey& codeKey, CertificateType type)
    : state_(std::make_unique<State>(codeKey, type)) {}
ReplyDecoder::ReplyDecoder(ReplyDecoder&&) noexcept = default;
ReplyDecoder& ReplyDecoder::operator=(ReplyDecoder&&) noexcept = default;
ReplyDecoder::~ReplyDecoder() = default;

Result<Verdict> ReplyDecoder::decode(const Request& request, std::string_view body) {
    return state_->decode(request, body);
}

}  // namespace lianzheng
