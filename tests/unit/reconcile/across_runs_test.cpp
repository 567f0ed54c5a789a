#include <map>
#include <set>
#include <string>

#include "tests/unit/reconcile/reconciler_fixture.h"

namespace lianzheng {
namespace {

using testing::FindingKey;

constexpr const char* kOne = "鲁建安C3（2024）0000001";
constexpr const char* kTwo = "鲁建安C3（2024）0000002";
const FindingKey kCompany{kOne, "field_mismatch", "companyName"};
const FindingKey kState{kOne, "state_mismatch", ""};

/// The platform's view without some of its columns.
class NarrowView final : public ExchangeView {
public:
    explicit NarrowView(testing::FakeView& view) : view_(view) {}
    std::set<Field> gone;
    bool identifiersGone = false;

    Result<std::vector<Field>> shownFields() override {
        std::vector<Field> shown;
        for (const Field field : kFields) {
            if (!gone.contains(field)) shown.push_back(field);
        }
        return shown;
    }
    Result<std::uint64_t> ordered(const NationalSink&, const std::stop_token&) override { return std::uint64_t{0}; }
    Result<std::uint64_t> asTheyLie(std::span<const Field> fields, const NationalSink& sink,
                                    const std::stop_token& stop) override {
        return view_.asTheyLie(fields, narrowed(sink), stop);
    }
    Result<bool> ofNumbers(std::span<const std::string> numbers, const NationalSink& sink,
                           const std::stop_token& stop) override {
        return view_.ofNumbers(numbers, narrowed(sink), stop);
    }

private:
    [[nodiscard]] NationalSink narrowed(const NationalSink& sink) const {
        return [this, &sink](const NationalRow& row) {
            NationalRow shown = row;
            for (const Field field : gone) shown.record[field].clear();
            if (identifiersGone) shown.zzeCertId.clear();
            return sink(shown);
        };
    }
    testing::FakeView& view_;
};

class AcrossRunsTest : public ReconcilerTest {
protected:
    bool against(ExchangeView& view) {
        clock_.hour += std::chrono::hours{1};
        excused_.clear();
        Reconciler it = reconciler();
        it.excusedInto([this](std::string_view number, std::string_view why) {
            excused_.emplace(number, why);
            return ok();
        });
        return it.againstExchange(view, stop_.get_token()).has_value();
    }
    std::map<std::string, std::string> excused_;  ///< by the last run: number and reason
    bool run() { return against(view_); }
    [[nodiscard]] Tally last() const { return Tally::fromJson(store_.runRows.rbegin()->second.counts); }
    void expectCountsToAddUp() const {
        const Tally tally = last();
        EXPECT_EQ(tally.compared, tally.equal + tally.differing + tally.inFlight + tally.waiting + tally.fresher);
    }
    LedgerEntry& registered(const char* number, CertState state = CertState::Valid) {
        LedgerEntry& entry = store_.ledger[number];
        entry.number = number;
        entry.state = state;
        entry.stage = Stage::Collected;
        return entry;
    }
    void block(const char* number) {
        BlockedRow blocked;
        blocked.number = number;
        blocked.advice.reason = "photo";
        store_.blockedRows.push_back(blocked);
    }
};

TEST_F(AcrossRunsTest, AnExcusedDifferenceIsNotGone) {
    province(kOne);
    national(kOne).record[Field::CompanyName] = "别的公司";
    ASSERT_TRUE(run());
    ASSERT_EQ(open(), std::set<FindingKey>{kCompany});
    store_.intents[kOne] = testing::intentOf(kOne, clock_.hour);
    ASSERT_TRUE(run());
    EXPECT_EQ(last().inFlight, 1U);
    ASSERT_EQ(excused_.size(), 1U);
    EXPECT_TRUE(excused_[kOne].starts_with("办理中：")) << excused_[kOne];
    EXPECT_EQ(open(), std::set<FindingKey>{kCompany}) << "nothing was sent";
    view_.rows[0].record[Field::CompanyName] = mapped(source_.rows[0]).record[Field::CompanyName];
    store_.intents.clear();
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), std::set<FindingKey>{});
}

