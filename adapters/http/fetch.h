#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "adapters/runtime/result.h"

namespace lianzheng {

struct FetchSettings {
    std::string caFile;  ///< the authorities to trust; empty: the system's
    std::chrono::milliseconds connectTimeout{2000};
    std::chrono::milliseconds timeout{3000};  ///< of one whole fetch, redirects included
    std::size_t maxBytes = std::size_t{1} << 20U;
};

/// What a server answered, whatever its status.
struct Fetched {
    int status = 0;
    std::string body;  ///< at most FetchSettings::maxBytes: of a longer one its beginning
    bool cut = false;  ///< it was longer
};

/// Fetches what lies under a URL. Connections are kept between calls. TLS is always verified; no proxy is used, and no
/// credentials are sent. At most three redirects are followed, from https to https only.
/// Threads: one at a time. Time: get() waits, for `timeout` at the most.
/// Errors: Unavailable when there was no whole answer: `not_connected`, `timeout`, `tls`, `redirect`, `broken`;
/// Rejected `url` for a text that is no http or https URL. An error never carries the URL, which may be personal data.
class HttpFetch {
public:
    explicit HttpFetch(FetchSettings settings);
    HttpFetch(const HttpFetch&) = delete;
    HttpFetch& operator=(const HttpFetch&) = delete;
    ~HttpFetch();

    Result<Fetched> get(const std::string& url);

private:
    struct Handle;
    FetchSettings settings_;
    std::unique_ptr<Handle> handle_;
};

}  // namespace lianzheng
