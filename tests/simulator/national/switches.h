#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulator/national/faults.h"
#include "tests/simulator/national/rules.h"

namespace lianzheng::sim::national {

/// Everything that can be changed while the platform runs.
struct Switches {
    Rules rules;
    Faults faults;
};

/// One switch: `--name VALUE` on the command line, a member of the JSON of POST /sim/faults.
struct Switch {
    std::string name;
    std::string help;
    /// False when the value is not one.
    std::function<bool(Switches&, const std::string& value)> apply;
};
const std::vector<Switch>& allSwitches();

/// Sets one switch; what is wrong, or nothing.
std::optional<std::string> setSwitch(Switches& switches, std::string_view name, const std::string& value);
/// Sets every member of a JSON object (values may be strings, numbers or booleans); what is wrong, or nothing.
std::optional<std::string> setSwitches(Switches& switches, std::string_view json);

}  // namespace lianzheng::sim::national
