#include <csignal>

#include "tests/contract/national/rest_platform_fixture.h"

namespace lianzheng {
namespace {

/// Against its own server with TLS.
class RestPlatformTlsTest : public RestPlatformTest {
protected:
    RestPlatformTlsTest() { std::signal(SIGPIPE, SIG_IGN); }

    Completion over(ScriptedServer& secure) {
        settings.base = secure.base();
        return call(update());
    }
    std::unique_ptr<ScriptedServer> secure(bool demandsClientCertificate = false) {
        return std::make_unique<ScriptedServer>(
            [this](const SeenRequest& request) { return answer(request); },
            ScriptedServer::Tls{files_.certificate, files_.key, demandsClientCertificate});
    }
    static void expectRefused(const Completion& done) {
        ASSERT_FALSE(done.outcome);
        EXPECT_EQ(done.outcome.error().fault, Fault::Unavailable);
        EXPECT_EQ(done.outcome.error().code, "tls");
    }

    ScratchDirectory scratch_;
    CertificateFiles files_ = CertificateFiles::make(scratch_.path(), "platform");
};

TEST_F(RestPlatformTlsTest, ACertificateOfTheGivenAuthorityIsTrusted) {
    const auto server = secure();
    settings.caFile = files_.certificate.string();
    EXPECT_TRUE(over(*server).outcome);
    ASSERT_TRUE(call(update()).outcome);
    EXPECT_EQ(server->connections(), 1U) << "the login's connection is used again";
}

TEST_F(RestPlatformTlsTest, AStrangersCertificateIsRefusedAndNothingIsSent) {
    const auto server = secure();
    expectRefused(over(*server));
    EXPECT_TRUE(server->seen().empty());
}

TEST_F(RestPlatformTlsTest, AnotherAuthoritysCertificateIsRefused) {
    const auto server = secure();
    settings.caFile = CertificateFiles::make(scratch_.path(), "other").certificate.string();
    expectRefused(over(*server));
}

TEST_F(RestPlatformTlsTest, VerificationCanBeSwitchedOff) {
    const auto server = secure();
    settings.verifyTls = false;
    EXPECT_TRUE(over(*server).outcome);
}

TEST_F(RestPlatformTlsTest, AClientCertificateIsShownWhenThereIsOne) {
    const auto server = secure(true);
    settings.caFile = files_.certificate.string();
    settings.clientCertificateFile = files_.certificate.string();
    settings.clientKeyFile = files_.key.string();
    EXPECT_TRUE(over(*server).outcome);
}

TEST_F(RestPlatformTlsTest, WithoutItsClientCertificateNothingIsSent) {
    const auto server = secure(true);
    settings.caFile = files_.certificate.string();
    const Completion done = over(*server);
    ASSERT_FALSE(done.outcome);
    EXPECT_EQ(done.outcome.error().fault, Fault::Unavailable);
    EXPECT_TRUE(server->seen().empty());
}

TEST_F(RestPlatformTlsTest, AKeptConnectionThatDiesIsInDoubt) {
    const auto server = secure();
    settings.caFile = files_.certificate.string();
    replies = {accepted(), {.body = "", .conduct = Conduct::CloseAfterReading}};
    ASSERT_TRUE(over(*server).outcome);
    const Completion lost = call(update());
    ASSERT_FALSE(lost.outcome);
    EXPECT_EQ(lost.outcome.error().fault, Fault::InDoubt);
    EXPECT_EQ(server->seen().size(), 3U);
}

}  // namespace
}  // namespace lianzheng
