#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <optional>

#include "tests/simulator/common/arguments.h"

namespace lianzheng::sim::national {

/// Parses and runs: 2 for a usage error (0 for --help), 70 when `run` throws, else what `run` returns.
int runCommand(CLI::App& app, const Arguments& arguments, const std::function<int()>& run);

}  // namespace lianzheng::sim::national
