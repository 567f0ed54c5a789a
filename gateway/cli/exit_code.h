#pragma once

#include <string>

#include "adapters/runtime/result.h"

namespace lianzheng {

/// What the process says at its end (docs/architecture.md, the surface).
enum class ExitCode : int {
    InStep = 0,       ///< in step, or only waiting
    NeedsPerson = 1,  ///< something needs a person
    Usage = 2,
    Away = 69,  ///< province or platform
    Internal = 70,
    Store = 74,    ///< our own store or disk
    Stopped = 75,  ///< by a signal
    EvidenceBroken = 76,
    Denied = 77,  ///< credentials refused
    Configuration = 78
};

/// By whose fault it is (`where` names the adapter) and of what kind.
ExitCode exitCodeOf(const Error& error);
/// One Chinese or English sentence for people: what happened and what helps.
std::string explain(const Error& error, bool english);

}  // namespace lianzheng
