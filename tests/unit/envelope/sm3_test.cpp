#include "adapters/envelope/sm3.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "adapters/envelope/digest.h"
#include "adapters/envelope/hex.h"

namespace lianzheng {
namespace {

// The expected values are the openssl command's, as noted beside each.

struct Vector {
    std::string text;
    std::string_view digest;
};

TEST(Sm3Test, DigestsAsTheOpensslCommandDoes) {
    const Vector vectors[] = {
        // printf '' | openssl dgst -sm3
        {"", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"},
        // printf 'abc' | openssl dgst -sm3
        {"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
        // printf '鲁建安B（2023）0000001' | openssl dgst -sm3
        {"鲁建安B（2023）0000001", "7f9805f21d7b5dbb7681fb6f4e9627e41065ed1970a73b15c30e0304d937cdf7"},
        // head -c 1000 /dev/zero | tr '\0' 'a' | openssl dgst -sm3
        {std::string(1000, 'a'), "f4bedca973227d45c5b822551d2e762d4cfb0e9af70b241452545727b5fb046f"},
    };
    for (const Vector& vector : vectors) EXPECT_EQ(sm3Hex(vector.text), vector.digest) << vector.text.size();
}

TEST(Sm3Test, AuthenticatesAsTheOpensslCommandDoes) {
    // printf 'abc' | openssl dgst -sm3 -hmac key
    EXPECT_EQ(hmacSm3Hex("key", "abc"), "28e63256e7c5a087b1f073265dc53092163f7b82729735d06f28f10af9d52393");
    // printf '' | openssl dgst -sm3 -hmac key
    EXPECT_EQ(hmacSm3Hex("key", ""), "4deb29b9be17bd4fd2aca21f908885b9f849bc61e8fbd101e04fd9987528d4df");
    // A key of a whole block: printf 'abc' | openssl dgst -sm3 -hmac "$(printf 'k%.0s' $(seq 64))"
    EXPECT_EQ(hmacSm3Hex(std::string(64, 'k'), "abc"),
              "e324ecfff1ae9b48cf8818257208410221b39d94e74f821f247e5f3bf967c812");
    // A key longer than a block: printf 'abc' | openssl dgst -sm3 -hmac "$(printf 'k%.0s' $(seq 100))"
    EXPECT_EQ(hmacSm3Hex(std::string(100, 'k'), "abc"),
              "2d87dd3ffa1452e8e40d9123a02824fb7dd98ae4a52683287245f1736dc610ef");
}

TEST(Sm3Test, OneKeyServesManyMessages) {
    const Hmac mac(Hash::Sm3, "key");
    EXPECT_EQ(lowerHex(mac.of("abc")), hmacSm3Hex("key", "abc"));
    EXPECT_EQ(lowerHex(mac.of("")), hmacSm3Hex("key", ""));
    EXPECT_EQ(lowerHex(mac.of("abc")), hmacSm3Hex("key", "abc"));
}

}  // namespace
}  // namespace lianzheng
