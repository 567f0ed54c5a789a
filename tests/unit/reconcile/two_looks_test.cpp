#include "tests/unit/reconcile/reconciler_fixture.h"

#include <random>

#include "gateway/reconcile/provincial_stream.h"
#include "gateway/reconcile/store_memory.h"

namespace lianzheng {
namespace {

using testing::FindingKey;

class TwoLooksTest : public ReconcilerTest {
protected:
    std::string& cell(std::size_t row, const char* column) { return source_.rows.at(row).at(columnOf(column)); }
    /// Three certificates, of which the second has another company at the platform.
    void oneOfThreeDiffers() {
        for (const char* number : {"鲁建安C3（2024）0000001", "鲁建安C3（2024）0000002", "鲁建安C3（2024）0000003"}) {
            province(number);
            national(number);
        }
        view_.rows[1].record[Field::CompanyName] = "别的公司";
    }
    const std::set<FindingKey> theSecond_{{"鲁建安C3（2024）0000002", "field_mismatch", "companyName"}};
};

TEST_F(TwoLooksTest, OnlyWhatIsNotEqualIsReadAgain) {
    oneOfThreeDiffers();
    auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(open(), theSecond_);
    EXPECT_EQ(source_.keysAsked, 1U);
    EXPECT_EQ(view_.reads, 1);
    EXPECT_EQ(result->tally.of("370100").compared, 3U);
}

TEST_F(TwoLooksTest, WhoeverMayShareAnIdentifierIsSeenWholeAndStaysEqual) {
    oneOfThreeDiffers();
    view_.rows[1].record[Field::CompanyName] = view_.rows[0].record[Field::CompanyName];
    for (const std::size_t row : {0U, 2U}) view_.rows[row].zzeCertId = "1.2.156.3005.2.X";
    view_.rows[1].zzeCertId = "1.2.156.3005.2.Y";
    auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(source_.keysAsked, 2U);
    EXPECT_EQ(result->tally.equal, 3U);
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000001", "identifier_duplicate", "zzeCertID"},
                                            {"鲁建安C3（2024）0000003", "identifier_duplicate", "zzeCertID"}}));
}

TEST_F(TwoLooksTest, WhoeverSharesAnIdentifierInTheProvinceIsFoundAndStaysEqual) {
    oneOfThreeDiffers();
    for (const std::size_t row : {0U, 2U}) cell(row, "ZZBS") = "1.2.156.3005.2.X";
    cell(1, "ZZBS") = "1.2.156.3005.2.Y";
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(result->tally.equal, 2U);
    auto expected = theSecond_;
    for (const char* number : {"鲁建安C3（2024）0000001", "鲁建安C3（2024）0000003"}) {
        expected.insert({number, "identifier_duplicate", "licenceIdentifier"});
    }
    EXPECT_EQ(open(), expected);
    const Finding& third = store_.kept[{"鲁建安C3（2024）0000003", "identifier_duplicate", "licenceIdentifier"}];
    EXPECT_EQ(third.provincialValue, "1.2.156.3005.2.X");
    EXPECT_EQ(third.nationalValue, "省系统同标识：鲁建安C3（2024）0000001");
    EXPECT_EQ(third.authority, "370100");
    EXPECT_EQ(third.company, "山东示例建设有限公司");
    EXPECT_EQ(third.owner, Owner::ProvinceCentre);
}

TEST_F(TwoLooksTest, WhatTheLedgerHasIsFoundToShareInTheProvinceAsWell) {
    for (const char* number : {"鲁建安C3（2024）0000001", "鲁建安C3（2024）0000002", "坏编号"}) {
        province(number);
        cell(source_.rows.size() - 1, "ZZBS") = "1.2.156.3005.2.X";
        LedgerEntry& entry = store_.ledger[number];
        entry.number = number;
        entry.state = CertState::Valid;
    }
    ASSERT_TRUE(reconciler().againstLedger(stop_.get_token()));
    std::set<std::string> sharing;
    for (const auto& [number, kind, field] : open()) {
        if (field == "licenceIdentifier") sharing.insert(number);
    }
    EXPECT_EQ(sharing, (std::set<std::string>{"鲁建安C3（2024）0000001", "鲁建安C3（2024）0000002", "源主键 3"}));
}

