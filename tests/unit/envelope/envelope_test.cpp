#include "adapters/envelope/envelope.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "adapters/envelope/sm3.h"

namespace lianzheng {
namespace {

Sealing sealing() {
    return {.method = "POST",
            .path = "/a/b",
            .token = "token",
            .now = TimePoint{std::chrono::milliseconds{1'772'330'584'005}},
            .nonce = "00112233445566778899aabbccddeeff",
            .body = R"({"AcceptData":[{}]})",
            .bodySm3 = {},
            .headers = {}};
}

TEST(EnvelopeTest, PlainAddsNothing) {
    Sealing sealed = sealing();
    ASSERT_TRUE(makePlainEnvelope()->seal(sealed));
    EXPECT_TRUE(sealed.headers.empty());
    EXPECT_EQ(sealed.body, sealing().body);
    EXPECT_EQ(makePlainEnvelope()->open("{}").value(), "{}");
}

TEST(EnvelopeTest, HmacSm3SignsMethodPathTimeNonceAndBody) {
    Sealing sealed = sealing();
    ASSERT_TRUE(makeHmacEnvelope({.appId = "app", .key = "secret"})->seal(sealed));
    using Headers = decltype(sealed.headers);
    // body=$(printf '{"AcceptData":[{}]}' | openssl dgst -sm3 -r | cut -d' ' -f1)
    // printf 'POST\n/a/b\n1772330584005\n00112233445566778899aabbccddeeff\n%s' "$body" | openssl dgst -sm3 -hmac secret
    const Headers expected{{"X-App-Id", "app"},
                           {"X-Timestamp", "1772330584005"},
                           {"X-Nonce", "00112233445566778899aabbccddeeff"},
                           {"X-Signature", "ca075d6e87fc785e0df17d13fc598dacc7b70060424e5c1056b4f7737ede1a9a"}};
    EXPECT_EQ(sealed.headers, expected);
    EXPECT_EQ(sealed.body, sealing().body);
    EXPECT_EQ(sealed.bodySm3, sm3Hex(sealed.body));
}

TEST(EnvelopeTest, HmacSm3TakesTheBodysDigestThatIsThereAlready) {
    Sealing given = sealing();
    given.bodySm3 = sm3Hex(given.body);
    Sealing computed = sealing();
    const auto envelope = makeHmacEnvelope({.appId = "app", .key = "secret"});
    ASSERT_TRUE(envelope->seal(given));
    ASSERT_TRUE(envelope->seal(computed));
    EXPECT_EQ(given.headers, computed.headers);
    given.headers.clear();
    given.bodySm3 = sm3Hex("another");
    ASSERT_TRUE(envelope->seal(given));
    EXPECT_NE(given.headers, computed.headers);
}

TEST(EnvelopeTest, KeysAreReadAsTheirEncodingSays) {
    EXPECT_EQ(decodeKey("raw\n", KeyEncoding::Raw).value(), "raw\n");
    EXPECT_EQ(decodeKey("6b6559", KeyEncoding::Hex).value(), "keY");
    EXPECT_EQ(decodeKey("6B6559\r\n", KeyEncoding::Hex).value(), "keY");
    EXPECT_EQ(decodeKey("a2V5\n", KeyEncoding::Base64).value(), "key");
    EXPECT_EQ(decodeKey("a2U=", KeyEncoding::Base64).value(), "ke");
    EXPECT_EQ(decodeKey("aw==", KeyEncoding::Base64).value(), "k");
}

TEST(EnvelopeTest, KeysThatCannotBeReadAreRefused) {
    const std::pair<std::string, KeyEncoding> bad[] = {
        {"", KeyEncoding::Raw},        {"\n", KeyEncoding::Hex},          {"6b6", KeyEncoding::Hex},
        {"6g", KeyEncoding::Hex},      {"6b\n\n", KeyEncoding::Hex},      {"a2V", KeyEncoding::Base64},
        {"a2=5", KeyEncoding::Base64}, {"a===", KeyEncoding::Base64},     {" a2V5", KeyEncoding::Base64},
        {"a-_5", KeyEncoding::Base64}, {"a2V5\n\n", KeyEncoding::Base64},
    };
    for (const auto& [text, encoding] : bad) {
        const auto key = decodeKey(text, encoding);
        ASSERT_FALSE(key) << text;
        EXPECT_EQ(key.error().fault, Fault::Corrupt);
        EXPECT_EQ(key.error().code, "key");
    }
}

}  // namespace
}  // namespace lianzheng
