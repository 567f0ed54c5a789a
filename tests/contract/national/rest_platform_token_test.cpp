#include <algorithm>

#include "tests/contract/national/rest_platform_fixture.h"

namespace lianzheng {
namespace {

using std::chrono::minutes;

ServerReply unauthorised() { return {.status = 401, .body = ""}; }
ServerReply tokenUnknown() { return {.body = R"({"controls":[],"custom":{},"status":{"code":"0","text":"token"}})"}; }

class RestPlatformTokenTest : public RestPlatformTest {};

TEST_F(RestPlatformTokenTest, OneLoginServesWhoeverWaits) {
    for (int i = 0; i < 10; ++i) platform().start(update());
    for (const Completion& done : collect(10)) EXPECT_TRUE(done.outcome);
    EXPECT_EQ(loginCount(), 1);
    const SeenRequest login = server().seen().front();
    EXPECT_EQ(login.method, "POST");
    EXPECT_EQ(login.query, "");
    EXPECT_EQ(login.headers.at("content-type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(login.body, "client_id=province&client_secret=s3cret%26more&grant_type=client_credentials");
}

TEST_F(RestPlatformTokenTest, TheTokenIsRenewedFiveMinutesBeforeItsEnd) {
    ASSERT_TRUE(call(update()).outcome);
    clock.advance(minutes{115} - std::chrono::milliseconds{1});
    ASSERT_TRUE(call(update()).outcome);
    EXPECT_EQ(loginCount(), 1);
    clock.advance(std::chrono::milliseconds{1});
    ASSERT_TRUE(call(update()).outcome);
    EXPECT_EQ(loginCount(), 2);
    EXPECT_EQ(calls().back().query, "access_token=t2");
}

TEST_F(RestPlatformTokenTest, ARefusedTokenIsRenewedOnceAndTheCallRepeatedOnce) {
    for (const ServerReply& refusal : {unauthorised(), tokenUnknown()}) {
        replies = {refusal, accepted()};
        const int loginsBefore = loginCount();
        const std::size_t callsBefore = calls().size();
        const Completion done = call(update());
        ASSERT_TRUE(done.outcome) << done.outcome.error().code;
        EXPECT_EQ(calls().size(), callsBefore + 2);
        EXPECT_EQ(loginCount(), std::max(loginsBefore, 1) + 1);
        const auto sent = calls();
        EXPECT_EQ(sent[callsBefore].body, sent[callsBefore + 1].body);
        EXPECT_NE(sent[callsBefore].query, sent[callsBefore + 1].query);
        EXPECT_EQ(sent[callsBefore].headers.at("x-request-id"), done.requestId);
        EXPECT_EQ(sent[callsBefore + 1].headers.at("x-request-id"), done.requestId);
    }
}

TEST_F(RestPlatformTokenTest, ASecondRefusalIsDenied) {
    for (const ServerReply& refusal : {unauthorised(), tokenUnknown()}) {
        replies = {refusal};
        const std::size_t before = calls().size();
        const Completion done = call(update());
        ASSERT_FALSE(done.outcome);
        EXPECT_EQ(done.outcome.error().fault, Fault::Denied);
        EXPECT_EQ(calls().size(), before + 2);
    }
}

TEST_F(RestPlatformTokenTest, ManyRefusalsOfOneTokenMakeOneLogin) {
    settings.connections = 8;
    ASSERT_TRUE(call(update()).outcome);
    refusedToken = "t1";
    for (int i = 0; i < 8; ++i) platform().start(update());
    for (const Completion& done : collect(8)) EXPECT_TRUE(done.outcome);
    EXPECT_EQ(loginCount(), 2);
}

TEST_F(RestPlatformTokenTest, ARepetitionIsSignedAfresh) {
    envelope = makeHmacEnvelope({.appId = "app", .key = "key"});
    replies = {unauthorised(), accepted()};
    ASSERT_TRUE(call(update()).outcome);
    EXPECT_NE(calls()[0].headers.at("x-nonce"), calls()[1].headers.at("x-nonce"));
}

TEST_F(RestPlatformTokenTest, EachFailedLoginIsItsFaultAndNothingIsSent) {
    using enum Fault;
    const std::tuple<ServerReply, Fault, std::string> cases[] = {
        {{.body = R"({"controls":[],"custom":{},"status":{"code":"0"}})"}, Denied, "login_refused"},
        {{.status = 400, .body = ""}, Denied, "http_400"},
        {{.status = 401, .body = ""}, Denied, "http_401"},
        {{.status = 403, .body = ""}, Denied, "http_403"},
        {{.status = 429, .body = "", .headers = {{"Retry-After", "3"}}}, Throttled, "http_429"},
        {{.status = 500, .body = ""}, Unavailable, "http_500"},
        {{.body = "busy"}, Unavailable, "malformed_reply"},
        {{.body = "", .conduct = Conduct::CloseAfterReading}, Unavailable, "broken"},
    };
    for (const auto& [reply, fault, code] : cases) {
        logins = {reply};
        platform().start(update());
        platform().start(query());
        for (const Completion& done : collect(2)) {
            ASSERT_FALSE(done.outcome);
            EXPECT_EQ(done.outcome.error().fault, fault) << code;
            EXPECT_EQ(done.outcome.error().code, code);
            EXPECT_EQ(done.outcome.error().where, "national.token");
        }
    }
    EXPECT_TRUE(calls().empty());
    logins.clear();
    EXPECT_TRUE(call(update()).outcome);
}

TEST_F(RestPlatformTokenTest, NoSecretIsInAnyLineOrError) {
    logins = {tokenReply("sEcReTtOkEn")};
    replies = {unauthorised()};
    const Completion done = call(update());
    logins = {{.status = 500, .body = "sEcReTtOkEn"}};
    clock.advance(minutes{200});
    const Completion away = call(update());
    std::string said;
    for (const std::string& line : log.lines) said += line + "\n";
    for (const Completion* each : {&done, &away}) {
        said += each->outcome.error().where + each->outcome.error().code + each->requestId;
    }
    EXPECT_NE(said.find("login_failed"), std::string::npos);
    EXPECT_EQ(said.find("sEcReTtOkEn"), std::string::npos);
    EXPECT_EQ(said.find("s3cret"), std::string::npos);
}

}  // namespace
}  // namespace lianzheng
