#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "tests/simulator/national/envelope_check.h"
#include "tests/simulator/national/national_server.h"
#include "tests/simulator/national/registry.h"
#include "tests/simulator/national/switches.h"
#include "tests/simulator/national/token_desk.h"

namespace lianzheng::sim::national {

/// What the request handlers share.
class PlatformContext {
public:
    PlatformContext(const ServerOptions& options, std::shared_ptr<const CodeSeal> seal)
        : registry(options.switches.rules, std::move(seal), options.now, options.seed),
          tokens(options.clientId, options.clientSecret, options.now, options.seed),
          envelope(options.envelope, options.now),
          now(options.now),
          envelopeOnToken(options.envelopeOnToken),
          envelopeRefusal(options.envelopeRefusal),
          switches_(options.switches) {}

    [[nodiscard]] Switches switches() const {
        const std::lock_guard lock{mutex_};
        return switches_;
    }
    void set(const Switches& switches) {
        const std::lock_guard lock{mutex_};
        switches_ = switches;
        registry.setRules(switches.rules);
    }
    /// Waits, but not beyond the end of serving.
    void pause(std::chrono::milliseconds time) {
        std::unique_lock lock{pauseMutex_};
        ended_.wait_for(lock, time, [this] { return stopping_; });
    }
    void serving(bool on) {
        const std::lock_guard lock{pauseMutex_};
        stopping_ = !on;
        ended_.notify_all();
    }
    [[nodiscard]] std::string statsJson() const;

    Registry registry;
    TokenDesk tokens;
    EnvelopeCheck envelope;
    const Now now;
    const bool envelopeOnToken;
    const int envelopeRefusal;
    std::atomic<std::uint64_t> calls{0};
    std::atomic<std::uint64_t> writingCalls{0};
    std::atomic<std::uint64_t> badTokens{0};
    std::atomic<std::uint64_t> badEnvelopes{0};
    std::atomic<std::uint64_t> kills{0};
    std::array<std::atomic<std::uint64_t>, kFaultCount> struck{};

private:
    mutable std::mutex mutex_;
    Switches switches_;
    std::mutex pauseMutex_;
    std::condition_variable ended_;
    bool stopping_ = false;
};

}  // namespace lianzheng::sim::national
