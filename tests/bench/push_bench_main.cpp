#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "tests/bench/push_bench.h"

int main(int argc, char** argv) {
    using namespace lianzheng::bench;
    try {
        std::vector<Contestant> contestants{{"adapter", platformAdapter},
                                            {"gateway", [](const PushTask& task) { return gateway(task, "", false); }},
                                            {"+intents", [](const PushTask& task) { return gateway(task, "", true); }}};
        // PostgreSQL where one is at hand, as under ./dev bench.
        if (const char* const url = std::getenv("LIANZHENG_TEST_POSTGRES"); url != nullptr && *url != 0) {
            const std::string store = url;
            contestants.push_back(
                {"postgresql", [store](const PushTask& task) { return gateway(task, store, false); }});
        }
        return runPushBench(argc, argv, contestants);
    } catch (const std::exception& failure) {
        fmt::print(stderr, "bench_push: {}\n", failure.what());
        return 1;
    }
}
