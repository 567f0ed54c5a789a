#include "mappings/licence_identifier.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace lianzheng {
namespace {

constexpr std::string_view kFirst = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U";
constexpr std::string_view kSecond = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.002.S";

CertificateNumber number(std::string_view text) { return CertificateNumber::parse(text).value(); }

TEST(LicenceIdentifierTest, ThePublishedOnesAreValidAndComputed) {
    const Checked<LicenceIdentifier> first = LicenceIdentifier::parse(kFirst);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->str(), kFirst);
    EXPECT_EQ(first->version(), 1);
    EXPECT_EQ(first->next().str(), kSecond);
    EXPECT_EQ(LicenceIdentifier::parse(kSecond)->version(), 2);
    const CertificateNumber of = number("湘建安C3（2023）0000403");
    EXPECT_EQ(LicenceIdentifier::compute(kAnguanLicenceType, "11430000006122244L", of, 1), *first);
    EXPECT_EQ(LicenceIdentifier::compute(kAnguanLicenceType, "11430000006122244L", of, 2), first->next());
}

TEST(LicenceIdentifierTest, TheCategoryIsNotInIt) {
    const auto of = [](std::string_view text) {
        return LicenceIdentifier::compute(kAnguanLicenceType, "113700000045030270", number(text), 1);
    };
    EXPECT_EQ(of("鲁建安A（2021）0001234"), of("鲁建安B（2021）0001234"));
    EXPECT_NE(of("鲁建安A（2021）0001234"), of("鲁建安A（2021）0001235"));
}

TEST(LicenceIdentifierTest, RefusalsNameTheirRule) {
    EXPECT_EQ(LicenceIdentifier::parse("").error(), (Invalid{"zzeCertID", Rule::Missing}));
    for (const std::string_view bad :
         {"1.2.156.3005.2", "1.2.156.3005.3.11100000000013338W011.11430000006122244L.20230000403.001.U",
          "1.2.156.3005.2.11100000000013338W012.11430000006122244L.20230000403.001.U",
          "1.2.156.3005.2.11100000000013338W011.11430000006122244.20230000403.001.U",
          "1.2.156.3005.2.11100000000013338W011.11430000006122244L.2023000040.001.U",
          "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.000.U",
          "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.1.U",
          "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.",
          "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U.",
          "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001-U"}) {
        EXPECT_EQ(LicenceIdentifier::parse(bad).error(), (Invalid{"zzeCertID", Rule::Pattern})) << bad;
    }
    EXPECT_EQ(
        LicenceIdentifier::parse("1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.S").error(),
        (Invalid{"zzeCertID", Rule::CheckDigit}));
}

TEST(LicenceIdentifierTest, VersionsCountUpAndEndAt999) {
    LicenceIdentifier one =
        LicenceIdentifier::compute(kAnguanLicenceType, "113700000045030270", number("鲁建安A（2021）0001234"), 1);
    for (int version = 1; version < 999; ++version) {
        ASSERT_EQ(one.version(), version);
        ASSERT_EQ(LicenceIdentifier::parse(one.str()), one);
        one = one.next();
    }
    EXPECT_EQ(one.next(), one);
}

TEST(LicenceIdentifierTest, EverySingleChangedCharacterIsNoticed) {
    const std::string valid(kFirst);
    for (std::size_t at = 0; at < valid.size(); ++at) {
        for (const char c : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.")) {
            std::string changed = valid;
            changed[at] = c;
            EXPECT_EQ(LicenceIdentifier::parse(changed).has_value(), c == valid[at]) << at << c;
        }
    }
    EXPECT_EQ(
        LicenceIdentifier::parse("  1.2.156.3005.2.11100000000013338w011.11430000006122244l.20230000403.001.u ")->str(),
        kFirst);
}

}  // namespace
}  // namespace lianzheng