TEST_F(AcrossRunsTest, ADifferenceBehindABlockIsNotGone) {
    province(kOne);
    national(kOne).record[Field::CertState] = "04";
    ASSERT_TRUE(run());
    ASSERT_EQ(open(), std::set<FindingKey>{kState});
    block(kOne);
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), (std::set<FindingKey>{kState, {kOne, "blocked", ""}}));
    EXPECT_TRUE(excused_.empty());
    expectCountsToAddUp();
    store_.blockedRows[0].dismissed = true;
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), std::set<FindingKey>{kState}) << "only the block needs nobody";
    expectCountsToAddUp();
}

TEST_F(AcrossRunsTest, ARefusalIsToldWithItsDayAndItsWords) {
    province(kOne);
    block(kOne);
    store_.blockedRows[0].origin = "platform";
    store_.blockedRows[0].message = "存在B证";
    store_.blockedRows[0].since = testing::at("2026-02-27");
    store_.blockedRows[0].advice.why = "一人只能持有一本B证。";
    ASSERT_TRUE(run());
    EXPECT_EQ(store_.kept.begin()->second.cause, "2026-02-27 推送时被部平台退回：存在B证。一人只能持有一本B证。");
}

TEST_F(AcrossRunsTest, AnEqualOneThatIsBlockedIsCountedOnce) {
    province(kOne);
    national(kOne);
    block(kOne);
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), (std::set<FindingKey>{{kOne, "blocked", ""}}));
    expectCountsToAddUp();
}

TEST_F(AcrossRunsTest, AColumnThatIsNotShownClosesNothing) {
    province(kOne);
    national(kOne).record[Field::CompanyName] = "别的公司";
    NarrowView view(view_);
    ASSERT_TRUE(against(view));
    view.gone = {Field::CompanyName};
    ASSERT_TRUE(against(view));
    EXPECT_EQ(open(), std::set<FindingKey>{kCompany});
    view.gone.clear();
    view_.rows[0].record[Field::CompanyName] = mapped(source_.rows[0]).record[Field::CompanyName];
    ASSERT_TRUE(against(view));
    EXPECT_EQ(open(), std::set<FindingKey>{});
}

TEST_F(AcrossRunsTest, WhatASampleFoundShownByNeitherSideStaysUntilOneShowsIt) {
    province(kTwo);
    national(kTwo);
    constexpr const char* kOld = "鲁建安C（2024）0000003";
    constexpr const char* kEnded = "鲁建安C3（2024）0000004";
    const auto unshown = [](const char* number) { return FindingKey{number, "missing_national", ""}; };
    const auto found = [&](const char* number) {
        registered(number);
        Finding& finding = store_.kept[unshown(number)];
        finding.number = number;
        finding.kind = "missing_national";
        finding.provincialValue = "无此证";
        finding.open = true;
    };
    found(kOne);
    found(kOld);
    found(kEnded);
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), (std::set<FindingKey>{unshown(kOne), unshown(kOld), unshown(kEnded)}));
    expectCountsToAddUp();
    registered(kEnded, CertState::Cancelled);
    province("鲁建安C3（2024）0000003");
    national("鲁建安C3（2024）0000003");
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), (std::set<FindingKey>{unshown(kOne)}));
    national(kOne);
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), (std::set<FindingKey>{{kOne, "missing_provincial", ""}}));
}

TEST_F(AcrossRunsTest, AProvinceThatShowsNoIdentifiersClosesNoSharedOnes) {
    const std::size_t column = columnOf("ZZBS");
    for (const char* number : {kOne, kTwo}) {
        province(number);
        national(number);
        source_.rows.back()[column] = "1.2.156.3005.2.X";
    }
    const std::set<FindingKey> both{{kOne, "identifier_duplicate", "licenceIdentifier"},
                                    {kTwo, "identifier_duplicate", "licenceIdentifier"}};
    ASSERT_TRUE(run());
    ASSERT_EQ(open(), both);
    for (auto& row : source_.rows) row[column].clear();
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), both);
    source_.rows[0][column] = "1.2.156.3005.2.X";
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), std::set<FindingKey>{});
}

TEST_F(AcrossRunsTest, AViewWithoutIdentifiersClosesNoSharedOnes) {
    for (const char* number : {kOne, kTwo}) {
        province(number);
        national(number).zzeCertId = "1.2.156.3005.2.X";
    }
    NarrowView view(view_);
    ASSERT_TRUE(against(view));
    ASSERT_EQ(open().size(), 2U);
    view.identifiersGone = true;
    ASSERT_TRUE(against(view));
    EXPECT_EQ(open().size(), 2U);
}

