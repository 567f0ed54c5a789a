#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include "adapters/envelope/sm3.h"
#include "adapters/national/body_writer.h"
#include "tests/contract/national/rest_platform_fixture.h"

namespace lianzheng {
namespace {

TEST_F(RestPlatformTest, AssigningBringsTheCodeIdBack) {
    replies = {codeAssigned("37000020230000001")};
    const Completion done = call(assign());
    ASSERT_TRUE(done.outcome) << done.outcome.error().code;
    EXPECT_EQ(done.outcome->kind, Verdict::Kind::Accepted);
    EXPECT_EQ(done.outcome->code.value().codeId, "37000020230000001");
    EXPECT_EQ(done.httpStatus, 200);
    EXPECT_GT(done.elapsed.count(), 0);

    ASSERT_EQ(calls().size(), 1U);
    const SeenRequest sent = calls().front();
    std::string body;
    writeBody(assign(), body);
    EXPECT_EQ(sent.method, "POST");
    EXPECT_EQ(sent.path, kAssignPath);
    EXPECT_EQ(sent.query, "access_token=t1");
    EXPECT_EQ(sent.body, body);
    EXPECT_EQ(sent.headers.at("content-type"), "application/json; charset=utf-8");
    EXPECT_EQ(sent.headers.at("x-request-id"), done.requestId);
    EXPECT_EQ(done.requestId.size(), 32U);
    EXPECT_FALSE(sent.headers.contains("expect"));
    EXPECT_EQ(done.businessDigest, sm3Hex(body));
    EXPECT_EQ(done.replyDigest.size(), 64U);
}

TEST_F(RestPlatformTest, TheReplysDigestIsOfItsBytes) {
    replies = {accepted()};
    EXPECT_EQ(call(update()).replyDigest, sm3Hex(accepted().body));
}

TEST_F(RestPlatformTest, EveryOperationHasItsPath) {
    const std::pair<Request, std::string> expected[] = {
        {CheckAdmission{}, "/epoint-gateway/agrycheck/rest/agrycheckrest/Agry_Check"},
        {CollectLicence{}, "/epoint-gateway/agryhj/rest/aqscglryrest/agry_gj"},
        {UpdateState{}, "/epoint-gateway/agryfm/rest/aqscglryrest/agry_update"},
        {ChangeIdentity{}, "/epoint-gateway/agryfm/rest/agryrest/Agry_Change"},
        {QueryCertificate{}, "/epoint-gateway/agryfm/rest/aqscglryrest/agry_checkout"},
        {QueryTransferIns{}, "/epoint-gateway/agryfm/rest/aqscglryrest/agry_transferinquery"},
    };
    for (const auto& [request, path] : expected) {
        ASSERT_TRUE(call(request).outcome) << path;
        EXPECT_EQ(calls().back().path, path);
    }
}

TEST_F(RestPlatformTest, PathsAreConfigurableAndTheHostMayHaveAPrefix) {
    settings.base = server().base() + "/hub";
    settings.paths = {{"update", "/u"}, {"token", "/t"}};
    envelope = makeHmacEnvelope({.appId = "app", .key = "key"});
    replies = {tokenReply("t1"), accepted()};
    ASSERT_TRUE(call(update()).outcome);
    const auto seen = server().seen();
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].path, "/hub/t");
    EXPECT_EQ(seen[1].path, "/hub/u");
    const auto& headers = seen[1].headers;
    EXPECT_EQ(headers.at("x-signature"), hmacSm3Hex("key", "POST\n/hub/u\n" + headers.at("x-timestamp") + "\n" +
                                                               headers.at("x-nonce") + "\n" + sm3Hex(seen[1].body)));
}

TEST_F(RestPlatformTest, EverySendIsSignedAfreshOverItsOwnBytes) {
    envelope = makeHmacEnvelope({.appId = "app", .key = "key"});
    std::set<std::string> nonces;
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(call(update()).outcome);
        const SeenRequest sent = calls().back();
        EXPECT_EQ(sent.headers.at("x-app-id"), "app");
        EXPECT_EQ(sent.headers.at("x-timestamp"), "1772330584005");
        EXPECT_EQ(sent.headers.at("x-signature"),
                  hmacSm3Hex("key", "POST\n" + sent.path + "\n1772330584005\n" + sent.headers.at("x-nonce") + "\n" +
                                        sm3Hex(sent.body)));
        nonces.insert(sent.headers.at("x-nonce"));
    }
    EXPECT_EQ(nonces.size(), 3U);
}