TEST_F(TwoLooksTest, TheProvincesIdentifierIsFreeOnceItsCertificateHasEnded) {
    oneOfThreeDiffers();
    view_.rows[1].record[Field::CompanyName] = view_.rows[0].record[Field::CompanyName];
    for (const std::size_t row : {0U, 1U, 2U}) cell(row, "ZZBS") = "1.2.156.3005.2.X";
    cell(0, "YXQZ") = "2026-02-28";
    view_.rows[0].record[Field::ExpiringDate] = "2026-02-28";
    view_.rows[0].record[Field::CertState] = "04";
    cell(1, "ZXLX") = "1";
    view_.rows[1].record[Field::CertState] = "04";
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), std::set<FindingKey>{});
}

TEST_F(TwoLooksTest, RowsOfOneNumberDoNotShareTheirIdentifier) {
    for (int i = 0; i < 2; ++i) {
        province("鲁建安C3（2024）0000001");
        cell(source_.rows.size() - 1, "ZZBS") = "1.2.156.3005.2.X";
        national("鲁建安C3（2024）0000001").zzeCertId = "1.2.156.3005.2.X";
    }
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000001", "duplicate", ""},
                                            {"鲁建安C3（2024）0000001", "duplicate", "certNum"}}));
}

TEST_F(TwoLooksTest, WhatCannotBeLookedUpIsReadAmongAll) {
    oneOfThreeDiffers();
    view_.isFile = true;
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), theSecond_);
    EXPECT_EQ(view_.reads, 2);
    EXPECT_EQ(view_.givenWhole, 1U) << "by its place";
}

TEST_F(TwoLooksTest, RowsOfOneNumberAreReadAtAllTheirPlaces) {
    oneOfThreeDiffers();
    view_.isFile = true;
    national("鲁建安C3（2024）0000003");
    NationalRow& unreadable = national("鲁建安C3（2024）0000004");
    unreadable.rawNumber = std::exchange(unreadable.record[Field::CertNum], {});
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(view_.givenWhole, 3U);
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000002", "field_mismatch", "companyName"},
                                            {"鲁建安C3（2024）0000003", "duplicate", "certNum"},
                                            {"鲁建安C3（2024）0000004", "missing_provincial", ""}}));
}

TEST_F(TwoLooksTest, WhatALookUpMissesIsReadAmongAll) {
    oneOfThreeDiffers();
    view_.hidden = {"鲁建安C3（2024）0000002"};
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), theSecond_);
    EXPECT_EQ(view_.reads, 2);
}

TEST_F(TwoLooksTest, ManyAreReadAmongAll) {
    for (int i = 0; i < 20'010; ++i) {
        NationalRow row;
        row.record[Field::CertNum] = "鲁建安B（2024）" + std::to_string(1'000'000 + i);
        row.record[Field::CertState] = "01";
        view_.rows.push_back(std::move(row));
    }
    province("鲁建安C3（2024）0000001");
    national("鲁建安C3（2024）0000001");
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open().size(), 20'010U);
    EXPECT_EQ(view_.reads, 2);
}

TEST_F(TwoLooksTest, ARowWithoutAKeyIsJudgedByWhatWasSeenFirst) {
    oneOfThreeDiffers();
    cell(0, "ZSID").clear();
    cell(1, "ZSID").clear();
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), theSecond_);
}

TEST_F(TwoLooksTest, ARowThatCannotBeReadByItsKeyIsReadByItsNumber) {
    oneOfThreeDiffers();
    source_.keysLost = {"2"};
    ASSERT_TRUE(reconciler().againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), theSecond_);
}

TEST_F(TwoLooksTest, WhatCountsIsTheSecondLook) {
    oneOfThreeDiffers();
    province("鲁建安C3（2024）0000004");
    source_.afterSweep = [this] {
        cell(1, "DWMC") = "别的公司";  // equal by now
        source_.rows.pop_back();       // gone by now
    };
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(open(), std::set<FindingKey>{});
    EXPECT_EQ(result->tally.equal, 3U);
}

TEST_F(TwoLooksTest, AProvinceThatGoesAwayBetweenTheLooksFailsTheRun) {
    oneOfThreeDiffers();
    source_.keysFail = Error{Fault::Unavailable, "province.by_keys", "connection", std::nullopt};
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "connection");
    EXPECT_EQ(store_.runRows.rbegin()->second.result, "failed");
}

TEST_F(TwoLooksTest, ARowThatComesToTheProvinceBetweenTheLooksIsNotMissed) {
    oneOfThreeDiffers();
    national("鲁建安C3（2024）0000004");
    national("鲁建安C3（2024）0000005");
    source_.afterSweep = [this] { province("鲁建安C3（2024）0000004"); };
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    auto expected = theSecond_;
    expected.insert({"鲁建安C3（2024）0000005", "missing_provincial", ""});
    EXPECT_EQ(open(), expected);
    EXPECT_EQ(result->tally.equal, 3U);
}

