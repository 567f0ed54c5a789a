#include "adapters/national/rest_platform.h"

#include <condition_variable>
#include <exception>
#include <iterator>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "adapters/national/rest_transfers.h"

namespace lianzheng {
namespace {

/// The owner's side: what is started and what has ended meets the thread of the transfers in two lists. So transfers go
/// on while the owner waits for its disk, and what ends meanwhile is found together.
class RestPlatform final : public Platform {
public:
    RestPlatform(RestPlatformSettings settings, CodeKey codeKey, const Envelope& envelope, Clock& clock, Random& random,
                 EventLog& log)
        : random_(random),
          transfers_(std::move(settings), std::move(codeKey), envelope, clock, log),
          thread_([this](const std::stop_token& stop) { transfer(stop); }) {}

    Ticket start(Request request) override;
    std::vector<Completion> poll(std::chrono::milliseconds timeout, const std::stop_token& stop) override;

private:
    void transfer(const std::stop_token& stop);
    bool takeAsked(std::vector<AskedCall>& asked);
    void report(std::vector<Completion>& ended);
    void breakDown();

    Random& random_;
    std::uint64_t tickets_ = 0;
    std::mutex mutex_;
    std::condition_variable_any someEnded_;
    std::vector<AskedCall> asked_;
    std::vector<Completion> ended_;
    std::set<Ticket> underWay_;
    bool broken_ = false;  ///< the thread has ended for want of memory: nothing is sent any more
    RestTransfers transfers_;
    std::jthread thread_;  ///< last: it ends before what it uses
};

tl::unexpected<Error> brokenDown() { return failed(Fault::Corrupt, "national.transfers", "exception"); }

Ticket RestPlatform::start(Request request) {
    const Ticket ticket{++tickets_};
    AskedCall asked{ticket, std::move(request), random_.hex32(), {random_.hex32(), random_.hex32()}};
    bool first = false;
    {
        const std::lock_guard lock(mutex_);
        if (broken_) {
            Completion never;
            never.ticket = ticket;
            never.outcome = brokenDown();
            ended_.push_back(std::move(never));
            return ticket;
        }
        first = asked_.empty();
        underWay_.insert(ticket);
        asked_.push_back(std::move(asked));
    }
    if (first) transfers_.wake();
    return ticket;
}

std::vector<Completion> RestPlatform::poll(std::chrono::milliseconds timeout, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    someEnded_.wait_for(lock, stop, timeout, [this] { return !ended_.empty(); });
    return std::exchange(ended_, {});
}

void RestPlatform::transfer(const std::stop_token& stop) {
    const std::stop_callback wake(stop, [this] { transfers_.wake(); });
    std::vector<AskedCall> asked;
    std::vector<Completion> ended;
    try {
        while (!stop.stop_requested()) {
            transfers_.work(ended);
            if (!ended.empty()) report(ended);
            if (!takeAsked(asked)) transfers_.wait();
            for (AskedCall& call : asked) transfers_.begin(std::move(call));
        }
    } catch (const std::exception&) {
        breakDown();
    }
}

/// Whether there was something.
bool RestPlatform::takeAsked(std::vector<AskedCall>& asked) {
    asked.clear();
    const std::lock_guard lock(mutex_);
    std::swap(asked, asked_);
    return !asked.empty();
}

void RestPlatform::report(std::vector<Completion>& ended) {
    {
        const std::lock_guard lock(mutex_);
        for (Completion& completion : ended) {
            underWay_.erase(completion.ticket);
            ended_.push_back(std::move(completion));
        }
    }
    ended.clear();
    someEnded_.notify_one();
}

/// Whatever was under way may have arrived.
void RestPlatform::breakDown() {
    const std::lock_guard lock(mutex_);
    broken_ = true;
    for (const Ticket ticket : std::exchange(underWay_, {})) {
        Completion lost;
        lost.ticket = ticket;
        lost.outcome = brokenDown();
        ended_.push_back(std::move(lost));
    }
    someEnded_.notify_one();
}

}  // namespace

Result<std::unique_ptr<Platform>> makeRestPlatform(RestPlatformSettings settings, const Envelope& envelope,
                                                   Clock& clock, Random& random, EventLog& log) {
    static const CURLcode kInitialised = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (kInitialised != CURLE_OK) return failed(Fault::Corrupt, "national", "curl");
    auto codeKey = CodeKey::load(settings.codeKeyPem);
    if (!codeKey) return tl::unexpected<Error>(std::move(codeKey.error()));
    settings.codeKeyPem.clear();
    return std::make_unique<RestPlatform>(std::move(settings), std::move(*codeKey), envelope, clock, random, log);
}

}  // namespace lianzheng
