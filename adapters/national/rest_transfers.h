#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include "adapters/envelope/code_key.h"
#include "adapters/national/call.h"
#include "adapters/national/rest_platform.h"
#include "adapters/national/signing_pool.h"
#include "adapters/national/token_keeper.h"
#include "adapters/national/transfer.h"

namespace lianzheng {

/// A call as it was asked for, with the chance it needs: a request id, a nonce, and one more for its repetition.
struct AskedCall {
    Ticket ticket{};
    Request request;
    std::string requestId;
    std::array<std::string, 2> nonces;
};

/// All that concerns curl: the multi handle, the connections, the one token, and the way of a call from its body to
/// its verdict. Everything given is borrowed but the settings and the key.
/// Threads: one that calls work() and wait(), but for wake().
class RestTransfers {
public:
    RestTransfers(RestPlatformSettings settings, CodeKey codeKey, const Envelope& envelope, Clock& clock,
                  EventLog& log);
    RestTransfers(const RestTransfers&) = delete;
    RestTransfers& operator=(const RestTransfers&) = delete;
    RestTransfers(RestTransfers&&) = delete;
    RestTransfers& operator=(RestTransfers&&) = delete;
    ~RestTransfers();

    void begin(AskedCall asked);
    /// Everything that can be done without waiting; what ended is appended to `ended`.
    void work(std::vector<Completion>& ended);
    /// Until there is something to do, or somebody woke it.
    void wait();
    void wake();

private:
    struct MultiDeleter {
        void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
    };
    const std::string& path(std::string_view operation) const { return settings_.paths.find(operation)->second; }
    Call& freshCall();
    void admit();
    void submit(Call& call);
    void beginLogin();
    Status sealLogin();
    void endLogins(const Error& error, int status);
    void endLogin(CURLcode transport);
    void send(Call& call);
    void endTransfer(Call& call, CURLcode transport);
    void settle(Call& call);
    void report(Call& call);

    RestPlatformSettings settings_;
    std::size_t pathAt_;  ///< in every URL
    CodeKey codeKey_;
    const Envelope& envelope_;
    Clock& clock_;
    EventLog& log_;
    std::unique_ptr<CURLM, MultiDeleter> multi_;
    TokenKeeper keeper_;
    std::string tokenQuery_;  ///< the token as it stands in a URL
    std::string loginUrl_;
    std::string loginBody_;
    std::uint64_t logins_ = 0;
    Transfer login_;
    std::vector<std::unique_ptr<Call>> calls_;  ///< every one there is
    std::vector<Call*> free_;
    std::deque<Call*> waiting_;  ///< for a connection or for the token
    std::size_t underWay_ = 0;   ///< sealed or transferred: at most `connections`
    std::vector<Completion> completions_;
    SigningPool::Finished finished_;
    SigningPool pool_;  ///< last: its threads end before what they use
};

}  // namespace lianzheng
