#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/certificate.h"

namespace lianzheng {

/// A cell made ready for mapping: trimmed, in UTF-8, '' for null and for the source's null values.
struct ReadyCell {
    std::string_view text;
    bool ascii = true;
    bool clean = true;
    bool privateUse = false;
};

/// Where a value comes from: a source column by its index, or a national field that has been mapped already.
struct Operand {
    bool isField = false;
    std::uint16_t index = 0;
};

/// One row as the mapping's rules see it: its cells, and the record as far as it is mapped.
struct RowView {
    std::span<const ReadyCell> cells;
    const Certificate& record;
    [[nodiscard]] std::string_view operator[](Operand operand) const {
        return operand.isField ? std::string_view{record.values()[operand.index]} : cells[operand.index].text;
    }
};

/// Says something of one column or national field: among these values, or not; empty, or not.
struct Condition {
    enum class Kind : std::uint8_t { In, NotIn, Empty, NotEmpty };
    Operand operand;
    Kind kind{};
    std::vector<std::string> values;
    [[nodiscard]] bool holds(const RowView& row) const;
};

/// Conditions that must all hold; an empty list always does.
using Conditions = std::vector<Condition>;
bool allHold(const Conditions& conditions, const RowView& row);
inline bool hold(const Conditions& conditions, const RowView& row) {
    return conditions.empty() || allHold(conditions, row);
}

}  // namespace lianzheng
