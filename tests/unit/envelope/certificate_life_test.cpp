#include "adapters/envelope/certificate_life.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/run_time_keys.h"

namespace lianzheng {
namespace {

std::string contentOf(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

// openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out key.pem
// openssl req -x509 -key key.pem -sm3 -sigopt distid:1234567812345678 -subj /CN=联证测试 -utf8 -days 3650
constexpr const char* kSm2Certificate = R"(-----BEGIN CERTIFICATE-----
MIIBgzCCASmgAwIBAgIUbAmyqDWODbCHMEsaDiYq7VQ8/RYwCgYIKoEcz1UBg3Uw
FzEVMBMGA1UEAwwM6IGU6K+B5rWL6K+VMB4XDTI2MTEyNjE1MDcwNVoXDTM2MTEy
MzE1MDcwNVowFzEVMBMGA1UEAwwM6IGU6K+B5rWL6K+VMFkwEwYHKoZIzj0CAQYI
KoEcz1UBgi0DQgAE6T6p3WavaoUsSgkQxDSVzDaWmoVKL+4Ln0OwHS45kmOMdgzx
vd2Z30sXk7ToVVVY0WME8c5G06RHXsl+J65Cb6NTMFEwHQYDVR0OBBYEFHGuF0L3
LKq26GcC4hlTVNfoUv6SMB8GA1UdIwQYMBaAFHGuF0L3LKq26GcC4hlTVNfoUv6S
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoEcz1UBg3UDSAAwRQIgEvfF6OK03qytHFZg
iDTN3q3ovi8Tj95FHRmu8Hqx/cYCIQC/L8Y8rkmbODk0mriiQBjo9wzp7EC9dQnc
WdKkHlVNBw==
-----END CERTIFICATE-----
)";
constexpr const char* kSm2Key = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQga8XxIv3TPdm19999
Bm0bIMniR+tm1Ez8QW9XsrtSANmhRANCAATpPqndZq9qhSxKCRDENJXMNpaahUov
7gufQ7AdLjmSY4x2DPG93ZnfSxeTtOhVVVjRYwTxzkbTpEdeyX4nrkJv
-----END PRIVATE KEY-----
)";

TEST(CertificateLifeTest, ACertificateSaysWhoseItIsAndHowLongItIsGood) {
    const auto lives = certificateLives(kSm2Certificate);
    ASSERT_TRUE(lives);
    ASSERT_EQ(lives->size(), 1U);
    EXPECT_EQ(lives->front().subject, "联证测试");
    EXPECT_EQ(lives->front().until - lives->front().from, std::chrono::days{3650});
}

TEST(CertificateLifeTest, EveryCertificateOfAFileIsRead) {
    const ScratchDirectory scratch;
    const std::string first = contentOf(CertificateFiles::make(scratch.path(), "first").certificate);
    const auto lives = certificateLives(first + "some words between\n" + kSm2Certificate);
    ASSERT_TRUE(lives);
    ASSERT_EQ(lives->size(), 2U);
    EXPECT_EQ((*lives)[1].subject, "联证测试");
}

TEST(CertificateLifeTest, WhatIsNoCertificateIsRefused) {
    std::string cut = kSm2Certificate;
    cut.replace(30, 8, "////////");  // lengths in its DER
    for (const std::string& text : {std::string(), std::string("no certificate"), std::string(kSm2Key), cut,
                                    std::string(kSm2Certificate) + cut}) {
        const auto lives = certificateLives(text);
        ASSERT_FALSE(lives) << text;
        EXPECT_EQ(lives.error().code, "certificate");
    }
}

TEST(CertificateLifeTest, ACertificateBelongsToItsKeyAlone) {
    EXPECT_TRUE(belongsTogether(kSm2Certificate, kSm2Key));
    EXPECT_FALSE(belongsTogether(kSm2Certificate, Sm2KeyPair::make().privatePem));
    EXPECT_FALSE(belongsTogether(kSm2Certificate, "no key"));
    EXPECT_FALSE(belongsTogether("no certificate", kSm2Key));
}

}  // namespace
}  // namespace lianzheng
