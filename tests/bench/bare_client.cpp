#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>

#include <curl/curl.h>
#include <fmt/core.h>

#include "adapters/envelope/digest.h"
#include "adapters/envelope/hex.h"
#include "adapters/envelope/sm3.h"
#include "adapters/runtime/bounded_queue.h"
#include "tests/bench/push_bench.h"

namespace lianzheng::bench {
namespace {

constexpr const char* kPath = "/epoint-gateway/agryfm/rest/aqscglryrest/agry_fm";

struct Signed {
    const std::string* body = nullptr;  ///< as prebuilt, unless …
    std::string sealed;                 ///< … signing wraps it
    std::vector<std::string> headers;
};

struct Slot {
    CURL* easy = nullptr;
    curl_slist* headers = nullptr;
    std::string sealed;
};

std::size_t swallow(char*, std::size_t size, std::size_t count, void*) { return size * count; }

class BareClient {
public:
    explicit BareClient(const PushTask& task)
        : task_(task),
          bodies_(task.bodies),
          mac_(Hash::Sm3, task.agreement.hmacKey),
          envelope_(task.agreement.envelope()),
          multi_(curl_multi_init()) {
        curl_multi_setopt(multi_, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
        const std::string url = task.base + kPath + "?access_token=token";
        for (std::size_t i = 0; i < task.connections; ++i) {
            slots_.push_back(std::make_unique<Slot>());
            CURL* const easy = slots_.back()->easy = curl_easy_init();
            curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
            curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
            curl_easy_setopt(easy, CURLOPT_PROXY, "");
            curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, swallow);
            curl_easy_setopt(easy, CURLOPT_PRIVATE, slots_.back().get());
            idle_.push_back(slots_.back().get());
        }
    }
    BareClient(const BareClient&) = delete;
    BareClient& operator=(const BareClient&) = delete;
    BareClient(BareClient&&) = delete;
    BareClient& operator=(BareClient&&) = delete;
    ~BareClient() {
        for (const auto& slot : slots_) {
            curl_multi_remove_handle(multi_, slot->easy);
            curl_easy_cleanup(slot->easy);
            curl_slist_free_all(slot->headers);
        }
        curl_multi_cleanup(multi_);
    }

    void run() {
        std::vector<std::jthread> signers;
        for (std::size_t i = 0; i < task_.signingThreads; ++i) {
            signers.emplace_back([this](const std::stop_token& stop) { sign(stop); });
        }
        std::size_t done = 0;
        while (done < bodies_.size()) {
            fill();
            int running = 0;
            curl_multi_perform(multi_, &running);
            done += reap();
            if (done == bodies_.size()) return;
            hungry_ = !idle_.empty();
            if (!idle_.empty() && queue_.size() > 0) continue;
            curl_multi_poll(multi_, nullptr, 0, 1'000, nullptr);
        }
    }

private:
    void sign(const std::stop_token& stop) {
        while (true) {
            const std::size_t i = next_++;
            if (i >= bodies_.size()) return;
            Signed item = task_.agreement.signing == Signing::Sm2 ? wrapped(i) : bearing(i);
            if (!queue_.push(std::move(item), stop)) return;
            if (hungry_.exchange(false)) curl_multi_wakeup(multi_);
        }
    }
    /// hmac-sm3: the body as it is, and four headers.
    [[nodiscard]] Signed bearing(std::size_t i) const {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        const auto timestamp = std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
        const std::string nonce = fmt::format("{:032x}", i);
        const std::string signature =
            lowerHex(mac_.of(fmt::format("POST\n{}\n{}\n{}\n{}", kPath, timestamp, nonce, sm3Hex(bodies_[i]))));
        return {&bodies_[i],
                {},
                {"X-App-Id: " + task_.agreement.appId, "X-Timestamp: " + timestamp, "X-Nonce: " + nonce,
                 "X-Signature: " + signature}};
    }
    /// sm2: the body encrypted and signed.
    [[nodiscard]] Signed wrapped(std::size_t i) const {
        Sealing sealing;
        sealing.now = std::chrono::time_point_cast<TimePoint::duration>(std::chrono::system_clock::now());
        sealing.body = bodies_[i];
        if (!envelope_->seal(sealing)) throw std::runtime_error("the baseline cannot sign");
        return {nullptr, std::move(sealing.body), {}};
    }
    void fill() {
        while (!idle_.empty()) {
            auto item = queue_.tryPop();
            if (!item) return;
            Slot& slot = *idle_.back();
            idle_.pop_back();
            curl_slist_free_all(slot.headers);
            slot.headers = curl_slist_append(nullptr, "Expect:");
            curl_slist_append(slot.headers, "Content-Type: application/json; charset=utf-8");
            for (const std::string& line : item->headers) curl_slist_append(slot.headers, line.c_str());
            slot.sealed = std::move(item->sealed);
            const std::string& body = item->body != nullptr ? *item->body : slot.sealed;
            curl_easy_setopt(slot.easy, CURLOPT_HTTPHEADER, slot.headers);
            curl_easy_setopt(slot.easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
            curl_easy_setopt(slot.easy, CURLOPT_POSTFIELDS, body.data());
            curl_multi_add_handle(multi_, slot.easy);
        }
    }
    std::size_t reap() {
        std::size_t done = 0;
        int left = 0;
        while (const CURLMsg* const message = curl_multi_info_read(multi_, &left)) {
            Slot* slot = nullptr;
            long status = 0;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &slot);
            curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
            if (message->data.result != CURLE_OK || status != 200) throw std::runtime_error("the baseline failed");
            curl_multi_remove_handle(multi_, slot->easy);
            idle_.push_back(slot);
            ++done;
        }
        return done;
    }

    const PushTask& task_;
    const std::vector<std::string>& bodies_;
    Hmac mac_;
    std::unique_ptr<Envelope> envelope_;
    CURLM* multi_;
    std::vector<std::unique_ptr<Slot>> slots_;
    std::vector<Slot*> idle_;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<bool> hungry_ = false;
    BoundedQueue<Signed> queue_{256};
};

}  // namespace

PushLoop bareClient(const PushTask& task) {
    return [&task] { BareClient(task).run(); };
}

}  // namespace lianzheng::bench
