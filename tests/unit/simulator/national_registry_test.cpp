#include "tests/simulator/national/registry.h"

#include <gtest/gtest.h>

#include "tests/simulator/national/entry_json.h"
#include "tests/simulator/national/tamper.h"
#include "tests/unit/simulator/national_samples.h"

namespace lianzheng::sim::national::samples {

namespace {

using namespace std::chrono_literals;

Fields change(const std::string& operateType, unsigned event, std::initializer_list<Change> changes = {}) {
    return with(with(issue(), {{"operateType", operateType}, {"eCertID", eventId(event)}}), changes);
}

}  // namespace

TEST(NationalRegistryTest, AssignCollectUpdateQuery) {
    Platform platform;
    const Reply assigned = platform.call(Operation::Assign, {issue()});
    EXPECT_EQ(assigned.returnCode(), 1);
    const std::string code = platform.registry.find(certNum("C3", 1))->codeId;
    EXPECT_EQ(code.size(), 32U);
    const Fields licence{{"ID", code}, {"zzeCertID", identifier(1, 1)}, {"url", "https://licence"}};
    EXPECT_TRUE(platform.call(Operation::Collect, {licence}).success.empty());
    EXPECT_TRUE(platform.registry.find(certNum("C3", 1))->collected);
    EXPECT_NE(platform.refusal(Operation::Collect, with(licence, {{"ID", "other"}})), "");
    EXPECT_EQ(platform.refusal(Operation::Update, update(issue(), "05", "04", 2)), "");

    const Reply shown = platform.call(Operation::QueryOut, {{{"certNum", certNum("C3", 1)}}});
    ASSERT_EQ(shown.success.size(), 1U);
    EXPECT_EQ(valueOf(shown.success[0], "certState"), "04");
    EXPECT_EQ(valueOf(shown.success[0], "zzeCertID"), identifier(1, 1));
    EXPECT_FALSE(shown.success[0].contains("eCertID"));
    EXPECT_FALSE(shown.success[0].contains("appointment"));
    EXPECT_EQ(platform.call(Operation::QueryOut, {{{"identityCard", person(1)}}}).success.size(), 1U);
    EXPECT_TRUE(platform.call(Operation::QueryOut, {{{"identityCard", person(2)}}}).success.empty());
}

TEST(NationalRegistryTest, ARepeatedEventIsAnsweredAsSwitched) {
    Rules exists;
    exists.repeat = Repeat::Exists;
    for (const Rules& rules : {Rules{}, exists}) {
        Platform platform{rules};
        const Reply first = platform.call(Operation::Assign, {issue()});
        const Reply again = platform.call(Operation::Assign, {issue()});
        if (rules.repeat == Repeat::SameReply) {
            EXPECT_EQ(again.success, first.success);
        } else {
            ASSERT_EQ(again.errors.size(), 1U);
            EXPECT_NE(again.errors[0].text.find(kNumberExists), std::string::npos);
            EXPECT_EQ(again.errors[0].guid, eventId(1));
        }
        EXPECT_EQ(platform.registry.find(certNum("C3", 1))->events.size(), 1U);
        EXPECT_EQ(platform.registry.stats().repeated, 1U);
        EXPECT_EQ(platform.registry.stats().doubled, 0U);
    }
}

TEST(NationalRegistryTest, TwoEventsForOneStepAreDoubled) {
    Platform platform;
    ASSERT_EQ(platform.refusal(Operation::Assign, issue()), "");
    EXPECT_NE(platform.refusal(Operation::Assign, issue({{"eCertID", eventId(2)}})).find(kNumberExists),
              std::string::npos);
    EXPECT_EQ(platform.registry.stats().doubleRefused, 1U);
    EXPECT_EQ(platform.registry.stats().doubled, 0U);
    ASSERT_EQ(platform.refusal(Operation::Assign, change("09", 3, {{"name", "李四"}})), "");
    ASSERT_EQ(platform.refusal(Operation::Assign, change("09", 4, {{"name", "王五"}})), "");
    EXPECT_EQ(platform.registry.stats().doubled, 0U);
    ASSERT_EQ(platform.refusal(Operation::Assign, change("09", 5, {{"name", "王五"}})), "");
    EXPECT_EQ(platform.registry.stats().doubled, 1U);
}

TEST(NationalRegistryTest, SuspendingTwiceWithARestorationBetweenIsNotDoubled) {
    Platform platform;
    ASSERT_EQ(platform.refusal(Operation::Assign, issue()), "");
    ASSERT_EQ(platform.refusal(Operation::Update, update(issue(), "03", "02", 2)), "");
    ASSERT_EQ(platform.refusal(Operation::Update, update(issue(), "06", "01", 3)), "");
    ASSERT_EQ(platform.refusal(Operation::Update, update(issue(), "03", "02", 4)), "");
    EXPECT_EQ(platform.registry.stats().doubled, 0U);
    ASSERT_EQ(platform.refusal(Operation::Update, update(issue(), "03", "02", 5)), "");
    EXPECT_EQ(platform.registry.stats().doubled, 1U);
}

TEST(NationalRegistryTest, UnknownAndForeignCertificates) {
    Platform platform;
    EXPECT_NE(platform.refusal(Operation::Update, update(issue(), "05", "04", 2)).find(kNoMatch), std::string::npos);
    EXPECT_NE(platform.refusal(Operation::Assign, change("02", 2)).find(kNoMatch), std::string::npos);
    ASSERT_EQ(platform.refusal(Operation::Assign, issue()), "");
    EXPECT_NE(platform.refusal(Operation::Assign, change("09", 3, {{"identityCard", person(2)}})).find(kNumberExists),
              std::string::npos);
    EXPECT_NE(platform.refusal(Operation::Assign, with(issueOf("B", 2, 3, 1), {{"eCertID", eventId(1)}})), "");
}

TEST(NationalRegistryTest, ALateRenewalOfACancelledCertificate) {
    for (const Revival revival : {Revival::Refuse, Revival::WhenExpired, Revival::Accept}) {
        for (const bool expired : {false, true}) {
            Rules rules;
            rules.revival = revival;
            Platform platform{rules};
            ASSERT_EQ(platform.refusal(Operation::Assign, issue()), "");
            if (expired) platform.now += 24h * 1000;
            ASSERT_EQ(platform.refusal(Operation::Update, update(issue(), "05", "04", 2)), "");
            const bool accepted =
                platform.refusal(Operation::Assign, change("02", 3, {{"expiringDate", "2029-06-30"}})).empty();
            EXPECT_EQ(accepted, revival == Revival::Accept || (revival == Revival::WhenExpired && expired));
        }
    }
}

TEST(NationalRegistryTest, ThePredecessorsIdentifierMustAgreeOnceCollected) {
    Platform platform;
    ASSERT_EQ(platform.refusal(Operation::Assign, issue()), "");
    const std::string code = platform.registry.find(certNum("C3", 1))->codeId;
    ASSERT_EQ(platform.refusal(Operation::Collect, {{"ID", code}, {"zzeCertID", identifier(1, 1)}, {"url", "u"}}), "");
    EXPECT_NE(platform.refusal(Operation::Assign, change("09", 2)), "");
    EXPECT_EQ(platform.refusal(Operation::Assign, change("09", 2, {{"associatedZzeCertID", identifier(1, 1)}})), "");
    const Entry entry = *platform.registry.find(certNum("C3", 1));
    EXPECT_FALSE(entry.collected);
    EXPECT_NE(entry.codeId, code);
    EXPECT_EQ(entry.codes.front(), code);
}

TEST(NationalRegistryTest, ChangeIdentityTakesTheLastEventExactly) {
    Platform platform;
    const std::string seed = R"({"certNum":"鲁建安C3（2020）0000009","certState":"01","categoryCode":"C3",)"
                             R"("provinceNum":"370000","identityCard":"370102800506001","identityCardType":"111",)"
                             R"("eCertID":"0A0B0C0D-0000-0000-0000-00000000000F","codeId":"c9","collected":true})";
    loadSeeds(platform.registry, seed);
    const Fields item{{"eCertID", "0A0B0C0D-0000-0000-0000-00000000000F"},
                      {"provinceNum", "370000"},
                      {"certNum", "鲁建安C3（2020）0000009"},
                      {"categoryCode", "C3"},
                      {"birthDate", "1980-05-06"},
                      {"identityCardType", "111"},
                      {"identityCard", person(4)}};
    EXPECT_NE(
        platform.refusal(Operation::ChangeIdentity, with(item, {{"eCertID", "0a0b0c0d-0000-0000-0000-00000000000f"}})),
        "");
    EXPECT_EQ(platform.refusal(Operation::ChangeIdentity, item), "");
    EXPECT_EQ(platform.refusal(Operation::ChangeIdentity, item), "");
    EXPECT_EQ(platform.registry.find("鲁建安C3（2020）0000009")->at("identityCard"), person(4));
    EXPECT_EQ(platform.registry.stats().repeated, 1U);
}

TEST(NationalRegistryTest, BatchesAreJudgedOneByOneUnlessSwitched) {
    for (const bool whole : {false, true}) {
        Rules rules;
        rules.allOrNothingBatches = whole;
        Platform platform{rules};
        const Reply reply =
            platform.call(Operation::Assign, {issueOf("B", 1, 1, 1), issueOf("B", 2, 1, 1), issueOf("B", 3, 2, 1)});
        EXPECT_EQ(reply.returnCode(), 0);
        EXPECT_EQ(reply.errors.size(), 1U);
        EXPECT_EQ(reply.success.size(), whole ? 0U : 2U);
        EXPECT_EQ(platform.registry.entries().size(), whole ? 0U : 2U);
    }
}

TEST(NationalRegistryTest, TransferredInListsPages) {
    Platform platform;
    for (unsigned i = 1; i <= 3; ++i) {
        ASSERT_EQ(
            platform.refusal(Operation::Assign, with(issueOf("B", i, i, 1),
                                                     {{"operateType", "08"}, {"oldcertNum", certNum("B", 90 + i)}})),
            "");
    }
    const Fields page{{"pageindex", "1"}, {"pagesize", "2"}, {"provinceNum", "370000"}};
    const Reply reply = platform.call(Operation::QueryIn, {page});
    EXPECT_EQ(reply.total, 3U);
    ASSERT_EQ(reply.success.size(), 1U);
    EXPECT_EQ(valueOf(reply.success[0], "newCertNum"), certNum("B", 3));
    EXPECT_EQ(valueOf(reply.success[0], "oldcertNum"), certNum("B", 93));
    EXPECT_EQ(platform.call(Operation::QueryIn, {with(page, {{"pagesize", "101"}})}).returnCode(), 0);
}

TEST(NationalRegistryTest, CheckJudgesWithoutAnEffect) {
    Platform platform;
    const Fields whole = issueOf("B", 1, 1, 1);
    Fields item;
    for (const char* name :
         {"eCertID", "provinceNum", "identityCard", "categoryCode", "creditCode", "operateType", "appointment"}) {
        item[name] = whole.at(name);
    }
    EXPECT_EQ(platform.refusal(Operation::Check, item), "");
    EXPECT_TRUE(platform.registry.entries().empty());
    ASSERT_EQ(platform.refusal(Operation::Assign, whole), "");
    EXPECT_NE(platform.refusal(Operation::Check, with(item, {{"eCertID", eventId(2)}})).find(kHasB), std::string::npos);
}

TEST(NationalRegistryTest, TheDumpIsTheState) {
    Platform platform;
    ASSERT_EQ(platform.refusal(Operation::Assign, issue()), "");
    const std::string lines = registryLines(platform.registry);
    Platform other;
    loadRegistry(other.registry, lines);
    EXPECT_EQ(registryLines(other.registry), lines);
    EXPECT_EQ(other.call(Operation::Assign, {issue()}).returnCode(), 1);
    EXPECT_EQ(other.registry.stats().repeated, 1U);
}

TEST(NationalRegistryTest, TamperingTouchesEachSettledCertificateOnce) {
    Platform platform;
    for (unsigned i = 1; i <= 30; ++i) {
        ASSERT_EQ(platform.refusal(Operation::Assign, issueOf(i % 2 == 0 ? "B" : "C3", i, i, 1)), "");
    }
    ASSERT_EQ(platform.refusal(Operation::Update, update(issueOf("B", 2, 2, 1), "03", "02", 77)), "");
    TamperPlan plan;
    plan.count = 20;
    const auto changes = tamper(platform.registry, plan, platform.now);
    ASSERT_EQ(changes.size(), 20U);
    std::map<std::string, int> classes;
    std::set<std::string> numbers;
    for (const Tampered& change : changes) {
        classes[change.expected] += 1;
        numbers.insert(change.certNum);
    }
    EXPECT_EQ(numbers.size(), 20U);
    EXPECT_FALSE(numbers.contains(certNum("B", 2)));
    EXPECT_EQ(classes.size(), 5U);
    for (const auto& [name, count] : classes) EXPECT_EQ(count, 4) << name;
    // Four gone, four more.
    EXPECT_EQ(platform.registry.entries().size(), 30U);
}

}  // namespace lianzheng::sim::national::samples
