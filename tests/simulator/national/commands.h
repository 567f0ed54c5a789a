#pragma once

#include "tests/simulator/common/arguments.h"

namespace lianzheng::sim {

/// `national`: serves the platform's interface until a signal. Exit codes: 0 stopped, 2 usage, 70 failed.
int nationalCommand(const Arguments& arguments);
/// `tamper`: changes a running platform's registry behind the gateway's back, in known ways.
int tamperCommand(const Arguments& arguments);
/// `verify`: compares a platform's registry with the province's truth. Exit 0 equal, 1 differences.
int verifyCommand(const Arguments& arguments);

}  // namespace lianzheng::sim
