#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>

#include "adapters/national/rest_platform.h"
#include "tests/bench/push_bench.h"

namespace lianzheng::bench {
namespace {

/// The next call: as many requests as go in one.
Request next(const PushTask& task, std::size_t from) {
    if (task.items == 1) return task.requests[from];
    const auto begin = task.requests.begin() + static_cast<std::ptrdiff_t>(from);
    const auto left = static_cast<std::size_t>(task.requests.end() - begin);
    return Batch{{begin, begin + static_cast<std::ptrdiff_t>(std::min(task.items, left))}};
}

void pushAll(Platform& platform, const PushTask& task) {
    const std::size_t underWayAtMost = task.connections * 2;
    std::size_t started = 0;
    std::size_t underWay = 0;
    while (started < task.requests.size() || underWay > 0) {
        while (started < task.requests.size() && underWay < underWayAtMost) {
            platform.start(next(task, started));
            started += task.items;
            ++underWay;
        }
        for (const Completion& completion : platform.poll(std::chrono::seconds{1}, {})) {
            if (!completion.outcome) {
                throw std::runtime_error("the platform failed: " + completion.outcome.error().code);
            }
            --underWay;
        }
    }
}

}  // namespace

PushLoop platformAdapter(const PushTask& task) {
    return [&task] {
        const auto envelope = task.agreement.envelope();
        SystemClock clock;
        SeededRandom random{1};
        SilentLog log;
        RestPlatformSettings settings;
        settings.base = task.base;
        settings.codeKeyPem = task.agreement.codeKeyPem;
        settings.connections = task.connections;
        settings.signingThreads = task.signingThreads;
        const auto platform = makeRestPlatform(settings, *envelope, clock, random, log).value();
        pushAll(*platform, task);
    };
}

}  // namespace lianzheng::bench
