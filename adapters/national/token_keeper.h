#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/runtime/result.h"
#include "mappings/date.h"

namespace lianzheng {

/// What a login brought.
struct TokenGrant {
    std::string token;
    std::chrono::seconds lifetime{};
};

/// Reads the reply of the token call (national interface, section 1).
/// Errors: Denied `login_refused` for a status other than 1; Unavailable `malformed_reply` for anything unexpected.
Result<TokenGrant> decodeTokenReply(std::string_view body);

/// The one access token, and who renews it. Asked before each call:
///   usable(now): take token() and generation() along; otherwise wait, and log in if beginLogin() says so.
/// Threads: the owner's only.
class TokenKeeper {
public:
    /// Whether token() may be used: present, not refused, and more than its margin before its end. The margin is
    /// 5 minutes, or half of a life shorter than 10.
    [[nodiscard]] bool usable(TimePoint now) const { return !token_.empty() && now < renewAt_; }
    [[nodiscard]] const std::string& token() const { return token_; }
    /// Changes with each token; a refusal names the one it means.
    [[nodiscard]] std::uint64_t generation() const { return generation_; }
    /// True for exactly one caller until granted() or failed(): that one logs in, the others share what comes of it.
    [[nodiscard]] bool beginLogin();
    void granted(TokenGrant grant, TimePoint now);
    void failed();
    /// The platform refused the token of `generation`; a newer one is not touched.
    void refused(std::uint64_t generation);

private:
    std::string token_;
    TimePoint renewAt_{};
    std::uint64_t generation_ = 0;
    bool loggingIn_ = false;
};

}  // namespace lianzheng
