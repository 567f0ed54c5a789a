#include "adapters/national/http_fault.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

using std::chrono::seconds;
using enum Fault;

Exchange exchange(CURLcode transport, int status, bool begun, bool writes) {
    return {.transport = transport, .status = status, .begun = begun, .writes = writes, .retryAfter = {}};
}

TEST(HttpFaultTest, AWholeReplyWithStatus200IsNoFault) {
    for (const bool writes : {true, false}) EXPECT_FALSE(faultOf(exchange(CURLE_OK, 200, true, writes), "w"));
}

TEST(HttpFaultTest, EveryOtherStatusIsItsFault) {
    for (int status = 100; status < 600; ++status) {
        if (status == 200) continue;
        for (const bool writes : {true, false}) {
            const Error error = faultOf(exchange(CURLE_OK, status, true, writes), "national.assign").value();
            Fault expected = writes ? InDoubt : Unavailable;
            if (status == 401) expected = Denied;
            if (status == 429) expected = Throttled;
            if (status >= 413 && status <= 415) expected = Rejected;
            EXPECT_EQ(error.fault, expected) << status;
            EXPECT_EQ(error.code, "http_" + std::to_string(status));
            EXPECT_EQ(error.where, "national.assign");
            EXPECT_FALSE(error.retryAfter);
        }
    }
}

TEST(HttpFaultTest, EveryBrokenTransferOfAWritingCallIsInDoubtOnceItHasBegun) {
    for (int code = 1; code < CURL_LAST; ++code) {
        const auto transport = static_cast<CURLcode>(code);
        EXPECT_EQ(faultOf(exchange(transport, 0, true, true), "w")->fault, InDoubt) << code;
        EXPECT_EQ(faultOf(exchange(transport, 200, true, true), "w")->fault, InDoubt) << code;
        EXPECT_EQ(faultOf(exchange(transport, 401, true, true), "w")->fault, InDoubt) << code;
        EXPECT_EQ(faultOf(exchange(transport, 200, false, true), "w")->fault, InDoubt) << code;
        EXPECT_EQ(faultOf(exchange(transport, 0, false, true), "w")->fault, Unavailable) << code;
        for (const bool begun : {true, false}) {
            EXPECT_EQ(faultOf(exchange(transport, 0, begun, false), "w")->fault, Unavailable) << code;
            EXPECT_EQ(faultOf(exchange(transport, 200, begun, false), "w")->fault, Unavailable) << code;
        }
    }
}

TEST(HttpFaultTest, BrokenTransfersHaveAWord) {
    const std::pair<CURLcode, const char*> words[] = {
        {CURLE_OPERATION_TIMEDOUT, "timeout"},
        {CURLE_COULDNT_CONNECT, "not_connected"},
        {CURLE_COULDNT_RESOLVE_HOST, "not_connected"},
        {CURLE_COULDNT_RESOLVE_PROXY, "not_connected"},
        {CURLE_PROXY, "not_connected"},
        {CURLE_SSL_CONNECT_ERROR, "tls"},
        {CURLE_PEER_FAILED_VERIFICATION, "tls"},
        {CURLE_SSL_CERTPROBLEM, "tls"},
        {CURLE_SSL_CACERT_BADFILE, "tls"},
        {CURLE_WRITE_ERROR, "too_large"},
        {CURLE_RECV_ERROR, "broken"},
        {CURLE_SEND_ERROR, "broken"},
        {CURLE_GOT_NOTHING, "broken"},
        {CURLE_PARTIAL_FILE, "broken"},
        {CURLE_SEND_FAIL_REWIND, "broken"},
        {CURLE_UNSUPPORTED_PROTOCOL, "broken"},
    };
    for (const auto& [transport, word] : words) {
        EXPECT_EQ(faultOf(exchange(transport, 0, false, true), "w")->code, word) << transport;
    }
}

TEST(HttpFaultTest, OnlyAThrottledCallIsToldWhenToComeBackAndWithinADay) {
    Exchange throttled = exchange(CURLE_OK, 429, true, true);
    throttled.retryAfter = seconds{7};
    EXPECT_EQ(faultOf(throttled, "w")->retryAfter, seconds{7});
    throttled.retryAfter = seconds{10'000'000};
    EXPECT_EQ(faultOf(throttled, "w")->retryAfter, seconds{86'400});
    throttled.retryAfter = seconds{-5};
    EXPECT_EQ(faultOf(throttled, "w")->retryAfter, seconds{0});
    throttled.status = 503;
    EXPECT_EQ(faultOf(throttled, "w")->retryAfter, std::nullopt);
}

TEST(HttpFaultTest, AMalformedReplyLeavesOnlyAWritingCallInDoubt) {
    EXPECT_EQ(faultOfMalformed(true), InDoubt);
    EXPECT_EQ(faultOfMalformed(false), Unavailable);
}

}  // namespace
}  // namespace lianzheng
