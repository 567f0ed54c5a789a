#include "gateway/service/settings.h"

#include "tests/support/run_time_keys.h"
#include "tests/unit/service/settings_fixture.h"

#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <string>

namespace lianzheng {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kNext = 8;  // the line after least()

std::string at(int line, const std::string& message) { return std::to_string(line) + ": " + message + "\n"; }

TEST_F(SettingsTest, TheLeastIsEnough) {
    const Loaded<Settings> settings = load(least());
    ASSERT_TRUE(settings) << problemsOf(least());
    EXPECT_EQ(settings->syncEvery, seconds{300});
    EXPECT_EQ(settings->httpHost, "127.0.0.1");
    EXPECT_EQ(settings->httpPort, 8080);
    EXPECT_FALSE(settings->hasExchange);
    EXPECT_FALSE(settings->reconcileAt);
    EXPECT_TRUE(settings->envelopes.empty());
    EXPECT_TRUE(settings->national.verifyTls);
}

TEST_F(SettingsTest, ValuesAreTakenInTheirUnits) {
    const Loaded<Settings> settings = load(least() +
                                           "push.retry.base.ms = 1500\n"
                                           "push.rate.ceiling = 2.5\n"
                                           "push.concurrency = 4\n"
                                           "schedule.reconcile.at = 06:30\n"
                                           "http.address = 0.0.0.0:0\n"
                                           "platform.readback = none\n"
                                           "policy.expired = lapse\n"
                                           "policy.push_since = 2023-07-01\n"
                                           "policy.check = new\n"
                                           "policy.rules = leave\n"
                                           "national.path.assign = /hub/agry_fm\n"
                                           "province.photo.timeout.ms = 700\n"
                                           "writeback.target = none\n");
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->province.photos.timeout, milliseconds{700});
    EXPECT_EQ(settings->province.photos.connectTimeout, milliseconds{700});
    EXPECT_EQ(settings->sync.retry.base, milliseconds{1500});
    EXPECT_DOUBLE_EQ(settings->sync.rateCeiling, 2.5);
    EXPECT_EQ(settings->sync.concurrency, 4U);
    EXPECT_EQ(settings->national.connections, 4U);
    ASSERT_TRUE(settings->reconcileAt);
    EXPECT_EQ(settings->reconcileAt->sinceMidnight, minutes{390});
    EXPECT_EQ(settings->httpPort, 0);
    EXPECT_FALSE(settings->sync.readBack);
    EXPECT_EQ(settings->policy.expired, Policy::Expired::Lapse);
    EXPECT_TRUE(settings->policy.pushSince);
    EXPECT_EQ(settings->sync.check, SyncSettings::Check::New);
    EXPECT_FALSE(settings->sync.judgeRules);
    EXPECT_EQ(settings->national.paths.at("assign"), "/hub/agry_fm");
    EXPECT_EQ(settings->province.writeBack, SourceSettings::WriteBackTarget::None);
}

TEST_F(SettingsTest, RelativePathsCountFromTheFile) {
    const Loaded<Settings> settings = load(least() + "report.directory = ../reports\n");
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->province.address.url, "sqlite3://" + (folder_ / "province.db").string());
    EXPECT_EQ(settings->mappingFile, folder_ / "anguan.yaml");
    EXPECT_EQ(settings->reports, folder_.parent_path() / "reports");
}

TEST_F(SettingsTest, SecretsAreReadWithoutTheLineEnd) {
    const Loaded<Settings> settings = load(least() +
                                           "envelope.names = hmac-sm3\n"
                                           "envelope.hmac-sm3.app.id = app\n"
                                           "envelope.hmac-sm3.key.file = hex.key\n"
                                           "envelope.key.encoding = hex\n");
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->national.clientSecret, "open-sesame");
    EXPECT_EQ(std::get<HmacSettings>(settings->envelopes.at(0)).key, std::string("\x00\xff\x10", 3));
}

TEST_F(SettingsTest, CommentsAndBlankLinesAreNothing) {
    EXPECT_EQ(problemsOf("# a comment = nothing\n! another\n\n   \n" + least()), "");
}

TEST_F(SettingsTest, AKeyGivenTwiceIsRefused) {
    EXPECT_EQ(problemsOf(least() + "store.url = sqlite3://other.db\n"),
              at(kNext, "`store.url` is given again (first in line 3); keep one"));
}

