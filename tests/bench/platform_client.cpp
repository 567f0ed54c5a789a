#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include "adapters/national/rest_platform.h"
#include "tests/bench/push_bench.h"

namespace lianzheng::bench {
namespace {

void pushAll(Platform& platform, const PushTask& task) {
    const std::size_t underWayAtMost = task.connections * 2;
    std::size_t started = 0;
    std::size_t ended = 0;
    while (ended < task.requests.size()) {
        while (started < task.requests.size() && started - ended < underWayAtMost) {
            platform.start(task.requests[started++]);
        }
        for (const Completion& completion : platform.poll(std::chrono::seconds{1}, {})) {
            if (!completion.outcome) {
                throw std::runtime_error("the platform failed: " + completion.outcome.error().code);
            }
            ++ended;
        }
    }
}

}  // namespace

PushLoop platformAdapter(const PushTask& task) {
    return [&task] {
        const auto envelope = makeHmacEnvelope({.appId = task.agreement.appId, .key = task.agreement.hmacKey});
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
