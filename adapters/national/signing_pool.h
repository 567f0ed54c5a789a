#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "adapters/envelope/code_key.h"
#include "adapters/national/call.h"
#include "adapters/national/reply_decoder.h"
#include "adapters/runtime/bounded_queue.h"
#include "adapters/runtime/clock.h"

namespace lianzheng {

/// The threads that do what costs processor time: writing, digesting and signing bodies, reading replies, opening
/// codes. Everything given is borrowed. Threads: the owner's, but for what runs inside.
class SigningPool {
public:
    /// `wake` is called from the pool's threads when finished work appears after there was none.
    SigningPool(std::size_t threads, CertificateType type, const Envelope& envelope, const CodeKey& codeKey,
                const Clock& clock, std::function<void()> wake);

    /// Body, digests, signature, headers: ready for its transfer, or completion.outcome is an error.
    void seal(Call& call);
    /// Reads the whole reply with status 200 into completion.outcome.
    void decode(Call& call);

    struct Finished {
        std::vector<Call*> sealed;
        std::vector<Call*> decoded;
    };
    /// What is done since the last time, without waiting. `finished` is emptied first.
    void take(Finished& finished);

private:
    struct Job {
        Call* call;
        bool sealing;
    };
    void work(const std::stop_token& stop);
    void sealNow(Call& call) const;
    void decodeNow(Call& call, ReplyDecoder& decoder) const;

    CertificateType type_;
    const Envelope& envelope_;
    const CodeKey& codeKey_;
    const Clock& clock_;
    std::function<void()> wake_;
    BoundedQueue<Job> jobs_;
    std::mutex mutex_;
    Finished finished_;
    std::vector<std::jthread> threads_;
};

}  // namespace lianzheng
