#include "gateway/cli/progress.h"

#include <fmt/format.h>

#include <cstdio>

#include <unistd.h>

namespace lianzheng {

Progress::Progress(Clock& clock) : clock_(clock), terminal_(isatty(STDERR_FILENO) == 1) {}

void Progress::show(const PassProgress& at) {
    const TimePoint now = clock_.now();
    if (at.phase == phase_ &&
        now - shownAt_ < (terminal_ ? std::chrono::milliseconds{100} : std::chrono::milliseconds{5000}))
        return;
    shownAt_ = now;
    if (terminal_ && begun_ && at.phase != phase_) fmt::print(stderr, "\n");
    phase_ = at.phase;
    const char* const text = at.phase == PassProgress::Phase::Scan ? "读取省库" : "推送部平台";
    fmt::print(stderr, fmt::runtime(terminal_ ? "\r{} {:>9}" : "{} {}\n"), text, at.done);
    begun_ = true;
}

void Progress::finish() {
    if (terminal_ && begun_) fmt::print(stderr, "\n");
    begun_ = false;
}

}  // namespace lianzheng
