#include "tests/unit/reconcile/reconciler_fixture.h"

#include <random>

namespace lianzheng {
namespace {

using testing::FindingKey;

TEST_F(ReconcilerTest, FindsWhatDiffersAndKeepsTheRun) {
    province("鲁建安C3（2024）0000001");
    province("鲁建安C3（2024）0000002");
    province("鲁建安C3（2024）0000003");
    national("鲁建安C3（2024）0000001");
    national("鲁建安C3（2024）0000003").record[Field::CompanyName] = "别的公司";
    national("鲁建安C3（2024）0000009");
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000002", "missing_national", ""},
                                            {"鲁建安C3（2024）0000003", "field_mismatch", "companyName"},
                                            {"鲁建安C3（2024）0000009", "missing_provincial", ""}}));
    EXPECT_EQ(result->tally.provincial, 3U);
    EXPECT_EQ(result->tally.national, 3U);
    EXPECT_EQ(result->tally.compared, 4U);
    EXPECT_EQ(result->tally.equal, 1U);
    EXPECT_EQ(store_.runRows.at(result->run).result, "ok");
    EXPECT_EQ(Tally::fromJson(store_.runRows.at(result->run).counts).compared, 4U);
}

TEST_F(ReconcilerTest, OtherSpellingsAndConvertedNumbersMeetTheirPartners) {
    province("鲁建安C(2024)0000001");    // half-width and legacy: stands before all others
    province("鲁建安C（2024）0000002");  // legacy: stands behind C3
    province("鲁建安C3（2024）0000003");
    province("鲁建安C3(2024)0000004");
    inOrder();
    for (const char* number :
         {"鲁建安C3（2024）0000001", "鲁建安C3（2024）0000002", "鲁建安C3（2024）0000003", "鲁建安C3（2024）0000004"}) {
        national(number);
    }
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(open(), std::set<FindingKey>{});
    EXPECT_EQ(result->tally.equal, 4U);
}

TEST_F(ReconcilerTest, RowsThatNormaliseToOneNumberAreADuplicate) {
    province("鲁建安C3（2024）0000001");
    province("鲁建安C3(2024)0000001");
    province("鲁建安C3（2024）0000002");
    province("鲁建安C3（2024）0000002");
    inOrder();
    national("鲁建安C3（2024）0000001");
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000001", "duplicate", ""},
                                            {"鲁建安C3（2024）0000002", "duplicate", ""}}));
}

TEST_F(ReconcilerTest, AnOldNumberAtThePlatformIsOneFinding) {
    province("鲁建安C3（2024）0000001");
    province("鲁建安C3（2024）0000002");
    national("鲁建安C（2024）0000001");
    national("鲁建安C3（2024）0000002");
    national("鲁建安C（2024）0000002");                                  // still valid beside the new one
    national("鲁建安C（2024）0000003").record[Field::CertState] = "01";  // nobody's
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000001", "legacy_not_converted", ""},
                                            {"鲁建安C（2024）0000002", "legacy_not_converted", ""},
                                            {"鲁建安C（2024）0000003", "missing_provincial", ""}}));
}

TEST(DeadlineTest, IsTheEndOfTheLastWorkday) {
    ReconcileSettings settings;
    settings.deadlineWorkdays = 3;
    settings.calendar = WorkdayCalendar({Date::parse("2026-03-03").value()}, {Date::parse("2026-03-07").value()});
    // Monday; Tuesday is a holiday, Saturday is worked: Wednesday, Thursday, Friday.
    const TimePoint monday = Date::parse("2026-03-02").value().beginsInShanghai() + std::chrono::hours{23};
    EXPECT_EQ(shanghaiText(deadlineOf(settings, monday)), "2026-03-06 23:59:59");
    settings.deadlineWorkdays = 4;
    EXPECT_EQ(shanghaiText(deadlineOf(settings, monday)), "2026-03-07 23:59:59");
}

TEST_F(ReconcilerTest, FindingsLiveAcrossRunsAndCloseWhenGone) {
    province("鲁建安C3（2024）0000001");
    province("鲁建安C3（2024）0000002");
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    const TimePoint first = clock_.hour;
    clock_.hour += std::chrono::hours{24};
    national("鲁建安C3（2024）0000001");
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000002", "missing_national", ""}}));
    const Finding& kept = store_.kept.at({"鲁建安C3（2024）0000002", "missing_national", ""});
    EXPECT_EQ(kept.firstSeen, first);
    EXPECT_EQ(kept.lastSeen, clock_.hour);
}

