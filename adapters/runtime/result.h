#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace lianzheng {

/// What happened to a call; each has one reaction. What the platform said about a certificate is a Verdict (mappings/).
enum class Fault : std::uint8_t {
    Rejected,     ///< the transport refused it (too large, wrong type): to a person
    Denied,       ///< credentials or signature refused: pause and alert
    Throttled,    ///< too fast: again, not before `retryAfter`
    Unavailable,  ///< nothing happened: again
    InDoubt,      ///< the answer was lost: ask before sending again
    Corrupt,      ///< our own state is wrong, or the disk is: stop
    Cancelled     ///< a stop was requested
};

std::string_view word(Fault fault);

/// `where` and `code` are safe to log: they never carry record content.
struct Error {
    Fault fault{};
    std::string where;
    std::string code;
    std::optional<std::chrono::seconds> retryAfter{};
};

template <class T>
using Result = tl::expected<T, Error>;
/// Success, or an Error.
using Status = tl::expected<void, Error>;

[[nodiscard]] inline Status ok() { return {}; }
[[nodiscard]] inline tl::unexpected<Error> failed(Fault fault, std::string where, std::string code) {
    return tl::unexpected<Error>(Error{fault, std::move(where), std::move(code), std::nullopt});
}

}  // namespace lianzheng
