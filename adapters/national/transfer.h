#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <curl/curl.h>

#include "adapters/national/http_fault.h"
#include "adapters/national/rest_platform.h"
#include "mappings/date.h"

namespace lianzheng {

/// One POST on an easy handle of its own, used again and again: handle, header list and buffers stay.
/// libcurl would silently send a request again when a kept connection dies under it; here it may not: the caller must
/// know of every send.
/// Threads: one at a time; the address must not change while the handle is in use.
class Transfer {
public:
    explicit Transfer(const RestPlatformSettings& settings);
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    Transfer(Transfer&&) = delete;
    Transfer& operator=(Transfer&&) = delete;
    ~Transfer() = default;

    using Headers = std::vector<std::pair<std::string, std::string>>;
    /// Sets the header list: `contentType`, and `headers` in their order.
    void setHeaders(std::string_view contentType, const Headers& headers);
    /// Ready to be sent to `url`; `body` is borrowed until the end. `owner` comes back from CURLINFO_PRIVATE.
    void prepare(const std::string& url, std::string_view body, void* owner);

    [[nodiscard]] CURL* handle() const { return easy_.get(); }
    /// How it ended; `transport` as the multi handle reported it.
    [[nodiscard]] Exchange exchange(CURLcode transport, bool writes) const;
    [[nodiscard]] std::chrono::microseconds elapsed() const;
    /// The server's Date header against `now`.
    [[nodiscard]] std::optional<std::chrono::seconds> clockSkew(TimePoint now) const;

    std::string reply;

private:
    static int onRequest(void* self, char* theirAddress, char* ourAddress, int theirPort, int ourPort);
    static std::size_t onWrite(char* bytes, std::size_t size, std::size_t count, void* self);

    struct EasyDeleter {
        void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    };
    std::size_t maxReplyBytes_;
    bool begun_ = false;
    std::vector<std::string> lines_;
    std::vector<curl_slist> nodes_;  ///< libcurl's list form over lines_
    std::unique_ptr<CURL, EasyDeleter> easy_;
};

}  // namespace lianzheng
