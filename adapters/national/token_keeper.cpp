#include "adapters/national/token_keeper.h"

#include <algorithm>
#include <utility>

#include <simdjson.h>

#include "adapters/national/whole_number.h"

namespace lianzheng {
namespace {

constexpr std::chrono::minutes kRenewBefore{5};
/// A token that claims to live longer is renewed after a month all the same.
constexpr std::int64_t kLongestLife = 31LL * 86'400;

}  // namespace

Result<TokenGrant> decodeTokenReply(std::string_view body) {
    const auto malformed = [] { return failed(Fault::Unavailable, "national.token", "malformed_reply"); };
    simdjson::dom::parser parser;
    simdjson::dom::element reply;
    if (body.empty() || parser.parse(body.data(), body.size()).get(reply) != simdjson::SUCCESS) return malformed();
    simdjson::dom::element value;
    if (reply["status"]["code"].get(value) != simdjson::SUCCESS) return malformed();
    const auto status = wholeNumber(value);
    if (!status) return malformed();
    if (*status != 1) return failed(Fault::Denied, "national.token", "login_refused");
    std::string_view token;
    if (reply["custom"]["access_token"].get(token) != simdjson::SUCCESS || token.empty()) return malformed();
    if (reply["custom"]["expires_in"].get(value) != simdjson::SUCCESS) return malformed();
    const auto lifetime = wholeNumber(value);
    if (!lifetime || *lifetime <= 0) return malformed();
    return TokenGrant{std::string(token), std::chrono::seconds{std::min(*lifetime, kLongestLife)}};
}

bool TokenKeeper::beginLogin() { return !std::exchange(loggingIn_, true); }

void TokenKeeper::granted(TokenGrant grant, TimePoint now) {
    const std::chrono::seconds margin = std::min<std::chrono::seconds>(kRenewBefore, grant.lifetime / 2);
    token_ = std::move(grant.token);
    renewAt_ = now + (grant.lifetime - margin);
    ++generation_;
    loggingIn_ = false;
}

void TokenKeeper::failed() { loggingIn_ = false; }

void TokenKeeper::refused(std::uint64_t generation) {
    if (generation == generation_) token_.clear();
}

}  // namespace lianzheng
