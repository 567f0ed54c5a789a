#include "tests/simulator/national/faults.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/simulator/national/envelope_check.h"
#include "tests/simulator/national/hashes.h"
#include "tests/simulator/national/reply.h"
#include "tests/simulator/national/switches.h"
#include "tests/simulator/national/token_desk.h"
#include "tests/unit/simulator/national_samples.h"

namespace lianzheng::sim::national::samples {

using namespace std::chrono_literals;

TEST(NationalFaultsTest, EverySwitchHasAUniqueNameAndTakesAValue) {
    std::set<std::string> names;
    for (const Switch& one : allSwitches()) EXPECT_TRUE(names.insert(one.name).second) << one.name;
    Switches switches;
    EXPECT_EQ(setSwitches(switches, R"({"repeat":"exists","throttle":5,"lost":0.25,"at":"3:lost,7:malformed",
                                        "final-states":false,"kill-when":"after"})"),
              std::nullopt);
    EXPECT_EQ(switches.rules.repeat, Repeat::Exists);
    EXPECT_FALSE(switches.rules.finalStates);
    EXPECT_TRUE(has(switches.faults.of(7), Fault::Malformed));
    EXPECT_EQ(switches.faults.killWhen, KillWhen::After);
    EXPECT_NE(setSwitches(switches, R"({"lost":2})"), std::nullopt);
    EXPECT_NE(setSwitches(switches, R"({"at":"3:lots"})"), std::nullopt);
    EXPECT_NE(setSwitches(switches, R"({"no-such":1})"), std::nullopt);
}

TEST(NationalFaultsTest, ChancesFollowTheSeedAndTheCallNumber) {
    Faults faults;
    faults.set(Fault::Lost, 0.3);
    std::size_t struck = 0;
    for (std::uint64_t call = 1; call <= 1000; ++call) {
        EXPECT_EQ(faults.of(call), faults.of(call));
        struck += has(faults.of(call), Fault::Lost) ? 1U : 0U;
    }
    EXPECT_NEAR(static_cast<double>(struck), 300, 50);
    faults = {};
    faults.tokenExpiryEvery = 4;
    EXPECT_FALSE(has(faults.of(3), Fault::TokenExpired));
    EXPECT_TRUE(has(faults.of(4), Fault::TokenExpired));
}

TEST(NationalFaultsTest, ThrottleRefusesWhatIsTooFast) {
    Rules rules;
    rules.throttlePerSecond = 2;
    Platform platform{rules};
    const Reply reply =
        platform.call(Operation::Assign, {issueOf("B", 1, 1, 1), issueOf("B", 2, 2, 1), issueOf("B", 3, 3, 1)});
    ASSERT_EQ(reply.errors.size(), 1U);
    EXPECT_EQ(reply.errors[0].text, kTooFast);
    EXPECT_EQ(platform.refusal(Operation::Update, update(issueOf("B", 1, 1, 1), "03", "02", 9)), "");
    platform.now += 500ms;
    EXPECT_EQ(platform.refusal(Operation::Assign, issueOf("B", 3, 3, 1)), "");
    rules.throttleAnswer = ThrottleAnswer::TooManyRequests;
    platform.registry.setRules(rules);
    EXPECT_EQ(platform.call(Operation::Assign, {issueOf("B", 4, 4, 1)}).kind, Reply::Kind::TooManyRequests);
    EXPECT_FALSE(platform.registry.find(certNum("B", 4)));
}

TEST(NationalFaultsTest, RepliesTakeEveryShapeOfTheDocument) {
    Reply reply;
    EXPECT_EQ(
        render(reply, {}),
        R"({"ReturnCode":"1","ReturnMsg":"操作成功","ReturnData":{"SuccessData":[],"WarnData":[],"ErrorData":[]}})");
    EXPECT_EQ(render(reply, {true, true, SparseData::Absent}),
              R"({"custom":{"ReturnCode":1,"ReturnMsg":"操作成功"},"status":{"code":"1"}})");
    EXPECT_EQ(render(reply, {false, false, SparseData::Null}),
              R"({"ReturnCode":"1","ReturnMsg":"操作成功","ReturnData":null})");
    EXPECT_EQ(render(reply, {false, false, SparseData::EmptyText}),
              R"({"ReturnCode":"1","ReturnMsg":"操作成功","ReturnData":""})");
    reply.success.push_back({{"eCertID", "x"}});
    EXPECT_EQ(render(reply, {false, false, SparseData::Absent}),
              R"({"ReturnCode":"1","ReturnMsg":"操作成功","ReturnData":{"SuccessData":[{"eCertID":"x"}]}})");
    reply.warnings.push_back({"x", "w"});
    EXPECT_EQ(reply.returnCode(), 2);
    reply.errors.push_back({"x", "e"});
    EXPECT_EQ(reply.returnCode(), 0);
}

TEST(NationalFaultsTest, TokensExpire) {
    TimePoint now{1000h};
    TokenDesk desk{"id", "secret", [&] { return now; }, 1};
    const Rules rules;
    EXPECT_NE(desk.logIn({"id", "wrong", "client_credentials"}, rules).find(R"("code":"0")"), std::string::npos);
    const std::string reply = desk.logIn({"id", "secret", "client_credentials"}, rules);
    EXPECT_NE(reply.find(R"("expires_in":"7200")"), std::string::npos);
    const std::string token = reply.substr(reply.find("access_token\":\"") + 15, 32);
    EXPECT_TRUE(desk.isValid(token));
    EXPECT_FALSE(desk.isValid("other"));
    now += 2h;
    EXPECT_FALSE(desk.isValid(token));
    Rules numeric;
    numeric.expiresInIsNumber = true;
    EXPECT_NE(desk.logIn({"id", "secret", "client_credentials"}, numeric).find(R"("expires_in":7200})"),
              std::string::npos);
}

TEST(NationalFaultsTest, TheEnvelopeIsVerified) {
    TimePoint now{1000h};
    EnvelopeOptions options;
    options.require = {Envelope::HmacSm3};
    options.appId = "app";
    options.key = "key";
    EnvelopeCheck check{options, [&] { return now; }};
    using Headers = std::map<std::string, std::string>;
    const auto signedAt = [&](TimePoint time, const std::string& nonce) {
        const auto ms = std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
        Headers headers{{"X-App-Id", "app"}, {"X-Timestamp", std::to_string(ms)}, {"X-Nonce", nonce}};
        headers["X-Signature"] =
            lowerHex(hmacSm3("key", "POST\n/p\n" + headers["X-Timestamp"] + "\n" + nonce + "\n" + lowerHex(sm3("{}"))));
        return headers;
    };
    const auto problem = [&](Headers headers, const std::string& body = "{}") {
        SignedRequest request{"POST", "/p", "token", body, [headers](const std::string& name) {
                                  return headers.contains(name) ? headers.at(name) : "";
                              }};
        return check.problem(request);
    };
    EXPECT_EQ(problem(signedAt(now, "1")), std::nullopt);
    EXPECT_NE(problem(signedAt(now, "1")), std::nullopt);
    EXPECT_EQ(problem(signedAt(now + 180s, "2")), std::nullopt);
    EXPECT_NE(problem(signedAt(now - 181s, "3")), std::nullopt);
    EXPECT_NE(problem(signedAt(now, "4"), "{ }"), std::nullopt);
    Headers other = signedAt(now, "5");
    other["X-App-Id"] = "another";
    EXPECT_NE(problem(other), std::nullopt);
}

}  // namespace lianzheng::sim::national::samples
