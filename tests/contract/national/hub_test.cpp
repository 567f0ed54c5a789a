#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "adapters/envelope/envelope.h"
#include "adapters/national/rest_platform.h"
#include "adapters/runtime/clock.h"
#include "adapters/runtime/random.h"
#include "tests/simulator/national/national_server.h"
#include "tests/support/run_time_keys.h"

namespace lianzheng {
namespace {

namespace hub = sim::national;

constexpr const char* kSm4Key = "0123456789abcdef";

/// Both sides of one hub: our envelopes, and those that the simulator opens and verifies by code of its own.
class HubTest : public testing::TestWithParam<std::vector<std::string>> {
protected:
    static const Sm2KeyPair& keys() {
        static const Sm2KeyPair pair = Sm2KeyPair::make();
        return pair;
    }
    static std::unique_ptr<Envelope> ours(const std::string& name) {
        if (name == "tif") return makeTifEnvelope({.paasId = "app", .token = "secret"});
        if (name == "tif-sm3") return makeTifEnvelope({.hash = Hash::Sm3, .paasId = "app", .token = "secret"});
        if (name == "sm4") return makeSm4Envelope({.cityNum = "370800", .key = kSm4Key});
        if (name == "sm2") {
            return makeSm2Envelope({.appCode = "app", .key = kSm4Key},
                                   Sm2Signer::load(keys().privatePem, "1234567812345678").value());
        }
        const Hash hash = name == "hmac-sm3" ? Hash::Sm3 : Hash::Sha256;
        return makeHmacEnvelope({.hash = hash, .appId = "app", .key = "key"});
    }
    static hub::ServerOptions server() {
        hub::ServerOptions options;
        for (const std::string& name : GetParam()) {
            options.envelope.require.push_back(hub::envelopeNamed(name).value());
        }
        options.envelope.appId = "app";
        options.envelope.key = "key";
        options.envelope.tifToken = "secret";
        options.envelope.sm4Key = kSm4Key;
        options.envelope.sm2PublicPem = keys().publicPem;
        return options;
    }
    /// A query for a certificate that nobody holds.
    static Completion ask(const hub::ServerOptions& options, bool sealLogin = false) {
        hub::NationalServer national(options);
        national.start();
        std::vector<std::unique_ptr<Envelope>> inOrder;
        for (const std::string& name : GetParam()) inOrder.push_back(ours(name));
        const auto envelope = makeEnvelopes(std::move(inOrder));
        SystemClock clock;
        SeededRandom random{1};
        SilentLog log;
        RestPlatformSettings settings;
        settings.base = national.baseUrl();
        settings.sealLogin = sealLogin;
        settings.codeKeyPem = CodeKeyPair::make(512).privatePem;
        const auto platform = makeRestPlatform(settings, *envelope, clock, random, log).value();
        return callAndWait(*platform, QueryCertificate{.certNum = "鲁建安B（2023）0000001", .identityCard = {}}, {});
    }
};

TEST_P(HubTest, OpensWhatWeSeal) {
    const Completion answer = ask(server());
    ASSERT_TRUE(answer.outcome) << answer.outcome.error().code;
    EXPECT_EQ(answer.outcome->kind, Verdict::Kind::Accepted);
}

TEST_P(HubTest, RefusesAnotherKey) {
    hub::ServerOptions options = server();
    options.envelope.key = "another";
    options.envelope.tifToken = "another";
    options.envelope.sm4Key = "fedcba9876543210";
    EXPECT_FALSE(ask(options).outcome);
}

TEST_P(HubTest, TheLoginIsSignedInHeadersWhereTheHubWantsIt) {
    hub::ServerOptions options = server();
    options.envelopeOnToken = true;
    const Completion answer = ask(options, true);
    ASSERT_TRUE(answer.outcome) << answer.outcome.error().code;
    const auto signsInHeaders = [](const std::string& name) { return name != "sm4" && name != "sm2"; };
    if (std::ranges::none_of(GetParam(), signsInHeaders)) return;
    const Completion bare = ask(options);
    ASSERT_FALSE(bare.outcome);
    EXPECT_EQ(bare.outcome.error().fault, Fault::Denied);
}

INSTANTIATE_TEST_SUITE_P(All, HubTest,
                         testing::Values(std::vector<std::string>{"tif"}, std::vector<std::string>{"tif-sm3"},
                                         std::vector<std::string>{"sm4"}, std::vector<std::string>{"sm2"},
                                         std::vector<std::string>{"hmac-sm3"}, std::vector<std::string>{"hmac-sha256"},
                                         std::vector<std::string>{"sm4", "hmac-sha256"},
                                         std::vector<std::string>{"sm4", "hmac-sm3", "tif"},
                                         std::vector<std::string>{"sm2", "tif-sm3"}));

}  // namespace
}  // namespace lianzheng