TEST_F(AcrossRunsTest, AViewWithoutStatesSaysNothingOfStates) {
    province(kOne);
    province(kTwo);
    national(kOne).record[Field::CertState] = "04";
    national(kTwo).record[Field::CompanyName] = "别的公司";
    NarrowView view(view_);
    ASSERT_TRUE(against(view));
    const std::set<FindingKey> both{kState, {kTwo, "field_mismatch", "companyName"}};
    ASSERT_EQ(open(), both);
    view.gone = {Field::CertState};
    ASSERT_TRUE(against(view));
    EXPECT_EQ(open(), both) << "neither found anew nor gone";
    store_.kept.clear();
    ASSERT_TRUE(against(view));
    EXPECT_EQ(open(), (std::set<FindingKey>{{kTwo, "field_mismatch", "companyName"}}));
}

TEST_F(AcrossRunsTest, AStateThatIsNoneIsShownAsItIsWritten) {
    province(kOne);
    national(kOne).record[Field::CertState] = "77";
    ASSERT_TRUE(run());
    ASSERT_EQ(open(), std::set<FindingKey>{kState});
    EXPECT_EQ(store_.kept.begin()->second.nationalValue, "77");
    EXPECT_EQ(store_.kept.begin()->second.nextStep, "");
}

TEST_F(AcrossRunsTest, AnEmptyViewIsNoEmptyPlatform) {
    province(kOne);
    ASSERT_TRUE(run()) << "where nothing was registered it may be one";
    registered(kOne);
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "empty");
}

TEST_F(AcrossRunsTest, TheLedgerClosesOnlyWhatItFoundItself) {
    province(kOne);
    registered(kOne);
    national(kOne).record[Field::CompanyName] = "别的公司";
    Acknowledged told;
    told.record = mapped(source_.rows[0]).record;
    told.known.set();
    store_.records[kOne] = told;
    ASSERT_TRUE(run());
    ASSERT_EQ(open(), std::set<FindingKey>{kCompany});
    ASSERT_TRUE(reconciler().againstLedger(stop_.get_token()));
    EXPECT_EQ(open(), std::set<FindingKey>{kCompany});

    store_.records[kOne].record[Field::Name] = "李四";
    ASSERT_TRUE(reconciler().againstLedger(stop_.get_token()));
    EXPECT_EQ(open(), (std::set<FindingKey>{kCompany, {kOne, "field_mismatch", "name"}}));
    store_.records[kOne] = told;
    ASSERT_TRUE(reconciler().againstLedger(stop_.get_token()));
    EXPECT_EQ(open(), std::set<FindingKey>{kCompany});
}

TEST_F(AcrossRunsTest, WhatWasAcceptedAfterTheViewWasMadeIsExcused) {
    province(kOne);
    province(kTwo);
    registered(kOne);
    registered(kTwo);
    national(kOne).record[Field::CompanyName] = "昨日的公司";
    settings_.viewMadeAt = clock_.hour;
    Attempt accepted;
    accepted.operation = "assign.09";
    accepted.outcome = "accepted";
    accepted.endedAt = clock_.hour + std::chrono::minutes{1};
    store_.attempts[kOne] = store_.attempts[kTwo] = {accepted};
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), std::set<FindingKey>{});
    EXPECT_EQ(last().fresher, 2U);
    ASSERT_EQ(excused_.size(), 2U);
    EXPECT_EQ(excused_[kTwo], "部平台视图生成（2026-03-01 10:00:00）之后受理了本证的业务");
    expectCountsToAddUp();

    settings_.viewMadeAt = accepted.endedAt;
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), (std::set<FindingKey>{kCompany, {kTwo, "missing_national", ""}}));
}

TEST_F(AcrossRunsTest, DuplicatesOnBothSidesAreTwoFindings) {
    for (int i = 0; i < 2; ++i) {
        province(kOne);
        national(kOne);
    }
    national(kOne);
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), (std::set<FindingKey>{{kOne, "duplicate", ""}, {kOne, "duplicate", "certNum"}}));
    EXPECT_EQ(last().total(), 2U) << "three rows there are one finding";
}

