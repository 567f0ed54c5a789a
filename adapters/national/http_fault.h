#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include "adapters/runtime/result.h"

namespace lianzheng {

/// How one HTTP exchange ended.
struct Exchange {
    CURLcode transport = CURLE_OK;
    int status = 0;       ///< 0: no status line came
    bool begun = false;   ///< connected, and the request about to be sent
    bool writes = false;  ///< the call may change something at the platform
    std::optional<std::chrono::seconds> retryAfter;
};

/// What the exchange means; nothing when a whole reply with status 200 is there to be read.
/// Before the request has begun nothing can have happened: Unavailable. After it, what is not said clearly leaves a
/// writing call in doubt, and a reading one to be asked again (national interface, section 6). A 401 is Denied here:
/// the caller logs in again first. Codes: `http_502`, `timeout`, `not_connected`, `tls`, `too_large`, `broken`.
std::optional<Error> faultOf(const Exchange& exchange, std::string_view where);

/// What a reply that cannot be trusted leaves behind: InDoubt for a writing call, Unavailable for a reading one.
Fault faultOfMalformed(bool writes);

}  // namespace lianzheng
