#include <exception>
#include <stdexcept>

#include <fmt/core.h>

#include "adapters/national/rest_platform.h"
#include "tests/bench/push_bench.h"

namespace lianzheng::bench {
namespace {

/// The adapter alone, without ledger and planning: an upper bound for the gateway.
void pushThroughPlatform(const PushTask& task) {
    const auto envelope = makeHmacSm3Envelope(task.agreement.appId, task.agreement.hmacKey);
    SystemClock clock;
    SeededRandom random{1};
    SilentLog log;
    RestPlatformSettings settings;
    settings.base = task.base;
    settings.codeKeyPem = task.agreement.codeKeyPem;
    settings.connections = task.connections;
    settings.signingThreads = task.signingThreads;
    const auto platform = makeRestPlatform(settings, *envelope, clock, random, log).value();
    const std::size_t underWayAtMost = task.connections * 2;
    std::size_t started = 0;
    std::size_t ended = 0;
    while (ended < task.requests.size()) {
        while (started < task.requests.size() && started - ended < underWayAtMost) {
            platform->start(task.requests[started++]);
        }
        for (const Completion& completion : platform->poll(std::chrono::seconds{1}, {})) {
            if (!completion.outcome)
                throw std::runtime_error("the platform failed: " + completion.outcome.error().code);
            ++ended;
        }
    }
}

}  // namespace
}  // namespace lianzheng::bench

int main(int argc, char** argv) {
    try {
        return lianzheng::bench::runPushBench(argc, argv, {{"adapter", lianzheng::bench::pushThroughPlatform}});
    } catch (const std::exception& failure) {
        fmt::print(stderr, "bench_push: {}\n", failure.what());
        return 1;
    }
}
