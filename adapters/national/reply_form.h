#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "adapters/envelope/code_key.h"
#include "adapters/runtime/result.h"
#include "mappings/operation.h"

namespace lianzheng {

/// What a reply says of an item, by the name the item has there.
struct Message {
    std::string_view guid;
    std::string_view text;
};

/// A reply whose form is known to be right (national interface, section 2); what it says is judged afterwards. Views
/// and objects are the parser's.
struct Answer {
    int returnCode = 0;
    std::string_view returnMessage;
    std::optional<std::uint64_t> total;  ///< TotalCount
    std::vector<simdjson::dom::object> success;
    std::vector<Message> warnings;
    std::vector<Message> errors;
};

/// Why a reply is malformed: a constant, safe to log; null when it is not.
using Malformed = const char*;

/// The error of a reply to `request` that cannot be trusted.
tl::unexpected<Error> malformed(const Request& request, Malformed why);

/// Reads the form of a reply, or says what is wrong with it: Denied `token_refused`, else as malformed(). The answer
/// lives until the parser's next document.
Result<Answer> readAnswer(const Request& request, std::string_view body, simdjson::dom::parser& parser);

/// Text, or '' for null and for a member that is not there; nothing for any other type.
std::optional<std::string_view> optionalText(const simdjson::dom::object& object, std::string_view name);
/// Whether a message with this guid is about the request or one of its items. A query is named by what it found, so
/// anything fits.
bool names(const Request& request, std::string_view guid);
/// A call that asks and has no item of its own.
bool asks(const Request& request);
/// Whether an item of SuccessData bears an eCertID that was not sent: it answers another request.
bool foreign(const Request& request, const Answer& answer);
/// Their texts, or what is to be said when there are none.
std::string joined(const std::vector<Message>& messages, std::string_view otherwise);
/// The code that was assigned to the call, opened.
Malformed readCode(const CodeKey& key, const AssignCode& call, const simdjson::dom::object& item,
                   std::optional<CodeAssigned>& code);

}  // namespace lianzheng