TEST_F(ReconcilerTest, WhatAnotherProvinceTookInIsFoundWhileItLivesHere) {
    const auto remember = [&](const std::string& number, CertState state) {
        LedgerEntry& entry = store_.ledger[number];
        entry.number = number;
        entry.state = state;
        entry.authority = "370200";
    };
    national("鲁建安B（2023）0000009");
    const std::vector<TakenElsewhere> taken{{"鲁建安B（2023）0000001", "苏建安B（2025）0000001"},
                                            {"鲁建安B（2023）0000002", "苏建安B（2025）0000002"},
                                            {"鲁建安B（2023）0000003", "苏建安B（2025）0000003"},
                                            {"鲁建安B（2023）0000004", "苏建安B（2025）0000004"}};
    remember(taken[0].number, CertState::Valid);
    remember(taken[1].number, CertState::Suspended);
    remember(taken[2].number, CertState::TransferredOut);
    const auto run = [&](std::optional<std::vector<TakenElsewhere>> told) {
        Reconciler each = reconciler();
        each.takenElsewhere(std::move(told));
        EXPECT_TRUE(each.againstExchange(view_, stop_.get_token()));
        std::set<FindingKey> found;
        for (const FindingKey& key : open()) {
            if (std::get<1>(key) == "taken_elsewhere") found.insert(key);
        }
        return found;
    };
    const std::set<FindingKey> both{{taken[0].number, "taken_elsewhere", "certNum"},
                                    {taken[1].number, "taken_elsewhere", "certNum"}};
    EXPECT_EQ(run(taken), both);
    EXPECT_EQ(store_.kept.at({taken[0].number, "taken_elsewhere", "certNum"}).nationalValue, taken[0].successor);
    // A platform that cannot be asked ends nothing.
    EXPECT_EQ(run(std::nullopt), both);
    remember(taken[0].number, CertState::TransferredOut);
    EXPECT_EQ(run(taken), (std::set<FindingKey>{{taken[1].number, "taken_elsewhere", "certNum"}}));
    EXPECT_TRUE(run(std::vector<TakenElsewhere>{}).empty());
}

TEST_F(ReconcilerTest, AnUnreadableProvinceSaysNothingAboutTheRestAndClosesNothing) {
    province("鲁建安C3（2024）0000001");
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    source_.rows.clear();
    source_.failsAfterRows = Error{Fault::Unavailable, "source.sweep", "away", std::nullopt};
    national("鲁建安C3（2024）0000005");
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "away");
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000001", "missing_national", ""}}));
    EXPECT_EQ(store_.runRows.rbegin()->second.result, "failed");
}

TEST_F(ReconcilerTest, AStopLeavesTheRunStopped) {
    province("鲁建安C3（2024）0000001");
    stop_.request_stop();
    const auto result = reconciler().againstLedger(stop_.get_token());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().fault, Fault::Cancelled);
    EXPECT_EQ(store_.runRows.rbegin()->second.result, "stopped");
}

TEST_F(ReconcilerTest, BlockedOnesNobodyBringsUpAreFoundToo) {
    BlockedRow blocked;
    blocked.number = "鲁建安C3（2024）0000007";
    blocked.authority = "370200";
    blocked.advice = {"photo_missing", "photo", "照片缺失。", "请补充照片。", Owner::Holder};
    store_.blockedRows = {blocked};
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000007", "blocked", "photo"}}));
}

TEST_F(ReconcilerTest, TheLedgerIsComparedByDigestsFirst) {
    for (const char* number : {"鲁建安C3（2024）0000001", "鲁建安C3（2024）0000002", "鲁建安C3（2024）0000003"}) {
        province(number);
        LedgerEntry& entry = store_.ledger[number];
        entry.number = number;
        entry.state = CertState::Valid;
        entry.comparable = mapped(row(number, "0")).comparable;
        entry.digestVersion = kDigestVersion;
        entry.mappingVersion = map().version();
    }
    store_.ledger["鲁建安C3（2024）0000002"].comparable = {1, 1};
    Acknowledged& told = store_.records["鲁建安C3（2024）0000002"];
    told.record = mapped(row("鲁建安C3（2024）0000002", "0")).record;
    told.record[Field::CompanyName] = "原来的公司";
    told.known.set();
    store_.ledger["鲁建安C3（2024）0000003"].state = CertState::None;  // seen, never registered
    const auto result = reconciler().againstLedger(stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000002", "field_mismatch", "companyName"},
                                            {"鲁建安C3（2024）0000003", "missing_national", ""}}));
    EXPECT_EQ(store_.kept.begin()->second.nextStep, "assign.09");
}

