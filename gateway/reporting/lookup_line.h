#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/reporting/labels.h"
#include "mappings/certificate_type.h"

namespace lianzheng {

/// One line of what an enterprise asks about, understood.
struct LookupLine {
    enum class Kind : std::uint8_t {
        Number,     ///< a certificate number
        Person,     ///< a name and the end of an identity number
        Header,     ///< the first line, of heads
        Blank,      ///< nothing on it
        Unreadable  ///< `why` says what is wrong and what helps
    };
    /// What is wrong with a line that cannot be read.
    enum class Why : std::uint8_t {
        None,
        Encoding,
        NoEnding,
        ShortEnding,
        LongEnding,
        NoName,
        Malformed,
        Several,
        Nothing
    };

    Kind kind = Kind::Blank;
    Why why = Why::None;
    std::string shown{};   ///< the line as given: identity numbers masked
    std::string number{};  ///< as the ledger has it
    std::string name{};
    std::string ending{};               ///< 4 to 6 characters, or a whole identity number; in capitals
    std::vector<std::string> beside{};  ///< beside a number: what may be its holder's name
};

/// The file's lines as UTF-8, in their order: UTF-8 with or without byte order mark; of a file that is not wholly so
/// each line that is UTF-8, else GB18030. Line ends LF, CRLF or CR. A line in neither is Unreadable, Why::Encoding.
std::vector<LookupLine> readLookupLines(std::string_view file, CertificateType type);

/// One line: cells separated by commas, semicolons or tabs of either width, or by blanks, quoted or not; one number
/// anywhere on it, else a name and the last 4 to 6 characters of an identity number, or all of it. Pure.
LookupLine readLookupLine(std::string_view utf8, CertificateType type, bool first);

/// What is wrong, and what helps.
Label reasonOf(LookupLine::Why why);
Label helpFor(LookupLine::Why why);

}  // namespace lianzheng
