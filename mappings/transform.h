#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mappings/checked.h"
#include "mappings/code_table.h"
#include "mappings/condition.h"
#include "mappings/date_spelling.h"
#include "mappings/value_checks.h"

namespace lianzheng {

/// One step of a compiled chain. `number` is an index into the chain's tables, an operand's index or an amount.
struct Transform {
    enum class Kind : std::uint8_t {
        Column,               ///< starts with a column
        Field,                ///< starts with a national field mapped before
        Constant,             ///< starts with a text
        OrColumn,             ///< when empty so far, begins anew with a column; else the chain ends
        OrField,              ///< likewise with a national field
        Default,              ///< a text instead, when empty so far
        Trim,                 ///< without blanks at both ends
        HalfWidth,            ///< full-width letters, digits and signs as ASCII
        Upper,                ///< ASCII letters as capitals
        Lower,                ///< ASCII letters as small ones
        Remove,               ///< without any of these characters
        Before,               ///< what stands before the first occurrence of a text; all of it when there is none
        After,                ///< what stands after it; all of it when there is none
        Prepend,              ///< a text before it, when not empty
        Append,               ///< a text behind it, when not empty
        MiddleDot,            ///< the other middle dots as U+00B7
        Day,                  ///< a day in any of the source's spellings as yyyy-MM-dd
        PlusYears,            ///< a day moved by years; 29 February becomes the 28th
        PlusDays,             ///< a day moved by days
        Code,                 ///< by a code table of codes/
        Map,                  ///< by a table in the mapping itself
        CertificateNumber,    ///< normalised
        ConvertLegacyNumber,  ///< normalised, legacy C as C3
        CertificateCategory,  ///< the category that a certificate number carries
        BirthDate,            ///< that a resident identity number carries; '' for any other document
        Gender,               ///< likewise
        IdentityType,         ///< 111 for what looks like a resident identity number, else 999
    };
    Kind kind{};
    std::int32_t number = 0;
};

/// What the chains of one mapping refer to.
struct TransformTables {
    using TextMap = std::vector<std::pair<std::string, std::string>>;
    std::vector<std::string> texts;
    std::vector<CodeTable> codes;
    std::vector<TextMap> maps;
    DateSpellings dates;
    std::vector<std::string> nullDates;  ///< yyyy-MM-dd; such a day is none
};

/// A value on its way through a chain. `text` is borrowed from the row, the tables or the scratch.
struct Value {
    std::string_view text;
    bool ascii = true;
    bool privateUse = false;
    Form proven = Form::Any;      ///< of which the chain has made it, so that nobody need check again
    std::optional<Rule> failure;  ///< the first step that could not go on; the value is then empty
};

/// Room for intermediate texts, kept from row to row.
class Scratch {
public:
    /// A text that `inUse` does not lie in.
    std::string& other(std::string_view inUse) {
        const bool inFirst = inUse.data() >= first_.data() && inUse.data() <= first_.data() + first_.size();
        return inFirst ? second_ : first_;
    }

private:
    std::string first_;
    std::string second_;
};

/// Runs a chain over one row. Throws nothing on data: a step that fails leaves its rule in the value and ends the
/// chain.
Value run(std::span<const Transform> chain, const TransformTables& tables, const RowView& row, Scratch& scratch);

}  // namespace lianzheng
