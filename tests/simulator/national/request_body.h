#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulator/national/fields.h"

namespace lianzheng::sim::national {

/// One element of AcceptData.
struct Item {
    Fields fields;
    std::string problem;  ///< "All values are strings" broken, in the platform's words; empty when sound
};

/// The items of {"AcceptData":[{…}]}, or nothing when the body is not that.
/// businessInformation, the one list, arrives as its compact JSON, empty when it has no element.
std::optional<std::vector<Item>> parseItems(std::string_view body);

}  // namespace lianzheng::sim::national
