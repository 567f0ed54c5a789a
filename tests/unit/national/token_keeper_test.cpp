#include "adapters/national/token_keeper.h"

#include <string>

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

constexpr TimePoint kNow{1'772'330'584'005ms};

std::string reply(const std::string& custom, const std::string& status) {
    return R"({"controls":[],"custom":)" + custom + R"(,"status":)" + status + "}";
}

TEST(TokenKeeperTest, ExactlyOneLogsInAtATime) {
    TokenKeeper keeper;
    EXPECT_FALSE(keeper.usable(kNow));
    EXPECT_TRUE(keeper.beginLogin());
    EXPECT_FALSE(keeper.beginLogin());
    keeper.failed();
    EXPECT_FALSE(keeper.usable(kNow));
    EXPECT_TRUE(keeper.beginLogin());
    keeper.granted({"a", 7200s}, kNow);
    EXPECT_TRUE(keeper.usable(kNow));
    EXPECT_TRUE(keeper.beginLogin());
}

TEST(TokenKeeperTest, ATokenIsUsedUntilFiveMinutesBeforeItsEnd) {
    TokenKeeper keeper;
    keeper.granted({"a", 7200s}, kNow);
    EXPECT_TRUE(keeper.usable(kNow + 6900s - 1ms));
    EXPECT_FALSE(keeper.usable(kNow + 6900s));
}

TEST(TokenKeeperTest, AShortLivedTokenIsUsedForHalfOfItsLife) {
    TokenKeeper keeper;
    keeper.granted({"a", 60s}, kNow);
    EXPECT_TRUE(keeper.usable(kNow + 30s - 1ms));
    EXPECT_FALSE(keeper.usable(kNow + 30s));
    keeper.granted({"b", 1s}, kNow);
    EXPECT_TRUE(keeper.usable(kNow));
}

TEST(TokenKeeperTest, ARefusalMeansTheTokenItWasSaidOf) {
    TokenKeeper keeper;
    keeper.granted({"a", 7200s}, kNow);
    const auto first = keeper.generation();
    keeper.granted({"b", 7200s}, kNow);
    keeper.refused(first);
    EXPECT_TRUE(keeper.usable(kNow));
    keeper.refused(keeper.generation());
    EXPECT_FALSE(keeper.usable(kNow));
}

TEST(TokenReplyTest, LifetimesMayBeTextOrNumber) {
    for (const char* lifetime : {R"("7200")", "7200"}) {
        for (const char* status : {R"({"code":"1"})", R"({"code":1})"}) {
            const auto grant =
                decodeTokenReply(reply(R"({"access_token":"t","expires_in":)" + std::string(lifetime) + "}", status));
            ASSERT_TRUE(grant);
            EXPECT_EQ(grant->token, "t");
            EXPECT_EQ(grant->lifetime, 7200s);
        }
    }
}

TEST(TokenReplyTest, AnyOtherStatusIsARefusal) {
    for (const char* status : {R"({"code":"0"})", R"({"code":"-1"})", R"({"code":0})", R"({"code":"401"})"}) {
        const auto grant = decodeTokenReply(reply(R"({"access_token":"t","expires_in":"1"})", status));
        ASSERT_FALSE(grant);
        EXPECT_EQ(grant.error().fault, Fault::Denied);
        EXPECT_EQ(grant.error().code, "login_refused");
    }
}

TEST(TokenReplyTest, AnythingElseIsMalformed) {
    const std::string fine = R"({"code":"1"})";
    const std::string bodies[] = {
        "",
        "null",
        "[]",
        "{}",
        reply("{}", fine),
        reply(R"({"access_token":"","expires_in":"7200"})", fine),
        reply(R"({"access_token":7,"expires_in":"7200"})", fine),
        reply(R"({"access_token":"t"})", fine),
        reply(R"({"access_token":"t","expires_in":"soon"})", fine),
        reply(R"({"access_token":"t","expires_in":"7200s"})", fine),
        reply(R"({"access_token":"t","expires_in":"0"})", fine),
        reply(R"({"access_token":"t","expires_in":-1})", fine),
        reply(R"({"access_token":"t","expires_in":"7200"})", "{}"),
        reply(R"({"access_token":"t","expires_in":"7200"})", R"({"code":"ok"})"),
        reply(R"({"access_token":"t","expires_in":"7200"})", fine) + "}",
    };
    for (const std::string& body : bodies) {
        const auto grant = decodeTokenReply(body);
        ASSERT_FALSE(grant) << body;
        EXPECT_EQ(grant.error().fault, Fault::Unavailable) << body;
        EXPECT_EQ(grant.error().code, "malformed_reply");
    }
}

TEST(TokenReplyTest, AnEndlessLifeIsCutToAMonth) {
    const auto grant =
        decodeTokenReply(reply(R"({"access_token":"t","expires_in":9223372036854775807})", R"({"code":"1"})"));
    EXPECT_EQ(grant.value().lifetime, std::chrono::days{31});
}

}  // namespace
}  // namespace lianzheng