TEST_F(SettingsTest, AnUnknownKeyIsRefused) {
    EXPECT_EQ(problemsOf(least() + "push.concurency = 4\n"),
              at(kNext, "`push.concurency` is not a key; config/lianzheng.properties lists them all"));
    EXPECT_EQ(problemsOf(least() + "national.path.asign = /x\n"),
              at(kNext,
                 "`national.path.asign` names no operation: token, check, assign, collect, update, identity, query, "
                 "query_in, employer"));
}

TEST_F(SettingsTest, ALineWithoutEqualsIsRefused) {
    EXPECT_EQ(problemsOf(least() + "http.address 127.0.0.1:80\n= value\n"),
              at(kNext, "is not `key = value`; begin a comment with #") +
                  at(kNext + 1, "is not `key = value`; begin a comment with #"));
}

TEST_F(SettingsTest, EveryMissingKeyIsNamed) {
    const std::string problems = problemsOf("");
    for (const char* key : {"province.url", "province.mapping", "store.url", "national.base", "national.client.id",
                            "national.client.secret.file", "national.code.key.file"}) {
        EXPECT_NE(problems.find("`" + std::string(key) + "` is missing"), std::string::npos) << key;
    }
}

TEST_F(SettingsTest, AllProblemsAreSaidAtOnceInTheOrderOfTheFile) {
    EXPECT_EQ(problemsOf(least() + "push.concurrency = many\nlog.level = loud\n"),
              at(kNext, "`push.concurrency` must be a whole number from 1 to 1024") +
                  at(kNext + 1, "`log.level` must be one of: error, warning, information, debug"));
}

struct WrongForm {
    const char* line;
    const char* message;
};

void PrintTo(const WrongForm& wrong, std::ostream* out) { *out << wrong.line; }

class WrongFormTest : public SettingsTest, public testing::WithParamInterface<WrongForm> {};

