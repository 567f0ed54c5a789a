// The shipped configuration documents every key, and what it shows can be used as it stands.
#include "tests/support/run_time_keys.h"
#include "tests/unit/service/settings_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace lianzheng {
namespace {

/// The lines that would be settings if their `#` were taken away: `#key = value`, nothing between `#` and key.
std::map<std::string, std::string> shownSettings() {
    std::map<std::string, std::string> shown;
    std::ifstream in(LIANZHENG_CONFIGURATION);
    EXPECT_TRUE(in.good());
    for (std::string line; std::getline(in, line);) {
        if (line.size() < 2 || line.front() != '#' || line[1] == ' ') continue;
        const std::size_t equals = line.find(" = ");
        if (equals == std::string::npos) {
            ADD_FAILURE() << "neither a comment nor a setting: " << line;
            continue;
        }
        const auto [place, fresh] = shown.emplace(line.substr(1, equals - 1), line.substr(equals + 3));
        EXPECT_TRUE(fresh) << place->first << " is documented twice";
    }
    return shown;
}

TEST_F(SettingsTest, TheShippedFileDocumentsEveryKeyAndNoOther) {
    constexpr std::string_view kPaths = "national.path.";
    std::set<std::string> documented;
    for (const auto& [key, value] : shownSettings()) {
        documented.insert(key.starts_with(kPaths) ? std::string(kPaths) + "*" : key);
    }
    const std::vector<std::string> keys = settingKeys();
    EXPECT_EQ(documented, std::set<std::string>(keys.begin(), keys.end()));
}

TEST_F(SettingsTest, TheShippedFileSetsNothingByItself) {
    std::ifstream in(LIANZHENG_CONFIGURATION);
    for (std::string line; std::getline(in, line);) EXPECT_TRUE(line.empty() || line.front() == '#') << line;
}

TEST_F(SettingsTest, EverythingTheShippedFileShowsIsAccepted) {
    // In the place of the files shown, some that hold what they have to.
    write("sm4.key", "0123456789abcdef");
    write("sm2.pem", Sm2KeyPair::make().privatePem);
    write("calendar.properties", "2026-10-01 = holiday\n");
    std::string text;
    for (auto& [key, value] : shownSettings()) {
        if (key == "exchange.file") continue;  // stands in the place of exchange.url
        const bool toBeThere = key.ends_with(".file") && key != "log.file";
        std::string file = key.ends_with("sm4.key.file") ? "sm4.key" : "secret";
        if (key == "envelope.sm2.key.file") file = "sm2.pem";
        if (key == "calendar.file") file = "calendar.properties";
        if (key == "envelope.sm2.certificate.file") continue;  // that of another key
        text += key + " = " + (toBeThere ? file : value) + "\n";
    }
    EXPECT_EQ(problemsOf(text), "");
}

TEST_F(SettingsTest, TheDefaultsShownAreTheDefaults) {
    const Loaded<Settings> bare = load(least());
    std::string text = least();
    for (auto& [key, value] : shownSettings()) {
        if (least().find(key + " =") == std::string::npos && !key.starts_with("exchange.") && !key.ends_with(".file") &&
            !key.starts_with("national.path.")) {
            text += key + " = " + value + "\n";
        }
    }
    const Loaded<Settings> shown = load(text);
    ASSERT_TRUE(bare);
    ASSERT_TRUE(shown) << problemsOf(text);
    EXPECT_EQ(shown->province.rowsPerSecond, bare->province.rowsPerSecond);
    EXPECT_EQ(shown->province.address.statementTimeout, bare->province.address.statementTimeout);
    EXPECT_EQ(shown->province.writeBack, bare->province.writeBack);
    EXPECT_EQ(shown->province.writeBackTable, bare->province.writeBackTable);
    EXPECT_EQ(shown->keepAttempts, bare->keepAttempts);
    EXPECT_EQ(shown->keepFindings, bare->keepFindings);
    EXPECT_EQ(shown->national.verifyTls, bare->national.verifyTls);
    EXPECT_EQ(shown->national.connectTimeout, bare->national.connectTimeout);
    EXPECT_EQ(shown->national.timeout, bare->national.timeout);
    EXPECT_EQ(shown->national.maxReplyBytes, bare->national.maxReplyBytes);
    EXPECT_EQ(shown->national.signingThreads, bare->national.signingThreads);
    EXPECT_EQ(shown->envelopes.size(), bare->envelopes.size());
    EXPECT_EQ(shown->policy.expired, bare->policy.expired);
    EXPECT_EQ(shown->policy.renewalGrace, bare->policy.renewalGrace);
    EXPECT_EQ(shown->policy.pushAdopted, bare->policy.pushAdopted);
    EXPECT_EQ(shown->policy.supersedeUncollected, bare->policy.supersedeUncollected);
    EXPECT_EQ(shown->policy.reviveOwnExpiry, bare->policy.reviveOwnExpiry);
    EXPECT_EQ(shown->policy.licencePoll, bare->policy.licencePoll);
    EXPECT_EQ(shown->policy.provinceCharacter, bare->policy.provinceCharacter);
    EXPECT_EQ(shown->sync.fuse.terminal, bare->sync.fuse.terminal);
    EXPECT_EQ(shown->sync.fuse.massShare, bare->sync.fuse.massShare);
    EXPECT_EQ(shown->sync.fuse.massAtLeast, bare->sync.fuse.massAtLeast);
    EXPECT_EQ(shown->sync.fuse.lostShare, bare->sync.fuse.lostShare);
    EXPECT_EQ(shown->sync.concurrency, bare->sync.concurrency);
    EXPECT_EQ(shown->sync.rateCeiling, bare->sync.rateCeiling);
    EXPECT_EQ(shown->sync.retryShare, bare->sync.retryShare);
    EXPECT_EQ(shown->sync.retry.base, bare->sync.retry.base);
    EXPECT_EQ(shown->sync.retry.cap, bare->sync.retry.cap);
    EXPECT_EQ(shown->sync.retry.maxAttempts, bare->sync.retry.maxAttempts);
    EXPECT_EQ(shown->sync.horizon, bare->sync.horizon);
    EXPECT_EQ(shown->sync.overlap, bare->sync.overlap);
    EXPECT_EQ(shown->sync.overlapRows, bare->sync.overlapRows);
    EXPECT_EQ(shown->sync.readBack, bare->sync.readBack);
    EXPECT_EQ(shown->sync.blockedReview, bare->sync.blockedReview);
    EXPECT_EQ(shown->httpHost, bare->httpHost);
    EXPECT_EQ(shown->httpPort, bare->httpPort);
    EXPECT_EQ(shown->syncEvery, bare->syncEvery);
    EXPECT_EQ(shown->logLevel, bare->logLevel);
}

}  // namespace
}  // namespace lianzheng