/// The record differs, so that whoever looks at it finds something.
TEST_F(ReconcilerTest, ADigestOfAnotherMappingOrAnotherWayOfDigestingProvesNothing) {
    const std::string number = "鲁建安C3（2024）0000001";
    province(number);
    LedgerEntry& entry = store_.ledger[number];
    entry.number = number;
    entry.state = CertState::Valid;
    entry.comparable = mapped(source_.rows[0]).comparable;
    Acknowledged& told = store_.records[number];
    told.record = mapped(source_.rows[0]).record;
    told.record[Field::CompanyName] = "原来的公司";
    told.known.set();
    const auto found = [&](int digestVersion, const std::string& mappingVersion) {
        entry.digestVersion = digestVersion;
        entry.mappingVersion = mappingVersion;
        store_.kept.clear();
        EXPECT_TRUE(reconciler().againstLedger(stop_.get_token()));
        return open().size();
    };
    EXPECT_EQ(found(kDigestVersion, map().version()), 0U);
    EXPECT_EQ(found(kDigestVersion, "0123456789abcdef"), 1U);
    EXPECT_EQ(found(kDigestVersion - 1, map().version()), 1U);
}

TEST_F(ReconcilerTest, TheLedgerCannotCloseWhatThePlatformsViewShowed) {
    province("鲁建安C3（2024）0000001");
    national("鲁建安C3（2024）0000001").record[Field::CompanyName] = "别的公司";
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    LedgerEntry& entry = store_.ledger["鲁建安C3（2024）0000001"];
    entry.number = "鲁建安C3（2024）0000001";
    entry.state = CertState::Valid;
    entry.comparable = mapped(source_.rows[0]).comparable;
    entry.digestVersion = kDigestVersion;
    entry.mappingVersion = map().version();
    ASSERT_TRUE(reconciler().againstLedger(stop_.get_token()));
    EXPECT_EQ(open().size(), 1U);
}

TEST_F(ReconcilerTest, RepairsComeInPages) {
    settings_.repairPage = 2;
    for (int i = 1; i <= 5; ++i) province("鲁建安C3（2024）000000" + std::to_string(i));
    std::vector<std::size_t> pages;
    Reconciler it = reconciler();
    it.repairInto([&](std::span<const Repair> page) {
        pages.push_back(page.size());
        return ok();
    });
    const auto result = it.againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(pages, (std::vector<std::size_t>{2, 2, 1}));
    EXPECT_EQ(result->repairs, 5U);
}

TEST_F(ReconcilerTest, SharedIdentifiersAreFoundOnBothCertificates) {
    for (const char* number : {"鲁建安C3（2024）0000001", "鲁建安C3（2024）0000002", "鲁建安C3（2024）0000003"}) {
        province(number);
        national(number).zzeCertId = "1.2.156.3005.2.X";
    }
    view_.rows[2].zzeCertId = "1.2.156.3005.2.Y";
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000001", "identifier_duplicate", "zzeCertID"},
                                            {"鲁建安C3（2024）0000002", "identifier_duplicate", "zzeCertID"}}));
}

TEST_F(ReconcilerTest, AnIdentifierIsSharedWithWhoseNumberCannotBeRead) {
    for (const char* number : {"鲁建安C3（2024）0000001", "鲁建安C3（2024）0000002"}) {
        province(number);
        national(number).zzeCertId = std::string("1.2.156.3005.2.") + number;
    }
    NationalRow& unreadable = national("鲁建安C3-2024-3");
    unreadable.rawNumber = std::exchange(unreadable.record[Field::CertNum], {});
    unreadable.zzeCertId = view_.rows[1].zzeCertId;
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000002", "identifier_duplicate", "zzeCertID"},
                                            {"鲁建安C3-2024-3", "identifier_duplicate", "zzeCertID"},
                                            {"鲁建安C3-2024-3", "missing_provincial", ""}}));
}

TEST_F(ReconcilerTest, AnIdentifierOfAnEndedCertificateIsFree) {
    for (const char* number : {"鲁建安C3（2024）0000001", "鲁建安C3（2024）0000002"}) {
        province(number);
        national(number).zzeCertId = "1.2.156.3005.2.X";
    }
    view_.rows[1].record[Field::CertState] = code(CertState::Cancelled);
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000002", "state_mismatch", ""}}));
}

TEST_F(ReconcilerTest, MixedSpellingsInLittleMemoryAgreeWithTheSets) {
    settings_.memory = 4096;
    std::mt19937_64 dice(7);
    std::set<FindingKey> expected;
    for (int i = 0; i < 1500; ++i) {
        const std::string digits = "（2024）" + std::to_string(1'000'000 + i);
        const std::string number = "鲁建安C3" + digits;
        const bool ours = dice() % 10 != 0;
        const bool theirs = dice() % 10 != 0;
        const std::array<std::string, 4> spellings{number, "鲁建安C" + digits,
                                                   "鲁建安C3(2024)" + std::to_string(1'000'000 + i), " " + number};
        if (ours) province(spellings.at(dice() % spellings.size()));
        if (theirs) national(number);
        if (ours && !theirs) expected.insert({number, "missing_national", ""});
        if (theirs && !ours) expected.insert({number, "missing_provincial", ""});
    }
    inOrder();
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(open(), expected);
}

}  // namespace
}  // namespace lianzheng
