#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/runtime/result.h"
#include "mappings/operation.h"

namespace lianzheng {

/// Names a call from its start to its completion.
enum class Ticket : std::uint64_t {};

/// What ended: the platform's verdict, or what happened to the call.
struct Completion {
    Ticket ticket{};
    Result<Verdict> outcome;
    /// Of a batch that was answered: what was said of each item, in the order of the request. `outcome` is then the
    /// call's, with what was said of no item. InDoubt `unsaid`: the call was refused in part, and nothing tells whether
    /// this item was meant.
    std::vector<Result<Verdict>> items{};
    int httpStatus = 0;          ///< 0: no reply at all
    std::string businessDigest;  ///< SM3, lower-case hex, of the business JSON before its envelope
    std::string replyDigest;     ///< SM3 of the reply's bytes; empty when there was none
    std::string requestId;       ///< ours, sent as X-Request-Id and logged
    std::chrono::microseconds elapsed{0};
    /// How far the server's Date header was from our clock, when it sent one.
    std::optional<std::chrono::seconds> clockSkew;
};

/// The national platform, as the gateway needs it.
/// Threads: one owner thread calls both; requests are values.
/// Time: start() never waits; poll() returns at the first completion, at `timeout`, or promptly once `stop` is
/// requested. Errors: a completion carries a Result; nothing throws across this interface. Tokens are the platform's
/// own business: a lost token is renewed and the call repeated once before anything is said.
class Platform {
public:
    virtual ~Platform() = default;
    /// Begins one call. The request has been made durable before.
    virtual Ticket start(Request request) = 0;
    /// What has ended since. On Fault::InDoubt the platform may have acted.
    virtual std::vector<Completion> poll(std::chrono::milliseconds timeout, const std::stop_token& stop) = 0;
};

/// One call, waited for: for `check`, `explain` and tests. No other call may be under way.
Completion callAndWait(Platform& platform, Request request, const std::stop_token& stop);

/// The same for several at once; the answers come in the order of the requests.
std::vector<Completion> callAllAndWait(Platform& platform, std::vector<Request> requests, const std::stop_token& stop);

}  // namespace lianzheng
