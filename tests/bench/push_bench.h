#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/operation.h"
#include "tests/bench/verifying_server.h"

namespace lianzheng::bench {

/// One measurement: push `requests` to `base`, `items` a call, over so many connections, signed on so many threads.
struct PushTask {
    std::string base;
    Agreement agreement;
    std::vector<AssignCode> requests;
    std::vector<std::string> bodies;  ///< the calls, written beforehand: for the baseline
    std::size_t items = 1;            ///< in a call
    std::string picture;              ///< the photo's bytes, for whoever fetches it himself
    std::size_t connections = 16;
    std::size_t signingThreads = 1;
};

/// Pushes them all and returns when each has been answered with success; throws otherwise.
using PushLoop = std::function<void()>;
/// Gets ready for one round, unmeasured.
using PushMaker = std::function<PushLoop(const PushTask& task)>;

struct Contestant {
    std::string_view name;
    PushMaker ready;
};

/// The baseline: libcurl multi, prebuilt bodies, signed as the gateway signs.
PushLoop bareClient(const PushTask& task);
/// The platform adapter alone, without ledger and planning.
PushLoop platformAdapter(const PushTask& task);
/// The gateway from the durable outbox to the durable outcome: claim, photo, sign, send, settle, on a SQLite store of
/// its own; `withIntents`: making the intents durable is measured too.
PushLoop gateway(const PushTask& task, const std::string& storeUrl, bool withIntents);

/// Runs the baseline and every contestant in turn, interleaved, and prints the medians and their ratio to the baseline.
/// Signed with hmac-sm3 and with sm2, one record a call; then with sm2, fifty a call, beside the baseline with fifty a
/// call and with one. Arguments: --rounds N (5), --requests N (20000, a fifth of it for 20 KB), --connections N (16),
/// --threads N (1), --who CONTESTANT and --shape NAME (all).
int runPushBench(int argc, char** argv, std::vector<Contestant> contestants);

}  // namespace lianzheng::bench
