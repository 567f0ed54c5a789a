#include "mappings/condition.h"

#include <algorithm>

namespace lianzheng {

bool Condition::holds(const RowView& row) const {
    const std::string_view text = row[operand];
    const auto same = [text](const std::string& value) { return value == text; };
    switch (kind) {
        case Kind::In:
            return std::ranges::any_of(values, same);
        case Kind::NotIn:
            return std::ranges::none_of(values, same);
        case Kind::Empty:
            return text.empty();
        case Kind::NotEmpty:
            return !text.empty();
    }
    return false;
}

bool hold(const Conditions& conditions, const RowView& row) {
    return std::ranges::all_of(conditions, [&row](const Condition& condition) { return condition.holds(row); });
}

}  // namespace lianzheng