TEST_P(WrongFormTest, IsRefusedWithItsLine) {
    EXPECT_EQ(problemsOf(least() + GetParam().line + "\n"), at(kNext, GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Values, WrongFormTest,
    testing::Values(
        WrongForm{"national.tls.ca.file = nowhere.pem",
                  "`national.tls.ca.file` names a file that cannot be read: check the path and its permissions"},
        WrongForm{"province.password.file = /",
                  "`province.password.file` names a file that cannot be read: check the path and its permissions"},
        WrongForm{"push.concurrency = 0", "`push.concurrency` must be a whole number from 1 to 1024"},
        WrongForm{"push.concurrency = 4 # four", "`push.concurrency` must be a whole number from 1 to 1024"},
        WrongForm{"push.retry.base.ms = 1.5", "`push.retry.base.ms` must be a whole number from 1 to 86400000"},
        WrongForm{"fuse.mass = nan", "`fuse.mass` must be a number from 0 to 1"},
        WrongForm{"fuse.mass = 2", "`fuse.mass` must be a number from 0 to 1"},
        WrongForm{"national.tls.verify = yes", "`national.tls.verify` must be one of: false, true"},
        WrongForm{"schedule.full.at = 24:00", "`schedule.full.at` must be a time of day as HH:MM (Asia/Shanghai)"},
        WrongForm{"schedule.full.at = 2:00", "`schedule.full.at` must be a time of day as HH:MM (Asia/Shanghai)"},
        WrongForm{"http.address = 8080", "`http.address` must be HOST:PORT, e.g. 127.0.0.1:8080"},
        WrongForm{"http.address = localhost:99999", "`http.address` must be HOST:PORT, e.g. 127.0.0.1:8080"},
        WrongForm{"exchange.as.of = 2026-03-01",
                  "`exchange.as.of` must be a time as yyyy-MM-dd HH:mm:ss (Asia/Shanghai)"},
        WrongForm{"exchange.as.of = 2026-03-01 24:00:00",
                  "`exchange.as.of` must be a time as yyyy-MM-dd HH:mm:ss (Asia/Shanghai)"},
        WrongForm{"policy.check = sometimes", "`policy.check` must be one of: never, new, always"},
        WrongForm{"policy.push_since = 2023-13-01", "`policy.push_since` must be a day as yyyy-MM-dd"},
        WrongForm{"national.path.assign = agry_fm", "`national.path.assign` must begin with /"},
        WrongForm{"exchange.url = mysql://x", "`exchange.url` must begin with sqlite3:// or postgresql://"},
        WrongForm{"exchange.url = postgresql://host=x password=y",
                  "`exchange.url` must not carry a password; name a file in the key that ends in password.file"}));

TEST_F(SettingsTest, ColumnsToWriteBackNeedTheirKey) {
    EXPECT_EQ(problemsOf(least() + "writeback.target = columns\n"),
              at(0, "`writeback.column.key` is needed with writeback.target = columns"));
}

TEST_F(SettingsTest, EnvelopesComeInTheirOrderWithTheirParameters) {
    write("sm4.key", "30313233343536373839616263646566\n");
    write("sm2.pem", Sm2KeyPair::make().privatePem);
    const Loaded<Settings> settings = load(least() +
                                           "envelope.names = sm2, sm4 ,hmac-sha256\n"
                                           "envelope.key.encoding = hex\n"
                                           "envelope.encoding = upper\n"
                                           "envelope.sm2.app.code = code\n"
                                           "envelope.sm2.key.file = sm2.pem\n"
                                           "envelope.sm2.sm4.key.file = sm4.key\n"
                                           "envelope.sm2.iv = 000102030405060708090a0b0c0d0e0f\n"
                                           "envelope.sm2.signature = der\n"
                                           "envelope.sm4.citynum = 370800\n"
                                           "envelope.sm4.key.file = sm4.key\n"
                                           "envelope.hmac-sha256.app.id = app\n"
                                           "envelope.hmac-sha256.key.file = hex.key\n"
                                           "envelope.hmac-sha256.timestamp = s\n"
                                           "envelope.hmac-sha256.headers = a-id, a-time, a-nonce, a-sign\n");
    ASSERT_TRUE(settings);
    ASSERT_EQ(settings->envelopes.size(), 3U);
    const auto& sm2 = std::get<Sm2EnvelopeSettings>(settings->envelopes[0]).settings;
    EXPECT_EQ(sm2.key, "0123456789abcdef");
    EXPECT_EQ(sm2.iv.substr(0, 3), std::string("\x00\x01\x02", 3));
    EXPECT_EQ(sm2.layout, Sm2Layout::Der);
    EXPECT_EQ(std::get<Sm4Settings>(settings->envelopes[1]).cityNum, "370800");
    const auto& hmac = std::get<HmacSettings>(settings->envelopes[2]);
    EXPECT_EQ(hmac.hash, Hash::Sha256);
    EXPECT_EQ(hmac.timestamp, Timestamp::Seconds);
    EXPECT_EQ(hmac.spelling, Spelling::UpperHex);
    EXPECT_EQ(hmac.signatureHeader, "a-sign");
    Sealing sealing;
    sealing.body = "{}";
    ASSERT_TRUE(makeEnvelope(settings->envelopes)->seal(sealing));
    EXPECT_TRUE(sealing.body.starts_with(R"({"citynum":"370800")"));
    EXPECT_EQ(sealing.headers.size(), 4U);
}

TEST_F(SettingsTest, EnvelopesThatCannotBeAreRefused) {
    const auto said = [&](const std::string& lines, const std::string& words) {
        const std::string problems = problemsOf(least() + lines);
        EXPECT_NE(problems.find(words), std::string::npos) << lines << problems;
    };
    write("short.key", "00ff");
    said("envelope.names = sm4, sm4\n", "`envelope.names` must be none, or some of");
    said("envelope.names = sm9\n", "`envelope.names` must be none, or some of");
    said("envelope.names = tif\n", "`envelope.tif.paas.id` is needed with envelope.names = tif");
    said("envelope.names = sm4\n", "`envelope.sm4.key.file` is missing");
    said("envelope.sm4.key.file = short.key\n", "names a key of 4 bytes, and 16 are needed");
    said("envelope.sm2.iv = 00\n", "`envelope.sm2.iv` must be 32 hex characters");
    said("envelope.sm2.key.file = secret\n", "is not a private key on the SM2 curve");
    said("envelope.tif.headers = a, b, c\n", "`envelope.tif.headers` must be four names of headers");
    said("envelope.tif.headers = a, b, c, d:e\n", "`envelope.tif.headers` must be four names of headers");
}

TEST_F(SettingsTest, AnEnvelopeWithoutItsKeyIsRefused) {
    const std::string problems = problemsOf(least() + "envelope.names = hmac-sm3\n");
    EXPECT_NE(problems.find("`envelope.hmac-sm3.app.id` is needed"), std::string::npos);
    EXPECT_NE(problems.find("`envelope.hmac-sm3.key.file` is missing"), std::string::npos);
}

TEST_F(SettingsTest, WhatTezhongDoesNotHaveIsRefused) {
    const std::string tezhong = least() + "certificate.type = tezhong\n";
    const auto settings = load(tezhong);
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->type, CertificateType::Tezhong);
    EXPECT_EQ(settings->national.type, CertificateType::Tezhong);
    EXPECT_EQ(settings->policy.type, CertificateType::Tezhong);
    EXPECT_FALSE(settings->sync.readBack);
    EXPECT_FALSE(settings->askTransfers);
    EXPECT_EQ(problemsOf(tezhong + "platform.readback = none\nreconcile.transfers = false\n"), "");
    for (const std::string key :
         {"platform.readback = query", "reconcile.transfers = true", "exchange.file = v.csv",
          "exchange.url = sqlite3://v.db", "national.path.query = /q", "national.path.query_in = /q"}) {
        const std::string problems = problemsOf(tezhong + key + "\n");
        EXPECT_NE(problems.find("is not there with certificate.type = tezhong"), std::string::npos) << key << problems;
        EXPECT_EQ(problemsOf(least() + key + "\n"), "") << key;
    }
    EXPECT_EQ(load(least())->type, CertificateType::Anguan);
}

TEST_F(SettingsTest, TheProvincesNumberHasSixDigits) {
    EXPECT_NE(problemsOf(least() + "province.number = 37\n").find("`province.number` must be"), std::string::npos);
    EXPECT_EQ(load(least() + "province.number = 430000\n")->provinceNum, "430000");
}

TEST_F(SettingsTest, ASealNeedsAKeyOfItsKind) {
    write("sm2.pem", Sm2KeyPair::make().privatePem);
    write("hex.key", "00ff10");
    const auto said = [&](std::string_view text, std::string_view message) {
        const std::string problems = problemsOf(least() + std::string(text));
        EXPECT_NE(problems.find(message), std::string::npos) << text << problems;
    };
    said("evidence.seal = sm2\n", "`evidence.seal.key.file` is missing");
    said("evidence.seal = sm2\nevidence.seal.key.file = secret\n", "is not a private key on the SM2 curve");
    said("evidence.seal = hmac-sm3\nevidence.seal.key.file = sm2.pem\n", "wants a secret");
    said("evidence.seal.every = 0\n", "`evidence.seal.every` must be a whole number");
    said("evidence.seal.former.key.file = secret, nowhere\n", "`nowhere` cannot be read");
    const auto settings = load(least() +
                               "evidence.seal = sm2\nevidence.seal.key.file = sm2.pem\nevidence.seal.every = 5\n"
                               "evidence.seal.former.key.file = secret, hex.key\n");
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->seal.method, SealMethod::Sm2);
    EXPECT_EQ(settings->seal.every, 5);
    EXPECT_EQ(settings->seal.former.size(), 2U);
}

