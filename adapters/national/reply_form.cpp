#include "adapters/national/reply_form.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "adapters/national/http_fault.h"
#include "adapters/national/whole_number.h"

namespace lianzheng {
namespace {

namespace dom = simdjson::dom;

std::string where(const Request& request) { return "national." + std::string(operationName(request)); }

/// One code, as text or as a number; nothing for anything else.
std::optional<int> shortCode(const dom::element& value) {
    std::int64_t number = 0;
    if (value.get(number) == simdjson::SUCCESS)
        return number >= 0 && number <= 9 ? std::optional<int>(number) : std::nullopt;
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS || text.size() != 1 || text[0] < '0' || text[0] > '9') return std::nullopt;
    return text[0] - '0';
}

/// How a request's item is named in a reply.
struct Named {
    std::string_view guid;
    bool operator()(const CollectLicence& call) const { return guid == call.codeId || guid == call.zzeCertId; }
    bool operator()(const QueryCertificate& /*call*/) const { return true; }
    bool operator()(const QueryTransferIns& /*call*/) const { return true; }
    bool operator()(const ChangeEmployer& call) const {
        return std::any_of(call.certificates.begin(), call.certificates.end(),
                           [this](const AssignCode& each) { return guid == each.eCertId; });
    }
    bool operator()(const Batch& call) const {
        return std::any_of(call.items.begin(), call.items.end(),
                           [this](const Request& each) { return std::visit(*this, each); });
    }
    bool operator()(const auto& event) const { return guid == event.eCertId; }
};

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

/// The hub's word on the call beside the reply's: its status, if it gave one, and where ReturnCode stands.
struct Outer {
    std::optional<int> status;
    dom::object inner;
    dom::element returnCode;
};

Result<Outer> readOuter(const Request& request, const dom::object& reply) {
    Outer outer{std::nullopt, reply, {}};
    dom::element value;
    if (reply["status"]["code"].get(value) == simdjson::SUCCESS) outer.status = shortCode(value).value_or(0);
    if (reply["ReturnCode"].get(outer.returnCode) == simdjson::SUCCESS) return outer;
    const bool wrapped = reply["custom"].get(outer.inner) == simdjson::SUCCESS;
    if (!wrapped || outer.inner["ReturnCode"].get(outer.returnCode) != simdjson::SUCCESS) {
        if (outer.status && *outer.status != 1) return failed(Fault::Denied, where(request), "token_refused");
        return malformed(request, "malformed_return_code");
    }
    if (!outer.status) return malformed(request, "malformed_status");
    return outer;
}

std::optional<std::uint64_t> totalCount(const dom::object& inner) {
    dom::element value;
    if (inner["TotalCount"].get(value) != simdjson::SUCCESS) return std::nullopt;
    const auto total = wholeNumber(value);
    if (!total || *total < 0) return std::nullopt;
    return static_cast<std::uint64_t>(*total);
}

}  // namespace

tl::unexpected<Error> malformed(const Request& request, Malformed why) {
    return failed(faultOfMalformed(writes(request)), where(request), why);
}

bool names(const Request& request, std::string_view guid) { return std::visit(Named{guid}, request); }

bool asks(const Request& request) {
    return std::holds_alternative<QueryCertificate>(request) || std::holds_alternative<QueryTransferIns>(request);
}

std::optional<std::string_view> optionalText(const dom::object& object, std::string_view name) {
    dom::element value;
    if (object[name].get(value) != simdjson::SUCCESS || value.is_null()) return std::string_view{};
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
    return text;
}

bool foreign(const Request& request, const Answer& answer) {
    if (asks(request) || operationName(request) == "collect") return false;
    return std::any_of(answer.success.begin(), answer.success.end(), [&request](const dom::object& item) {
        const auto guid = optionalText(item, "eCertID");
        return !guid || (!guid->empty() && !names(request, *guid));
    });
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

Malformed readCode(const CodeKey& key, const AssignCode& call, const dom::object& item,
                   std::optional<CodeAssigned>& code) {
    const auto guid = optionalText(item, "eCertID");
    const auto encrypted = optionalText(item, "encryCertid");
    const auto encryptedKey = optionalText(item, "encryKey");
    if (!guid || !encrypted || !encryptedKey || *guid != call.eCertId) return "malformed_success";
    auto codeId = key.codeId(*encrypted, *encryptedKey);
    if (!codeId) return "malformed_code";
    code = CodeAssigned{std::move(*codeId)};
    return nullptr;
}

Result<Answer> readAnswer(const Request& request, std::string_view body, dom::parser& parser) {
    dom::element root;
    dom::object reply;
    if (body.empty() || parser.parse(body.data(), body.size()).get(root) != simdjson::SUCCESS) {
        return malformed(request, "malformed_json");
    }
    if (root.get(reply) != simdjson::SUCCESS) return malformed(request, "malformed_json");

    const auto outer = readOuter(request, reply);
    if (!outer) return tl::unexpected<Error>(outer.error());
    const auto& [status, inner, returnCode] = *outer;
    Answer answer;
    const auto code = shortCode(returnCode);
    if (!code || *code > 2) return malformed(request, "malformed_return_code");
    answer.returnCode = *code;
    const auto message = optionalText(inner, "ReturnMsg");
    if (!message) return malformed(request, "malformed_return_message");
    answer.returnMessage = *message;
    answer.total = totalCount(inner);
    if (const Malformed why = readLists(inner, answer)) return malformed(request, why);
    if (answer.returnCode != 0 && status && *status != 1) return malformed(request, "malformed_contradictory");
    return answer;
}

}  // namespace lianzheng
