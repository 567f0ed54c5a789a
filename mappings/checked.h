#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace lianzheng {

/// Why a value was refused. The words of `word` are stable: reports, manifests and the advice table use them.
enum class Rule : std::uint8_t {
    Missing,            ///< required, but empty
    Pattern,            ///< not of the form the field demands
    TooLong,            ///< more bytes in GBK than the platform takes
    NoCode,             ///< no entry of the code table fits
    BadDate,            ///< no such day, or no known spelling
    DateOrder,          ///< an end before its beginning
    CheckDigit,         ///< GB 11643, GB 32100 or ISO/IEC 7064 check character does not fit
    IdentityDisagrees,  ///< birth date or gender against the identity number
    Identity15,         ///< a 15-digit identity number; the 18-digit one is proposed, never sent unasked
    PrivateUse,         ///< a character of the private use area (自造字)
    Encoding,           ///< bytes that are not text in the stated character set
    PhotoMissing,
    PhotoTooLarge,
    PhotoFormat,
    Duplicate,  ///< two province rows that normalise to one certificate number
};

/// The stable English word of a rule, e.g. `check_digit`.
std::string_view word(Rule rule);

/// A refusal as a value: which national field (by its interface name), and which rule. It never carries the value.
struct Invalid {
    std::string field;
    Rule rule{};
    friend bool operator==(const Invalid&, const Invalid&) = default;
};

template <class T>
using Checked = tl::expected<T, Invalid>;

}  // namespace lianzheng