TEST_F(TwoLooksTest, ARowThatComesIsSeenOnceHoweverOftenTheOtherSideHasItsNumber) {
    national("鲁建安C（2024）0000004");
    for (int i = 0; i < 3; ++i) national("鲁建安C3（2024）0000004");
    source_.afterSweep = [this] { province("鲁建安C(2024)0000004"); };
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000004", "duplicate", "certNum"},
                                            {"鲁建安C（2024）0000004", "legacy_not_converted", ""}}));
    EXPECT_EQ(result->tally.equal, 1U);
}

TEST_F(TwoLooksTest, ARegistrationThatComesBetweenTheLooksIsNotMissed) {
    for (const bool isFile : {false, true}) {
        view_.isFile = isFile;
        view_.rows.clear();
        source_.rows.clear();
        store_ = {};
        oneOfThreeDiffers();
        province("鲁建安C3（2024）0000004");
        province("鲁建安C3（2024）0000005");
        view_.afterRead = [this] { national("鲁建安C3（2024）0000004"); };
        const auto result = reconciler().againstExchange(view_, stop_.get_token());
        ASSERT_TRUE(result);
        auto expected = theSecond_;
        expected.insert({"鲁建安C3（2024）0000005", "missing_national", ""});
        EXPECT_EQ(open(), expected) << isFile;
        EXPECT_EQ(result->tally.equal, 3U);
    }
}

TEST_F(TwoLooksTest, ANumberThatTheProvinceCorrectsBetweenTheLooksIsOneCertificate) {
    for (const auto& [wrong, right] : {std::pair{"鲁建安C3（2024）0000001", "鲁建安C3（2024）0000005"},
                                       std::pair{"鲁建安C3（2024）0000005", "鲁建安C3（2024）0000001"},
                                       std::pair{"无号", "鲁建安C3（2024）0000001"}}) {
        source_.rows.clear();
        view_.rows.clear();
        store_ = {};
        province(wrong);
        national(right);
        source_.afterSweep = [this, right = right] { cell(0, "ZSBH") = right; };
        const auto result = reconciler().againstExchange(view_, stop_.get_token());
        ASSERT_TRUE(result);
        EXPECT_EQ(open(), std::set<FindingKey>{}) << wrong;
        EXPECT_EQ(result->tally.equal, 1U) << wrong;
    }
}

TEST_F(TwoLooksTest, OfTwoRowsOfOneKeyEachComesWhoseNumberHasCome) {
    province("鲁建安C3（2024）0000002");
    national("鲁建安C3（2024）0000005");
    source_.afterSweep = [this] { source_.rows.push_back(row("鲁建安C3（2024）0000005", "1")); };
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000002", "missing_national", ""}}));
    EXPECT_EQ(result->tally.equal, 1U);
}

TEST_F(TwoLooksTest, AFieldThatTheViewShowsLateIsComparedFromItsBeginning) {
    oneOfThreeDiffers();
    view_.late = Field::CompanyName;
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(open(), theSecond_);
    EXPECT_EQ(result->tally.compared, 3U);
    EXPECT_EQ(result->tally.national, 3U);
    EXPECT_EQ(view_.reads, 2);
}

TEST_F(TwoLooksTest, WithoutRoomForScratchFilesTheRunFails) {
    oneOfThreeDiffers();
    settings_.memory = 8;
    settings_.scratchDirectory = "/nowhere";
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().where, "exchange.scratch");
}

TEST_F(TwoLooksTest, WhatEndedByDateOnBothSidesIsEqualUnlessBlocked) {
    for (const char* number : {"鲁建安C3（2020）0000001", "鲁建安C3（2020）0000002", "鲁建安C3（2020）0000003"}) {
        province(number);
        cell(source_.rows.size() - 1, "YXQZ") = "2025-07-31";
        national(number).record[Field::ExpiringDate] = "2025-07-31";
        view_.rows.back().record[Field::CertState] = "04";
    }
    view_.rows[1].record[Field::CertState] = "01";
    BlockedRow blocked;
    blocked.number = "鲁建安C3（2020）0000003";
    blocked.advice = {"refused", "certNum", "部平台退回。", "请省中心处理。", Owner::ProvinceCentre};
    store_.blockedRows = {blocked};
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2020）0000002", "expired_not_cancelled", ""},
                                            {"鲁建安C3（2020）0000003", "blocked", "certNum"}}));
    EXPECT_EQ(result->tally.equal, 1U);
    EXPECT_EQ(source_.keysAsked, 2U);
}

