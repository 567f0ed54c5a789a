#include "tests/simulator/national/hashes.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <string>

#include "tests/simulator/national/code_seal.h"

namespace lianzheng::sim::national {

TEST(NationalHashesTest, Sm3GivesTheVectorsOfTheStandard) {
    EXPECT_EQ(lowerHex(sm3("abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    std::string text;
    for (int i = 0; i < 16; ++i) text += "abcd";
    EXPECT_EQ(lowerHex(sm3(text)), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

TEST(NationalHashesTest, Sm3AgreesWithAnotherImplementationAtEveryPaddingLength) {
    std::string text;
    for (int i = 0; i < 200; ++i) {
        Digest other{};
        ASSERT_EQ(EVP_Digest(text.data(), text.size(), other.data(), nullptr, EVP_sm3(), nullptr), 1);
        ASSERT_EQ(sm3(text), other) << i;
        text.push_back(static_cast<char>(i));
    }
}

TEST(NationalHashesTest, HmacAgreesWithAnotherImplementation) {
    for (const std::size_t size : {1U, 63U, 64U, 65U, 200U}) {
        const std::string key(size, 'k');
        const std::string text = "METHOD\nPATH";
        Digest other{};
        const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
        HMAC(EVP_sm3(), key.data(), static_cast<int>(size), bytes, text.size(), other.data(), nullptr);
        EXPECT_EQ(hmacSm3(key, text), other);
        HMAC(EVP_sha256(), key.data(), static_cast<int>(size), bytes, text.size(), other.data(), nullptr);
        EXPECT_EQ(hmacSha256(key, text), other);
    }
}

TEST(NationalCodeSealTest, SealsUnderKeysAsSmallAs512Bits) {
    const KeyPair keys = makeKeyPair(512);
    const CodeSeal seal{keys.publicPem};
    const SealedCode code = seal.seal("0123456789abcdef0123456789abcdef", "A1B2C3D4");
    EXPECT_EQ(code.encryKey.size(), 88U);     // 64 bytes in Base64
    EXPECT_EQ(code.encryCertid.size(), 80U);  // 32 bytes and a block of padding in hex
    EXPECT_EQ(code.encryCertid.find_first_not_of("0123456789ABCDEF"), std::string::npos);
    EXPECT_EQ(seal.seal("x", "A1B2C3D4").encryCertid.size(), 16U);
    EXPECT_THROW(CodeSeal{"no key"}, std::runtime_error);
}

}  // namespace lianzheng::sim::national
