#pragma once

#include <string>

#include "adapters/runtime/clock.h"
#include "gateway/sync/pass.h"

namespace lianzheng {

/// Shows how far a pass is, on standard error: one line redrawn on a terminal, else a plain line now and then.
class Progress {
public:
    explicit Progress(Clock& clock);
    void show(const PassProgress& at);
    /// Ends the line, if one was begun.
    void finish();

private:
    Clock& clock_;
    bool terminal_;
    bool begun_ = false;
    PassProgress::Phase phase_{};
    TimePoint shownAt_{};
};

}  // namespace lianzheng