TEST_F(RestPlatformTest, ManyCallsShareFewConnections) {
    settings.connections = 4;
    settings.signingThreads = 2;
    std::set<Ticket> tickets;
    for (int i = 0; i < 200; ++i) tickets.insert(platform().start(update()));
    EXPECT_EQ(tickets.size(), 200U);
    std::set<std::string> ids;
    for (const Completion& done : collect(200)) {
        EXPECT_TRUE(done.outcome);
        EXPECT_EQ(tickets.erase(done.ticket), 1U);
        ids.insert(done.requestId);
    }
    EXPECT_EQ(ids.size(), 200U);
    EXPECT_EQ(calls().size(), 200U);
    EXPECT_LE(server().connections(), 5U);
    EXPECT_EQ(loginCount(), 1);
}

TEST_F(RestPlatformTest, NothingIsSentBeforeItIsAskedFor) {
    EXPECT_TRUE(platform().poll(std::chrono::milliseconds{0}, {}).empty());
    EXPECT_TRUE(server().seen().empty());
}

TEST_F(RestPlatformTest, PollEndsPromptlyWhenAStopIsRequested) {
    replies = {{.body = accepted().body, .conduct = Conduct::StallUntilReleased}};
    platform().start(update());
    std::stop_source source;
    const std::jthread stopper([&] {
        server().waitFor(2);  // the login, and the call
        source.request_stop();
    });
    EXPECT_TRUE(platform().poll(std::chrono::hours{1}, source.get_token()).empty());
    server().release();
    EXPECT_TRUE(collect(1).front().outcome);
}

TEST_F(RestPlatformTest, CallAndWaitGivesUpWhenAStopIsRequested) {
    std::stop_source source;
    source.request_stop();
    const Completion writing = callAndWait(platform(), update(), source.get_token());
    EXPECT_EQ(writing.outcome.error().fault, Fault::InDoubt);
    EXPECT_EQ(writing.outcome.error().code, "stopped");
}

TEST_F(RestPlatformTest, ItMayBeLeftWithCallsUnderWay) {
    replies = {{.body = accepted().body, .conduct = Conduct::StallUntilReleased}};
    for (int i = 0; i < 3; ++i) platform().start(update());
    std::stop_source source;
    const std::jthread stopper([&] {
        server().waitFor(4);
        source.request_stop();
    });
    EXPECT_TRUE(platform().poll(std::chrono::hours{1}, source.get_token()).empty());
}

TEST_F(RestPlatformTest, TheServersClockIsComparedWithOurs) {
    // 2026-03-01T02:03:04.005Z is our time.
    ServerReply late = accepted();
    late.headers["Date"] = "Sun, 01 Mar 2026 02:04:04 GMT";
    replies = {late, accepted()};
    EXPECT_EQ(call(update()).clockSkew, std::chrono::seconds{60});
    EXPECT_EQ(call(update()).clockSkew, std::nullopt);
}

TEST_F(RestPlatformTest, ABodyOf70KilobytesArrivesWhole) {
    AssignCode large = assign();
    large.photo = "data:image/jpg;base64," + std::string(70'000, 'Q');
    replies = {codeAssigned("C")};
    ASSERT_TRUE(call(large).outcome);
    std::string body;
    writeBody(large, body);
    EXPECT_EQ(calls().front().body, body);
}

TEST_F(RestPlatformTest, AKeyThatCannotBeReadIsSaidAtTheStart) {
    SeededRandom random{1};
    settings.base = "http://127.0.0.1:1";
    settings.codeKeyPem = "no key";
    const auto made = makeRestPlatform(settings, *envelope, clock, random, log);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().fault, Fault::Corrupt);
    EXPECT_EQ(made.error().code, "key");
}

}  // namespace
}  // namespace lianzheng
