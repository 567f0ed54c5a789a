#include "tests/simulator/national/national_server.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/simulator/national/sim_client.h"
#include "tests/unit/simulator/national_samples.h"

namespace lianzheng::sim::national::samples {

namespace {

struct Answer {
    int status = 0;
    std::string body;
};

class NationalServerTest : public ::testing::Test {
protected:
    void SetUp() override { port_ = server_.start(); }

    Answer post(const std::string& target, const std::string& type, const std::string& text) {
        Poco::Net::HTTPClientSession session{"127.0.0.1", port_};
        Poco::Net::HTTPRequest request{"POST", target, "HTTP/1.1"};
        request.setContentType(type);
        request.setContentLength64(static_cast<Poco::Int64>(text.size()));
        session.sendRequest(request) << text << std::flush;
        Poco::Net::HTTPResponse response;
        Answer answer;
        Poco::StreamCopier::copyToString(session.receiveResponse(response), answer.body);
        answer.status = response.getStatus();
        return answer;
    }

    std::string logIn() {
        const Answer answer = post(std::string(kTokenPath), "application/x-www-form-urlencoded",
                                   "client_id=a&client_secret=b&grant_type=client_credentials");
        return answer.body.substr(answer.body.find("access_token\":\"") + 15, 32);
    }

    Answer call(Operation operation, const std::string& token, const Fields& item) {
        return post(std::string(pathOf(operation)) + "?access_token=" + token, "application/json; charset=utf-8",
                    body({item}));
    }

    NationalServer server_{ServerOptions{}};
    std::uint16_t port_ = 0;
};

}  // namespace

TEST_F(NationalServerTest, OneRoundTrip) {
    EXPECT_EQ(call(Operation::Assign, "none", issue()).status, 401);
    const std::string token = logIn();
    const Answer assigned = call(Operation::Assign, token, issue());
    EXPECT_EQ(assigned.status, 200);
    EXPECT_NE(assigned.body.find("encryCertid"), std::string::npos);
    EXPECT_EQ(call(Operation::Assign, token, issue()).body, assigned.body);
    const std::string code = server_.registry().find(certNum("C3", 1))->codeId;
    EXPECT_NE(call(Operation::Collect, token, {{"ID", code}, {"zzeCertID", identifier(1, 1)}, {"url", "u"}})
                  .body.find(R"("ReturnCode":"1")"),
              std::string::npos);
    EXPECT_NE(callSim(server_.baseUrl(), "GET", "/sim/registry", "").find(code), std::string::npos);
    EXPECT_NE(callSim(server_.baseUrl(), "GET", "/sim/stats", "").find(R"("repeated":1)"), std::string::npos);
    EXPECT_EQ(server_.writingCalls(), 4U);
}

TEST_F(NationalServerTest, FaultsStrikeTheirCallAndTheRegistryKnows) {
    const std::string token = logIn();
    callSim(
        server_.baseUrl(), "POST", "/sim/faults?restart=1",
        R"({"at":"1:unavailable,2:lost,3:bad-gateway,4:truncated,5:malformed,6:wrapped,7:huge","huge-reply":100000})");
    EXPECT_EQ(call(Operation::Assign, token, issue()).status, 503);
    EXPECT_TRUE(server_.registry().entries().empty());
    EXPECT_THROW(call(Operation::Assign, token, issue()), Poco::Exception);
    EXPECT_EQ(server_.registry().entries().size(), 1U);
    EXPECT_EQ(call(Operation::Assign, token, issue()).status, 502);
    EXPECT_EQ(call(Operation::Assign, token, issue()).body.find("}]"), std::string::npos);
    EXPECT_EQ(call(Operation::Assign, token, issue()).body.find("}]"), std::string::npos);
    EXPECT_EQ(call(Operation::Assign, token, issue()).body.find(R"({"custom":{)"), 0U);
    EXPECT_GT(call(Operation::Assign, token, issue()).body.size(), 100000U);
    EXPECT_EQ(server_.registry().stats().repeated, 5U);
    EXPECT_EQ(server_.registry().stats().doubled, 0U);
}

TEST_F(NationalServerTest, KillsItsTargetAtTheWritingCallBeforeWhileAndAfterActing) {
    const std::string token = logIn();
    for (const KillWhen when : {KillWhen::Before, KillWhen::Acting, KillWhen::After}) {
        server_.registry().erase(certNum("C3", 1));
        const pid_t child = ::fork();
        if (child == 0) {
            for (;;) ::pause();
        }
        server_.restartCounting();
        server_.change([&](Switches& switches) {
            switches.faults.killPid = child;
            switches.faults.killAt = 1;
            switches.faults.killWhen = when;
        });
        ASSERT_EQ(call(Operation::QueryOut, token, {{"certNum", "x"}}).status, 200);
        if (when == KillWhen::After) {
            EXPECT_EQ(call(Operation::Assign, token, issue()).status, 200);
        } else {
            EXPECT_THROW(call(Operation::Assign, token, issue()), Poco::Exception);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        EXPECT_EQ(server_.registry().entries().size(), when == KillWhen::Before ? 0U : 1U);
        server_.change([](Switches& switches) { switches.faults.killAt = 0; });
    }
}

TEST_F(NationalServerTest, TheRegistryAndThePortSurviveARestart) {
    ASSERT_EQ(call(Operation::Assign, logIn(), issue()).status, 200);
    server_.stop();
    EXPECT_THROW(logIn(), Poco::Exception);
    EXPECT_EQ(server_.start(), port_);
    EXPECT_EQ(server_.registry().entries().size(), 1U);
    server_.change([](Switches& switches) { switches.rules.repeat = Repeat::Exists; });
    EXPECT_NE(call(Operation::Assign, logIn(), issue()).body.find(kNumberExists), std::string::npos);
}

}  // namespace lianzheng::sim::national::samples
