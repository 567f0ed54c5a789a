#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "adapters/envelope/envelope.h"
#include "adapters/envelope/hex.h"
#include "tests/support/run_time_keys.h"

namespace lianzheng {
namespace {

// The expected values are the openssl command's, as noted beside each; `body` holds {"AcceptData":[{}]}.

using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr const char* kBody = R"({"AcceptData":[{}]})";
constexpr const char* kNonce = "00112233445566778899aabbccddeeff";
constexpr const char* kSm4Key = "0123456789abcdef";  // 30313233343536373839616263646566

Sealing sealing() {
    return {.method = "POST",
            .path = "/a/b",
            .token = "token",
            .now = TimePoint{std::chrono::milliseconds{1'772'330'584'005}},
            .nonce = kNonce,
            .body = kBody,
            .bodySm3 = {},
            .headers = {}};
}

Sealing sealed(const Envelope& envelope) {
    Sealing sealed = sealing();
    EXPECT_TRUE(envelope.seal(sealed));
    return sealed;
}

std::string between(const std::string& text, const std::string& before, const std::string& behind) {
    const auto begin = text.find(before);
    if (begin == std::string::npos) return {};
    const auto from = begin + before.size();
    return text.substr(from, text.find(behind, from) - from);
}

TEST(HubEnvelopesTest, TifDigestsTimeTokenNonceAndTimeAgain) {
    TifSettings settings{.paasId = "paas", .token = "secret"};
    const Headers expected{{"x-tif-paasid", "paas"},
                           {"x-tif-timestamp", "1772330584"},
                           {"x-tif-nonce", kNonce},
                           // printf '1772330584secret00112233445566778899aabbccddeeff1772330584' | openssl dgst -sha256
                           {"x-tif-signature", "259635e378a2b19587b08f161919ef512a02b9b63ff6e17718229ab510a1ece0"}};
    EXPECT_EQ(sealed(*makeTifEnvelope(settings)).headers, expected);
    // Without a token of its own the access token, here with SM3 and under other names:
    // printf '1772330584token00112233445566778899aabbccddeeff1772330584' | openssl dgst -sm3
    settings = {.hash = Hash::Sm3, .paasId = "paas", .spelling = Spelling::UpperHex, .signatureHeader = "x-sign"};
    EXPECT_EQ(sealed(*makeTifEnvelope(settings)).headers.at(3),
              std::pair(std::string("x-sign"),
                        std::string("B058ECBEBB92375CFAEC5594143C7BB1F7F0F165F9A9023B7F3FE9C77EAA8017")));
}

TEST(HubEnvelopesTest, HmacSha256InSecondsAndBase64) {
    const HmacSettings settings{.hash = Hash::Sha256,
                                .appId = "app",
                                .key = "secret",
                                .timestamp = Timestamp::Seconds,
                                .spelling = Spelling::Base64};
    const Headers headers = sealed(*makeHmacEnvelope(settings)).headers;
    EXPECT_EQ(headers.at(1).second, "1772330584");
    // b=$(openssl dgst -sha256 -r body | cut -d' ' -f1)
    // printf 'POST\n/a/b\n1772330584\n00112233445566778899aabbccddeeff\n%s' "$b" |
    //     openssl dgst -sha256 -hmac secret -binary | base64
    EXPECT_EQ(headers.at(3).second, "Hurdq3WjqvkWlxhp7iEfudWUZpf+b7DsHCaXjogTRiQ=");
}

TEST(HubEnvelopesTest, Sm4PutsTheBodyUnderEcb) {
    const Sealing out = sealed(*makeSm4Envelope({.cityNum = "370800", .key = kSm4Key}));
    // openssl enc -sm4-ecb -K 30313233343536373839616263646566 -in body | base64 -w0
    EXPECT_EQ(out.body, R"({"citynum":"370800","data":"X68zu9OLfUca+LLZhvB6ieu7hfK2TEKBttVLzbQuXEg="})");
    EXPECT_TRUE(out.bodySm3.empty()) << "the body is another";
}

TEST(HubEnvelopesTest, Sm2SignsTheObjectThatHoldsTheBodyUnderCbc) {
    const Sm2KeyPair keys = Sm2KeyPair::make();
    for (const Sm2Layout layout : {Sm2Layout::RawRs, Sm2Layout::Der}) {
        auto signer = Sm2Signer::load(keys.privatePem, "1234567812345678");
        ASSERT_TRUE(signer);
        const Sm2Settings settings{.appCode = R"(a"pp)", .key = kSm4Key, .layout = layout};
        const std::string body = sealed(*makeSm2Envelope(settings, std::move(*signer))).body;
        // openssl enc -sm4-cbc -K 30313233343536373839616263646566 -iv 00000000000000000000000000000000 -in body |
        //     xxd -p -c 99
        EXPECT_EQ(between(body, R"("encData":")", "\""),
                  "5faf33bbd38b7d471af8b2d986f07a894e6bbab011c2d567d88757e1c291a8ff");
        EXPECT_NE(body.find(R"("appCode":"a\"pp","version":"1.0.0","encType":"SM4","signType":"SM2",)"
                            R"("timestamp":1772330584005,"signData":")"),
                  std::string::npos)
            << body;
        const std::string object = between(body, R"({"data":)", R"(,"signData")") + "}";
        const auto signature = fromHex(between(body, R"("signData":")", "\""));
        ASSERT_TRUE(signature);
        const bool raw = layout == Sm2Layout::RawRs;
        EXPECT_EQ(signature->size() == 64, raw);
        EXPECT_TRUE(keys.verifies(object, "1234567812345678", *signature, raw));
        EXPECT_FALSE(keys.verifies(object, "another user", *signature, raw));
        EXPECT_FALSE(keys.verifies(object + " ", "1234567812345678", *signature, raw));
    }
}

TEST(HubEnvelopesTest, WhatIsNoSm2KeyIsRefused) {
    for (const std::string& pem : {std::string(), std::string("-----BEGIN"), CodeKeyPair::make(512).privatePem}) {
        const auto signer = Sm2Signer::load(pem, "1234567812345678");
        ASSERT_FALSE(signer);
        EXPECT_EQ(signer.error().code, "key");
    }
}

TEST(HubEnvelopesTest, TheOuterOneSignsWhatTheInnerOneMade) {
    std::vector<std::unique_ptr<Envelope>> inOrder;
    inOrder.push_back(makeSm4Envelope({.cityNum = "370800", .key = kSm4Key}));
    inOrder.push_back(makeHmacEnvelope({.appId = "app", .key = "secret"}));
    Sealing both = sealing();
    both.bodySm3 = "of the body before";
    ASSERT_TRUE(makeEnvelopes(std::move(inOrder))->seal(both));
    Sealing alone = sealing();
    alone.body = both.body;
    ASSERT_TRUE(makeHmacEnvelope({.appId = "app", .key = "secret"})->seal(alone));
    EXPECT_NE(both.body, kBody);
    EXPECT_EQ(both.headers, alone.headers);
}

}  // namespace
}  // namespace lianzheng