TEST_F(AcrossRunsTest, RowsOfOneUnreadableNumberAreOneFinding) {
    for (int i = 0; i < 2; ++i) national("").rawNumber = "坏编号";
    ASSERT_TRUE(run());
    EXPECT_EQ(open().size(), 1U);
    EXPECT_EQ(last().total(), 1U);
}

TEST_F(AcrossRunsTest, WhatHasNoNumberAtAllHasAName) {
    national("");
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), (std::set<FindingKey>{{"（无编号）", "missing_provincial", ""}}));
}

TEST_F(AcrossRunsTest, WhatThePlatformLostIsMissedHoweverOldItIs) {
    settings_.policy.pushSince = Date::parse("2025-01-01").value();
    province(kOne);
    ASSERT_TRUE(run());
    EXPECT_EQ(last().neverRegistered, 1U);
    national(kTwo);
    registered(kOne);
    ASSERT_TRUE(run());
    EXPECT_TRUE(open().contains({kOne, "missing_national", ""}));
    EXPECT_EQ(last().neverRegistered, 0U);
}

TEST_F(AcrossRunsTest, WhatHasEndedNeedNotBeThere) {
    province(kOne);
    national(kTwo);
    province(kTwo);
    source_.rows[0][columnOf("YXQZ")] = "2025-07-31";
    registered(kOne, CertState::Cancelled);
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), std::set<FindingKey>{});
    EXPECT_EQ(last().neverRegistered, 0U) << "it was";
}

TEST_F(AcrossRunsTest, AQuestionThatWasNotAskedClosesNothing) {
    province(kOne);
    national(kOne);
    registered(kOne);
    Reconciler first = reconciler();
    first.takenElsewhere(
        std::vector<TakenElsewhere>{{kOne, "苏建安C3（2025）0000001"}, {kOne, "苏建安C3（2025）0000001"}});
    ASSERT_TRUE(first.againstExchange(view_, stop_.get_token()));
    ASSERT_EQ(open(), (std::set<FindingKey>{{kOne, "taken_elsewhere", "certNum"}}));
    EXPECT_EQ(last().total(), 1U) << "named twice, found once";
    ASSERT_TRUE(run());
    EXPECT_EQ(open().size(), 1U);
    Reconciler again = reconciler();
    again.takenElsewhere(std::vector<TakenElsewhere>{});
    ASSERT_TRUE(again.againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), std::set<FindingKey>{});
}

TEST_F(AcrossRunsTest, AnOldNumberThatEndedIsNoRegistration) {
    province(kOne);
    national("鲁建安C（2024）0000001").record[Field::CertState] = "04";
    std::vector<Repair> repairs;
    Reconciler it = reconciler();
    it.repairInto([&](std::span<const Repair> page) {
        repairs.insert(repairs.end(), page.begin(), page.end());
        return ok();
    });
    ASSERT_TRUE(it.againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(open(), (std::set<FindingKey>{{kOne, "missing_national", ""}}));
    EXPECT_EQ(repairs.size(), 1U);
}

TEST_F(AcrossRunsTest, AnEndedOldNumberIsNotToBeConverted) {
    province("鲁建安C（2019）0000001");
    source_.rows[0][columnOf("YXQZ")] = "2022-07-31";
    Certificate record = mapped(source_.rows[0]).record;
    record[Field::CertNum] = "鲁建安C（2019）0000001";
    record[Field::CertState] = "04";
    view_.rows.push_back({record, "", "", "", false, ""});
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), std::set<FindingKey>{});
}

TEST_F(AcrossRunsTest, ARowThatIsBlockedLaterIsTheSameFinding) {
    province("坏编号");
    ASSERT_TRUE(run());
    const auto before = open();
    ASSERT_EQ(before.size(), 1U);
    BlockedRow blocked;
    blocked.number = "row:1";
    blocked.sourceKey = "1";
    blocked.advice = {"format", std::get<2>(*before.begin()), "", "", Owner::ProvinceCentre};
    store_.blockedRows.push_back(blocked);
    ASSERT_TRUE(run());
    EXPECT_EQ(open(), before);
}

}  // namespace
}  // namespace lianzheng