/// Everything judged whole and in order, without a first look.
class JudgedWhole {
public:
    JudgedWhole(testing::FakeSource& source, testing::FakeView view, testing::FakeStore& store, const FieldMap& map,
                TimePoint now)
        : memory_(store) {
        const Status loaded = memory_.load();
        EXPECT_TRUE(loaded);
        JudgeSettings settings{{}, now, {}, false, std::chrono::hours{72}};
        settings.compared.assign(map.comparableFields().begin(), map.comparableFields().end());
        for (const Field field : map.pushFields()) settings.policy.loaded.set(static_cast<std::size_t>(field));
        Judge judge(std::move(settings), memory_, tally,
                    [&](Finding& finding) {
                        found.insert({finding.number, finding.kind, finding.field});
                        return true;
                    },
                    {});
        Leftovers leftovers(judge, "/tmp", 1 << 20);
        const auto rows = [&](const RowSink& sink, const std::stop_token& stop) -> Status {
            const std::vector<bool> all(map.columns().size(), true);
            return source.sweepUnordered(all, sink, stop).map([](std::uint64_t) {});
        };
        ProvincialStream stream(rows, map, leftovers, {});
        Merger merger(stream, judge, &leftovers);
        std::ranges::stable_sort(
            view.rows, {}, [](const NationalRow& row) { return std::pair(row.record[Field::CertNum], row.rawNumber); });
        for (const NationalRow& row : view.rows) {
            NationalItem item;
            item.row = row;
            item.known.set();
            EXPECT_TRUE(merger.national(item));
        }
        EXPECT_TRUE(merger.finish() && leftovers.settle());
        for (const BlockedRow* row : memory_.untouched()) judge.blocked(*row);
    }

    Tally tally;
    std::set<FindingKey> found;

private:
    StoreMemory memory_;
};

TEST_F(TwoLooksTest, FindsWhatJudgingEverythingWholeFinds) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        std::mt19937_64 dice(seed);
        source_.rows.clear();
        view_.rows.clear();
        store_ = {};
        settings_.memory = seed % 2 == 0 ? 4096 : std::size_t{32} << 20U;
        view_.isFile = seed % 3 == 0;
        for (int i = 0; i < 60; ++i) {
            const std::string serial = std::to_string(1'000'000 + dice() % 40);
            const std::string number = "鲁建安C3（2024）" + serial;
            const std::array<std::string, 6> written{
                number, number, "鲁建安C（2024）" + serial, "鲁建安C3(2024)" + serial, " " + number, "无号" + serial};
            if (dice() % 8 != 0) {
                province(written.at(dice() % written.size()));
                if (dice() % 6 == 0) cell(source_.rows.size() - 1, "YXQZ") = "2025-07-31";
                if (dice() % 9 == 0) cell(source_.rows.size() - 1, "XM") = "李四";
                if (dice() % 12 == 0) cell(source_.rows.size() - 1, "ZJHM") = "110105194912310021";
            }
            if (dice() % 8 == 0) continue;
            NationalRow& row = national(dice() % 6 == 0 ? "鲁建安C（2024）" + serial : number);
            if (dice() % 6 == 0) row.record[Field::ExpiringDate] = "2025-07-31";
            if (dice() % 6 == 0) row.record[Field::CertState] = "04";
            if (dice() % 15 == 0) row.rawNumber = std::exchange(row.record[Field::CertNum], {});
        }
        for (int i = 0; i < 3; ++i) {
            BlockedRow blocked;
            blocked.number = "鲁建安C3（2024）" + std::to_string(1'000'000 + dice() % 40);
            blocked.advice = {"refused", "certNum", "部平台退回。", "请省中心处理。", Owner::ProvinceCentre};
            store_.blockedRows.push_back(blocked);
        }
        inOrder();
        settings_.identifiers = false;
        JudgedWhole whole(source_, view_, store_, map(), clock_.hour);
        std::shuffle(source_.rows.begin(), source_.rows.end(), dice);
        const auto result = reconciler().againstExchange(view_, stop_.get_token());
        ASSERT_TRUE(result);
        ASSERT_EQ(open(), whole.found) << "seed " << seed;
        ASSERT_EQ(result->tally.compared, whole.tally.compared) << "seed " << seed;
        ASSERT_EQ(result->tally.equal, whole.tally.equal) << "seed " << seed;
        ASSERT_EQ(result->tally.differing, whole.tally.differing) << "seed " << seed;
        ASSERT_EQ(result->tally.findings, whole.tally.findings) << "seed " << seed;
    }
}

}  // namespace
}  // namespace lianzheng
