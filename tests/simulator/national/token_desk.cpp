#include "tests/simulator/national/token_desk.h"

#include <fmt/format.h>

#include <utility>

#include "tests/simulator/national/hashes.h"

namespace lianzheng::sim::national {

TokenDesk::TokenDesk(std::string clientId, std::string clientSecret, Now now, std::uint64_t seed)
    : clientId_(std::move(clientId)), clientSecret_(std::move(clientSecret)), now_(std::move(now)), seed_(seed) {}

std::string TokenDesk::logIn(const Form& form, const Rules& rules) {
    const bool known = (clientId_.empty() || form.clientId == clientId_) &&
                       (clientSecret_.empty() || form.clientSecret == clientSecret_);
    if (form.grantType != "client_credentials") return statusReply("0", "grant_type不正确");
    if (!known) return statusReply("0", "client_id或client_secret不正确");
    const std::lock_guard lock{mutex_};
    logins_ += 1;
    const std::string token = lowerHex(sha256(fmt::format("token|{}|{}", seed_, logins_))).substr(0, 32);
    const TimePoint now = now_();
    std::erase_if(tokens_, [&](const auto& entry) { return entry.second <= now; });
    tokens_.emplace(token, now + std::chrono::seconds{rules.tokenSeconds});
    const char* quote = rules.expiresInIsNumber ? "" : "\"";
    return fmt::format(R"({{"controls":[],"custom":{{"access_token":"{0}","refresh_token":"r{0}","jsessionid":"s{1}",)"
                       R"("expires_in":{2}{3}{2}}},"status":{{"code":"1"}}}})",
                       token, logins_, quote, rules.tokenSeconds);
}

bool TokenDesk::isValid(std::string_view token) const {
    const std::lock_guard lock{mutex_};
    const auto found = tokens_.find(token);
    return found != tokens_.end() && now_() < found->second;
}

void TokenDesk::expireAll() {
    const std::lock_guard lock{mutex_};
    tokens_.clear();
}

std::uint64_t TokenDesk::logins() const {
    const std::lock_guard lock{mutex_};
    return logins_;
}

std::string statusReply(std::string_view code, std::string_view text) {
    return fmt::format(R"({{"controls":[],"custom":{{}},"status":{{"code":"{}","text":"{}"}}}})", code, text);
}

}  // namespace lianzheng::sim::national
