#include "adapters/envelope/seal_key.h"

#include <gtest/gtest.h>

#include "adapters/envelope/hex.h"
#include "tests/support/run_time_keys.h"

namespace lianzheng {
namespace {

TEST(SealKeyTest, WhatThePrivateKeySealsThePublicOneVerifies) {
    const Sm2KeyPair keys = Sm2KeyPair::make();
    const auto secret = SealKey::sm2(keys.privatePem);
    const auto known = SealKey::sm2(keys.publicPem);
    ASSERT_TRUE(secret && known);
    EXPECT_EQ(secret->method(), SealMethod::Sm2);
    EXPECT_EQ(secret->id(), known->id());
    EXPECT_EQ(secret->publicPem(), known->publicPem());
    EXPECT_TRUE(secret->canSeal());
    EXPECT_FALSE(known->canSeal());
    EXPECT_EQ(known->seal("text").error().code, "seal");

    const std::string seal = secret->seal("text").value();
    EXPECT_TRUE(known->verifies("text", seal));
    EXPECT_FALSE(known->verifies("texT", seal));
    EXPECT_FALSE(known->verifies("text", seal + "00"));
    EXPECT_FALSE(known->verifies("text", "no hex"));
    EXPECT_FALSE(SealKey::sm2(Sm2KeyPair::make().publicPem)->verifies("text", seal));
    const auto der = fromHex(seal);
    ASSERT_TRUE(der);
    EXPECT_TRUE(keys.verifies("text", std::string(SealKey::kUserId), *der, false));
}

TEST(SealKeyTest, AnHmacVerifiesUnderItsOwnKeyOnly) {
    const SealKey key = SealKey::hmacSm3("secret");
    const SealKey other = SealKey::hmacSm3("Secret");
    EXPECT_EQ(key.method(), SealMethod::HmacSm3);
    EXPECT_TRUE(key.canSeal());
    EXPECT_NE(key.id(), other.id());
    EXPECT_EQ(key.id().find("secret"), std::string::npos);
    EXPECT_EQ(key.publicPem(), "");
    // printf text | openssl dgst -sm3 -mac HMAC -macopt key:secret
    EXPECT_EQ(key.seal("text").value(), "24c696a6e4976a2db87a5aec34135168a1eebcd915e94e9c702cde5d03ed4211");
    EXPECT_TRUE(key.verifies("text", key.seal("text").value()));
    EXPECT_FALSE(key.verifies("text", other.seal("text").value()));
    EXPECT_FALSE(key.verifies("text", ""));
}

TEST(SealKeyTest, WhatIsNoSm2KeyIsRefused) {
    for (const std::string& pem : {std::string("no key"), std::string(), CodeKeyPair::make(1024).privatePem}) {
        const auto key = SealKey::sm2(pem);
        ASSERT_FALSE(key);
        EXPECT_EQ(key.error().code, "key");
    }
}

}  // namespace
}  // namespace lianzheng
