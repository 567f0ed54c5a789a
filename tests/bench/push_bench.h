#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/operation.h"
#include "tests/bench/verifying_server.h"

namespace lianzheng::bench {

/// One measurement: push `requests` to `base`, over so many connections, signed on so many threads.
struct PushTask {
    std::string base;
    Agreement agreement;
    std::vector<AssignCode> requests;
    std::vector<std::string> bodies;  ///< the same, written beforehand: for the baseline
    std::size_t connections = 16;
    std::size_t signingThreads = 1;
};

/// Pushes them all and returns when each has been answered with success; throws otherwise.
using PushLoop = std::function<void(const PushTask& task)>;

struct Contestant {
    std::string_view name;
    PushLoop push;
};

/// Bodies of about this many bytes, each with an eCertID of its own.
std::vector<AssignCode> assignRequests(std::size_t count, std::size_t bodyBytes);

/// The baseline: libcurl multi, prebuilt bodies, signed as the gateway signs.
void pushBare(const PushTask& task);

/// Runs the baseline and every contestant in turn, interleaved, and prints the medians and their ratio to the baseline.
/// Arguments: --rounds N (5), --requests N (20000, a fifth of it for 20 KB), --connections N (16), --threads N (1).
int runPushBench(int argc, char** argv, const std::vector<Contestant>& contestants);

}  // namespace lianzheng::bench
