#include "adapters/national/http_fault.h"

#include <algorithm>

namespace lianzheng {
namespace {

/// Longer waits are not believed: the breaker asks again by itself.
constexpr std::chrono::seconds kLongestRetryAfter{86'400};

std::string codeOf(CURLcode transport) {
    switch (transport) {
        case CURLE_OPERATION_TIMEDOUT:
            return "timeout";
        case CURLE_COULDNT_CONNECT:
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_PROXY:
            return "not_connected";
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CRL_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_ENGINE_INITFAILED:
        case CURLE_PEER_FAILED_VERIFICATION:
            return "tls";
        case CURLE_WRITE_ERROR:
            return "too_large";
        default:
            return "broken";
    }
}

Fault ofStatus(const Exchange& exchange) {
    switch (exchange.status) {
        case 401:
            return Fault::Denied;
        case 413:
        case 414:
        case 415:
            return Fault::Rejected;
        case 429:
            return Fault::Throttled;
        default:
            return faultOfMalformed(exchange.writes);
    }
}

}  // namespace

Fault faultOfMalformed(bool writes) { return writes ? Fault::InDoubt : Fault::Unavailable; }

std::optional<Error> faultOf(const Exchange& exchange, std::string_view where) {
    Error error{.fault = {}, .where = std::string(where), .code = {}, .retryAfter = {}};
    if (exchange.transport != CURLE_OK) {
        // A status line shows that somebody was there to act, whatever became of the rest.
        error.fault = faultOfMalformed(exchange.writes && (exchange.begun || exchange.status != 0));
        error.code = codeOf(exchange.transport);
        return error;
    }
    if (exchange.status == 200) return std::nullopt;
    error.fault = ofStatus(exchange);
    error.code = "http_" + std::to_string(exchange.status);
    if (error.fault == Fault::Throttled && exchange.retryAfter) {
        error.retryAfter = std::clamp(*exchange.retryAfter, std::chrono::seconds{0}, kLongestRetryAfter);
    }
    return error;
}

}  // namespace lianzheng
