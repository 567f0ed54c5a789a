#pragma once

#include <string>
#include <string_view>

namespace lianzheng {

/// What one pass over a cell's text finds out. Bits, which come back in a register: bytes of their own are put together
/// in memory first, and waiting for that took half of the pass.
struct TextFacts {
    bool ascii : 1 = true;        ///< nothing but printable ASCII
    bool clean : 1 = true;        ///< well-formed UTF-8 without control characters
    bool privateUse : 1 = false;  ///< a character of a private use area occurs
};

/// Judges `text` in one pass; the three answers agree with isCleanUtf8() and hasPrivateUse().
TextFacts factsOf(std::string_view text) noexcept;

/// As trimmed(), but quick when there is nothing to take off, which is nearly always.
std::string_view quicklyTrimmed(std::string_view text);

/// Writes `text`, which is GB18030, into `out` as UTF-8. False when it is no GB18030.
/// Threads: any; each keeps a converter of its own.
bool fromGb18030(std::string_view text, std::string& out);

}  // namespace lianzheng
