#include "mappings/record_digest.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace lianzheng {
namespace {

constexpr std::array<Field, 2> kTwo{Field::Name, Field::Major};

Certificate record(std::string name, std::string major) {
    Certificate certificate;
    certificate[Field::Name] = std::move(name);
    certificate[Field::Major] = std::move(major);
    return certificate;
}

TEST(RecordDigestTest, OnlyTheNamedFieldsCount) {
    Certificate one = record("甲", "土建");
    const Digest before = digestOf(one, kTwo, {});
    one[Field::Gender] = "1";
    EXPECT_EQ(digestOf(one, kTwo, {}), before);
    one[Field::Major] = "机械";
    EXPECT_NE(digestOf(one, kTwo, {}), before);
}

TEST(RecordDigestTest, BordersBetweenTextsCount) {
    EXPECT_NE(digestOf(record("ab", "c"), kTwo, {}), digestOf(record("a", "bc"), kTwo, {}));
    const std::array<std::string_view, 1> empty{""};
    EXPECT_NE(digestOf(record("a", "b"), kTwo, empty), digestOf(record("a", "b"), kTwo, {}));
    const std::array<std::string_view, 2> apart{"x", "y"};
    const std::array<std::string_view, 1> together{"xy"};
    EXPECT_NE(digestOf(record("a", "b"), kTwo, apart), digestOf(record("a", "b"), kTwo, together));
}

TEST(RecordDigestTest, LongRecordsAreDigestedWhole) {
    const std::string large(5000, 'x');
    std::string other = large;
    other.back() = 'y';
    EXPECT_NE(digestOf(record(large, ""), kTwo, {}), digestOf(record(other, ""), kTwo, {}));
    EXPECT_NE(digestOf(record("a", large), kTwo, {}), digestOf(record("b", large), kTwo, {}));
}

TEST(RecordDigestTest, AStoredDigestMeansTheSameTomorrow) {
    EXPECT_EQ(digestOf(record("张三", "土建"), kTwo, {}).hex(), "4d470e00ab51c9e078cce211c2b0d2e4");
}

TEST(RecordDigestTest, HexIsReadBack) {
    const Digest digest{0x0123456789abcdefULL, 0xfedcba9876543210ULL};
    EXPECT_EQ(digest.hex(), "0123456789abcdeffedcba9876543210");
    EXPECT_EQ(Digest::fromHex(digest.hex()), digest);
    EXPECT_EQ(Digest{}.hex(), "");
    EXPECT_EQ(Digest::fromHex(""), Digest{});
    EXPECT_TRUE(Digest{}.none());
    for (const std::string_view bad : {"0", "0123456789abcdeffedcba987654321", "0123456789ABCDEFFEDCBA9876543210",
                                       "0123456789abcdeffedcba987654321g", "0123456789abcdeffedcba98765432100"}) {
        EXPECT_FALSE(Digest::fromHex(bad)) << bad;
    }
}

}  // namespace
}  // namespace lianzheng
