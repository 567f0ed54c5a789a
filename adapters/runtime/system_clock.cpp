#include <condition_variable>
#include <mutex>

#include "adapters/runtime/clock.h"

namespace lianzheng {

TimePoint SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void SystemClock::sleepUntil(TimePoint until, const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any wake;
    wake.wait_until(lock, stop, until, [] { return false; });
}

}  // namespace lianzheng
