#pragma once

#include <optional>

#include "tests/simulator/national/fields.h"
#include "tests/simulator/national/operation.h"
#include "tests/simulator/national/rules.h"

namespace lianzheng::sim::national {

/// What is wrong with one item taken by itself (section 3: required fields, forms, code tables, check digits, photo;
/// section 4: the state the operation leaves), or nothing. Pure.
std::optional<Refusal> itemRefusal(Operation operation, const Fields& item, const Rules& rules);

/// Fields of the item the document does not list for the operation: no refusal, but the statistics count them.
bool isListedField(Operation operation, std::string_view name, Type type = Type::Anguan);

}  // namespace lianzheng::sim::national
