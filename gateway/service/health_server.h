#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "adapters/runtime/result.h"

namespace lianzheng {

/// What the health pages say. Threads: written by the daemon, read by the server's.
struct HealthState {
    std::atomic<bool> ready{false};           ///< the store is open and this process is its pusher
    std::atomic<std::int64_t> lastPassMs{0};  ///< when the last pass ended well, ms since the epoch; 0: none yet
};

/// `/healthz`: 200 while the process lives; `/readyz`: 200 once it is ready, else 503. On one address only.
class HealthServer {
public:
    /// Unavailable, code `port_taken`, when another program listens there.
    static Result<std::unique_ptr<HealthServer>> start(const std::string& host, int port, const HealthState& state);
    virtual ~HealthServer() = default;
    /// The port listened on (port 0 was asked: a free one).
    [[nodiscard]] virtual int port() const = 0;
};

}  // namespace lianzheng
