#include "mappings/condition.h"

#include <algorithm>
#include <cstring>

namespace lianzheng {
namespace {

/// Local codes are one or two characters: most comparisons end before memcmp.
bool same(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    if (left.empty()) return true;
    return left[0] == right[0] && (left.size() == 1 || std::memcmp(left.data(), right.data(), left.size()) == 0);
}

bool among(std::string_view text, const std::vector<std::string>& values) {
    return std::ranges::any_of(values, [text](const std::string& value) { return same(value, text); });
}

}  // namespace

bool Condition::holds(const RowView& row) const {
    const std::string_view text = row[operand];
    switch (kind) {
        case Kind::In:
            return among(text, values);
        case Kind::NotIn:
            return !among(text, values);
        case Kind::Empty:
            return text.empty();
        case Kind::NotEmpty:
            return !text.empty();
    }
    return false;
}

bool allHold(const Conditions& conditions, const RowView& row) {
    return std::ranges::all_of(conditions, [&row](const Condition& condition) { return condition.holds(row); });
}

}  // namespace lianzheng
