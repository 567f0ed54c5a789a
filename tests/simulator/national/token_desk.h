#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "tests/simulator/national/clock.h"
#include "tests/simulator/national/rules.h"

namespace lianzheng::sim::national {

/// Section 1: hands out tokens and knows them again. Threads: any.
class TokenDesk {
public:
    /// Empty credentials accept any.
    TokenDesk(std::string clientId, std::string clientSecret, Now now, std::uint64_t seed);

    struct Form {
        std::string clientId;
        std::string clientSecret;
        std::string grantType;
    };
    /// The reply's JSON; a refusal when the form does not hold the credentials.
    std::string logIn(const Form& form, const Rules& rules);
    [[nodiscard]] bool isValid(std::string_view token) const;
    /// Every token handed out so far is forgotten.
    void expireAll();
    [[nodiscard]] std::uint64_t logins() const;

private:
    std::string clientId_;
    std::string clientSecret_;
    Now now_;
    std::uint64_t seed_;
    mutable std::mutex mutex_;
    std::uint64_t logins_ = 0;
    std::map<std::string, TimePoint, std::less<>> tokens_;
};

/// A reply that has a status alone: how a refused login, or a bad token by switch, looks.
std::string statusReply(std::string_view code, std::string_view text);

}  // namespace lianzheng::sim::national
