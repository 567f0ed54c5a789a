#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "adapters/runtime/result.h"

namespace lianzheng {

/// A program that runs beside us while its standard output is read through a pipe, as it comes. Its standard input is
/// empty, its environment is its own (nothing of ours), and what it says on standard error is dropped: it may quote
/// records. Destroyed, it is killed if it still runs. Threads: kill() from any while it lives, the rest from one.
class ChildProgram {
public:
    /// `command` is the program's path and what it is called with; there is no shell. Errors: Unavailable, code
    /// `no_program` when it is not there or cannot be run, `no_process` when the system has no room for it.
    static Result<std::unique_ptr<ChildProgram>> start(std::vector<std::string> command);
    ~ChildProgram();
    ChildProgram(const ChildProgram&) = delete;
    ChildProgram& operator=(const ChildProgram&) = delete;
    ChildProgram(ChildProgram&&) = delete;
    ChildProgram& operator=(ChildProgram&&) = delete;

    /// The reading end of its output, once; the caller closes it.
    int takeOutput();
    /// Whether it ended with exit code 0. Waits for that: its output must have been read to the end before.
    [[nodiscard]] bool endedWell() const;
    void kill() const noexcept;

private:
    ChildProgram(pid_t id, int output) : id_(id), output_(output) {}

    pid_t id_;
    int output_;
};

}  // namespace lianzheng
