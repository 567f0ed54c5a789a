#pragma once

#include "tests/simulator/common/arguments.h"

namespace lianzheng::sim {

/// `province`: makes the demonstration province from a seed. Exit codes: 0 done, 2 usage, 70 failed.
int provinceCommand(const Arguments& arguments);
/// `licences`: answers written-back code ids with licence files.
int licencesCommand(const Arguments& arguments);
/// `evolve`: applies one day of business.
int evolveCommand(const Arguments& arguments);

}  // namespace lianzheng::sim
