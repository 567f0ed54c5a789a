#include "tests/contract/national/rest_platform_fixture.h"

namespace lianzheng {
namespace {

struct Case {
    const char* name;
    ServerReply reply;
    Fault writing;
    Fault reading;
    std::string code;
};

ServerReply conduct(Conduct how) {
    return {.body = R"({"ReturnCode":"1","ReturnMsg":"ok","ReturnData":""})", .conduct = how};
}

class RestPlatformFaultTest : public RestPlatformTest {};

TEST_F(RestPlatformFaultTest, EachMisbehaviourIsItsFault) {
    using enum Fault;
    const Case cases[] = {
        {"closed before reading", conduct(Conduct::CloseBeforeReading), InDoubt, Unavailable, "broken"},
        {"closed after reading", conduct(Conduct::CloseAfterReading), InDoubt, Unavailable, "broken"},
        {"truncated", conduct(Conduct::Truncate), InDoubt, Unavailable, "broken"},
        {"not HTTP", {.body = "no http at all\r\n", .conduct = Conduct::Garbage}, InDoubt, Unavailable, "broken"},
        {"not JSON", {.body = "<html>busy</html>"}, InDoubt, Unavailable, "malformed_json"},
        {"empty", {.body = ""}, InDoubt, Unavailable, "malformed_json"},
        {"100 MB", {.flood = 100U << 20U}, InDoubt, Unavailable, "too_large"},
        {"502", {.status = 502, .body = "bad gateway"}, InDoubt, Unavailable, "http_502"},
        {"503", {.status = 503, .body = ""}, InDoubt, Unavailable, "http_503"},
        {"403", {.status = 403, .body = ""}, InDoubt, Unavailable, "http_403"},
        {"204", {.status = 204, .body = ""}, InDoubt, Unavailable, "http_204"},
        {"413", {.status = 413, .body = ""}, Rejected, Rejected, "http_413"},
        {"redirect",
         {.status = 302, .body = "", .headers = {{"Location", "/elsewhere"}}},
         InDoubt,
         Unavailable,
         "http_302"},
    };
    for (const Case& each : cases) {
        replies = {each.reply};
        const std::size_t before = calls().size();
        const Completion writing = call(update());
        ASSERT_FALSE(writing.outcome) << each.name;
        EXPECT_EQ(writing.outcome.error().fault, each.writing) << each.name;
        EXPECT_EQ(writing.outcome.error().code, each.code) << each.name;
        EXPECT_EQ(writing.outcome.error().where, "national.update");
        const Completion reading = call(query());
        ASSERT_FALSE(reading.outcome) << each.name;
        EXPECT_EQ(reading.outcome.error().fault, each.reading) << each.name;
        EXPECT_EQ(calls().size(), before + 2) << each.name << ": nothing is repeated behind our back";
    }
    replies = {accepted()};
    EXPECT_TRUE(call(update()).outcome) << "and then the service restores";
}

TEST_F(RestPlatformFaultTest, ADyingKeptConnectionDoesNotSendTwice) {
    replies = {accepted(), conduct(Conduct::CloseAfterReading), accepted()};
    ASSERT_TRUE(call(update()).outcome);
    const Completion lost = call(update());
    ASSERT_FALSE(lost.outcome);
    EXPECT_EQ(lost.outcome.error().fault, Fault::InDoubt);
    EXPECT_EQ(calls().size(), 2U);
    EXPECT_TRUE(call(update()).outcome);
    EXPECT_EQ(calls().size(), 3U);
}

TEST_F(RestPlatformFaultTest, ASecondAnswerIsNotTakenForTheNextCalls) {
    ServerReply twice = codeAssigned("FIRST");
    twice.conduct = Conduct::AnswerTwice;
    replies = {twice, {.body = R"({"ReturnCode":"0","ReturnMsg":"no"})"}};
    EXPECT_EQ(call(assign()).outcome.value().code.value().codeId, "FIRST");
    const Completion second = call(update());
    ASSERT_TRUE(second.outcome) << second.outcome.error().code;
    EXPECT_EQ(second.outcome->kind, Verdict::Kind::Refused);
}

TEST_F(RestPlatformFaultTest, AStalledCallIsInDoubtAfterItsTime) {
    settings.timeout = std::chrono::milliseconds{300};
    replies = {conduct(Conduct::StallUntilReleased)};
    const Completion writing = call(update());
    ASSERT_FALSE(writing.outcome);
    EXPECT_EQ(writing.outcome.error().fault, Fault::InDoubt);
    EXPECT_EQ(writing.outcome.error().code, "timeout");
    EXPECT_EQ(writing.httpStatus, 0);
    EXPECT_TRUE(writing.replyDigest.empty());
    server().release();
    EXPECT_TRUE(call(update()).outcome);
}

TEST_F(RestPlatformFaultTest, TooManyRequestsSaysWhenToComeBack) {
    replies = {{.status = 429, .body = "", .headers = {{"Retry-After", "7"}}}, {.status = 429, .body = ""}};
    const Completion first = call(update());
    EXPECT_EQ(first.outcome.error().fault, Fault::Throttled);
    EXPECT_EQ(first.outcome.error().retryAfter, std::chrono::seconds{7});
    EXPECT_EQ(call(update()).outcome.error().retryAfter, std::nullopt);
}

TEST_F(RestPlatformFaultTest, NobodyThereMeansThatNothingHappened) {
    ASSERT_TRUE(call(update()).outcome);
    server().refuseConnections(true);
    replies = {conduct(Conduct::CloseAfterReading)};
    EXPECT_EQ(call(update()).outcome.error().fault, Fault::InDoubt);  // the kept connection is gone now
    settings.base = "http://127.0.0.1:1";
    SeededRandom random{2};
    settings.codeKeyPem = keys().privatePem;
    const auto lonely = makeRestPlatform(settings, *envelope, clock, random, log);
    const Completion done = callAndWait(**lonely, update(), {});
    EXPECT_EQ(done.outcome.error().fault, Fault::Unavailable);
    EXPECT_EQ(done.outcome.error().code, "not_connected");
    EXPECT_EQ(done.httpStatus, 0);
}

TEST_F(RestPlatformFaultTest, AHostileOrMissingProxyEnvironmentIsIgnored) {
    ASSERT_EQ(setenv("http_proxy", "http://127.0.0.1:1", 1), 0);
    EXPECT_TRUE(call(update()).outcome);
    ASSERT_EQ(unsetenv("http_proxy"), 0);
}

TEST_F(RestPlatformFaultTest, AConfiguredProxyIsUsed) {
    settings.base = "http://platform.invalid";
    settings.proxy = server().base();
    ASSERT_TRUE(call(update()).outcome);
    EXPECT_EQ(calls().front().headers.at("host"), "platform.invalid");
}

}  // namespace
}  // namespace lianzheng