TEST_F(SettingsTest, AKeyFileThatCannotBeReadIsRefused) {
    EXPECT_EQ(problemsOf(least() + "envelope.hmac-sm3.key.file = nowhere\n"),
              at(kNext,
                 "`envelope.hmac-sm3.key.file` names a file that cannot be read or is empty: check the path and "
                 "its permissions"));
}

TEST_F(SettingsTest, AFileThatIsNotThereIsRefused) {
    const Loaded<Settings> settings = loadSettings(folder_ / "nowhere.properties", {});
    ASSERT_FALSE(settings);
    EXPECT_EQ(settings.error().front().message, "cannot be read: check the path and its permissions");
}

TEST_F(SettingsTest, ADefinitionStandsBeforeTheFile) {
    const Loaded<Settings> settings = load(least() + "push.concurrency = 4\n", {{"push.concurrency", "9"}});
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->sync.concurrency, 9U);
}

TEST_F(SettingsTest, ADefinitionIsReadAsStrictly) {
    EXPECT_EQ(problemsOf(least(), {{"push.concurency", "9"}}),
              at(0, "`push.concurency` is not a key; config/lianzheng.properties lists them all"));
}

TEST_F(SettingsTest, ASecretIsNoDefinition) {
    const std::string problems = problemsOf(least(), {{"national.client.secret", "open-sesame"}});
    EXPECT_NE(problems.find("secrets come from files, never from the command line"), std::string::npos);
    EXPECT_EQ(problems.find("open-sesame"), std::string::npos);
    EXPECT_EQ(problemsOf(least(), {{"national.client.secret.file", "secret"}}), "");
}

}  // namespace
}  // namespace lianzheng
