#include <gtest/gtest.h>

#include "tests/simulator/common/check_digits.h"

namespace lianzheng::sim {
namespace {

TEST(CheckDigitsTest, AResidentNumberOfTheStandardsOwnExample) {
    EXPECT_EQ(identityCheck("11010519491231002"), 'X');
    EXPECT_EQ(identityCheck("44052418800101001"), '4');
}

TEST(CheckDigitsTest, TheIssuingAuthoritysCreditCode) { EXPECT_EQ(creditCheck("11370000004503027"), '0'); }

TEST(CheckDigitsTest, BothKnownLicenceIdentifiers) {
    const auto identifier = [](int version) {
        return licenceIdentifier("11100000000013338W011", "11430000006122244L", "20230000403", version);
    };
    EXPECT_EQ(identifier(1), "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U");
    EXPECT_EQ(identifier(2), "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.002.S");
}

}  // namespace
}  // namespace lianzheng::sim
