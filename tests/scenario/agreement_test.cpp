#include <gtest/gtest.h>

#include <stdexcept>

#include "gateway/reconcile/reconciler.h"
#include "gateway/store/soci_store.h"
#include "gateway/sync/adopt.h"
#include "gateway/sync/provincial_rows.h"
#include "tests/postgres/test_database.h"
#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

/// The platform's view, which has no column for what `unknown` names.
class NarrowView final : public ExchangeView {
public:
    std::vector<NationalRow> rows;
    Result<std::vector<Field>> shownFields() override { return std::vector<Field>{}; }
    Result<std::uint64_t> ordered(const NationalSink& sink, const std::stop_token&) override {
        for (const NationalRow& row : rows) sink(row);
        return rows.size();
    }
    Result<std::uint64_t> asTheyLie(std::span<const Field>, const NationalSink&, const std::stop_token&) override {
        return std::uint64_t{0};
    }
    Result<bool> ofNumbers(std::span<const std::string>, const NationalSink&, const std::stop_token&) override {
        return false;
    }
};

/// Certificates that were pushed by somebody before us, and a ledger of either dialect that takes them over.
class AgreementTest : public testing::TestWithParam<Dialect> {
protected:
    static constexpr int kHolders = 4;

    void SetUp() override {
        World pushed;
        for (int id = 1; id <= kHolders; ++id) {
            pushed.province.add({.id = id});
            world.province.add({.id = id});
        }
        (void)pushed.firstRun();
        NarrowView view;
        pushed.platform.registry().forEach([&](const auto& entry) {
            world.platform.registry().put(entry);
            view.rows.push_back(shown(entry));
        });
        openLedger();
        ASSERT_TRUE(adoptFromExchange(view, *store, {}));
    }

    static NationalRow shown(const sim::national::Entry& entry) {
        NationalRow row;
        for (const Field field : kFields) {
            if (field == Field::Appointment || field == Field::EducationDegree) continue;
            row.record[field] = entry.at(std::string(nationalName(field)));
        }
        row.record[Field::CertState] = entry.state();
        row.zzeCertId = entry.zzeCertId;
        row.codeId = entry.codeId;
        row.eCertId = entry.eCertId;
        row.collected = true;
        return row;
    }

    void openLedger() {
        store.reset();
        real.reset();
        auto opened = openStore(ours.address(), world.clock);
        if (!opened) throw std::runtime_error(opened.error().code);
        real = std::move(*opened);
        if (!real->tryBecomePusher().value_or(false)) throw std::runtime_error("not the pusher");
        store = std::make_unique<FaultyStore>(*real);
    }

    SyncParts parts() {
        const SyncParts all = world.parts(world.platform);
        return {all.source, all.map, *store,     all.platform, all.refusals, all.clock,
                all.random, all.log, all.policy, all.settings, all.traffic};
    }
    /// The calls of a pass over everything, in the order of their names.
    Names sweep() {
        world.clock.advance(2h);
        PassOptions full;
        full.full = true;
        full.accept = kHolders;  // another mapping
        const auto result = Pass(parts()).run(full, {});
        EXPECT_TRUE(result && result->end == PassResult::End::Done);
        Names calls = world.callsSince();
        std::ranges::sort(calls);
        return calls;
    }
    Tally reconcile() {
        const SyncParts all = parts();
        ReconcileSettings settings;
        settings.policy = world.policy;
        const auto result = Reconciler(all.source, all.map, *store, world.clock, settings).againstLedger({});
        if (!result) throw std::runtime_error(result.error().where + " " + result.error().code);
        EXPECT_EQ(result->tally.compared, static_cast<std::uint64_t>(kHolders));
        return result->tally;
    }
    /// How many were judged by their records.
    std::size_t recordsReadBy(const std::function<void()>& work) {
        const std::size_t before = store->recordsRead();
        work();
        return store->recordsRead() - before;
    }
    void expectEqual(std::size_t byRecord) {
        EXPECT_EQ(recordsReadBy([&] { EXPECT_EQ(reconcile().equal, static_cast<std::uint64_t>(kHolders)); }), byRecord);
        EXPECT_TRUE(store->findings(true).value().empty());
    }
    Plan planned(int id) {
        const SyncParts all = parts();
        const auto rows = provincialRows(all.source, all.map, numberOf(id)).value();
        return plan(rows.front(), ledger(id), store->acknowledged(numberOf(id)).value(), nullptr, all.policy,
                    world.clock.now());
    }
    LedgerEntry ledger(int id) { return store->find(numberOf(id)).value().value(); }

    TestDatabase ours{GetParam()};
    World world{2};  // no event ids of those who pushed
    std::unique_ptr<Store> real;
    std::unique_ptr<FaultyStore> store;
};

TEST_P(AgreementTest, WhatWasTakenOverIsJudgedByItsDigestOnceItIsInStep) {
    expectEqual(kHolders);
    EXPECT_EQ(sweep(), Names{});
    EXPECT_EQ(ledger(1).origin, Origin::Adopted);
    expectEqual(0);
    openLedger();
    expectEqual(0);
    EXPECT_EQ(recordsReadBy([&] { EXPECT_EQ(sweep(), Names{}); }), 0U);
}

TEST_P(AgreementTest, AChangeIsNoticedWhetherTheFieldWasKnownOrNot) {
    (void)sweep();
    world.province.set(1, "ZW = '07'", "2026-03-02 10:00:00");      // the view had no column for it
    world.province.set(2, "DW = '新单位'", "2026-03-02 10:00:00");  // it had one
    // What is unknown neither agrees nor differs, and whether it does takes the record to tell.
    EXPECT_EQ(recordsReadBy([&] { EXPECT_EQ(reconcile().equal, kHolders - 1U); }), 2U);
    const auto findings = store->findings(true).value();
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().number, numberOf(2));
    EXPECT_EQ(findings.front().field, "companyName");
    EXPECT_EQ(findings.front().nextStep, "assign.09");

    EXPECT_EQ(sweep(), (Names{"assign.09", "collect"}));
    EXPECT_EQ(world.national(2).at("companyName"), "新单位");
    EXPECT_EQ(world.national(1).at("appointment"), "08");
    (void)sweep();
    expectEqual(0);
}

TEST_P(AgreementTest, WhatIsUnknownIsStillLoadedAnewWhenThePolicySaysSo) {
    (void)sweep();
    expectEqual(0);
    world.policy.pushAdopted = true;
    world.province.set(1, "ZW = '07'", "2026-03-02 10:00:00");
    EXPECT_EQ(sweep(), (Names{"assign.09", "collect"}));
    EXPECT_EQ(world.national(1).at("appointment"), "07");
}

TEST_P(AgreementTest, WhatEndedIsJudgedByItsDigestOnceItIsInStep) {
    (void)sweep();
    world.province.set(1, "ZX = '1'", "2026-03-02 10:00:00");
    world.province.set(2, "ZK = '1'", "2026-03-02 10:00:00");
    EXPECT_EQ(sweep(), (Names{"update.03", "update.05"}));
    EXPECT_EQ(ledger(1).state, CertState::Cancelled);
    expectEqual(0);
    // Past its end here, ended there for that.
    world.province.set(3, "YXQZ = '2026-03-10'", "2026-03-02 12:00:00");
    (void)sweep();
    world.clock.advance(240h);
    EXPECT_EQ(sweep(), (Names{"update.05"}));
    expectEqual(0);
    // An end that the province takes back is one of the platform's final states, and is found.
    world.province.set(1, "ZX = '0'", "2026-03-12 12:00:00");
    EXPECT_EQ(reconcile().equal, kHolders - 1U);
}

/// Only a change of state carries a reason; what else changes waits and goes once the suspension has ended.
TEST_P(AgreementTest, AnotherReasonOfASuspensionAsksForNothing) {
    world.province.run("ALTER TABLE ZS ADD COLUMN ZKYY TEXT");
    world.editMapping("description: 暂扣", "description: 暂扣, description_from: ZKYY");
    world.reopen();
    world.policy.mappingVersion = parts().map.version();
    (void)sweep();
    world.province.set(1, "ZK = '1', ZKYY = '甲'", "2026-03-02 10:00:00");
    EXPECT_EQ(sweep(), (Names{"update.03"}));
    (void)sweep();
    world.province.set(1, "ZKYY = '乙'", "2026-03-02 16:00:00");
    EXPECT_EQ(sweep(), Names{});
    EXPECT_TRUE(std::holds_alternative<InStep>(planned(1)));

    world.province.set(1, "ZW = '07'", "2026-03-02 18:00:00");
    EXPECT_EQ(sweep(), Names{});
    const Plan next = planned(1);
    ASSERT_TRUE(std::holds_alternative<Waiting>(next));
    EXPECT_EQ(std::get<Waiting>(next).what, Waiting::For::Restoration);
    world.province.set(1, "ZK = '0', ZZSJ = '2030-01-01 00:00:00'", "2026-03-02 20:00:00");
    Names calls;
    for (int pass = 0; pass < 3; ++pass) {
        for (const std::string& call : sweep()) calls.push_back(call);
    }
    EXPECT_EQ(std::ranges::count(calls, "update.06"), 1);
    EXPECT_EQ(std::ranges::count(calls, "assign.09"), 1);
    EXPECT_EQ(world.national(1).at("appointment"), "07");
}

TEST_P(AgreementTest, ADigestOfAnotherMappingIsNotTrusted) {
    (void)sweep();
    world.editMapping("companyName: {from: DW}", "companyName: {from: XM}");
    world.reopen();
    EXPECT_EQ(recordsReadBy([&] { EXPECT_EQ(reconcile().equal, 0U); }), static_cast<std::size_t>(kHolders));
    world.editMapping("companyName: {from: XM}", "companyName: {from: DW, comparable: false}");
    world.reopen();
    expectEqual(kHolders);
    EXPECT_EQ(sweep(), Names{});
    expectEqual(0);
}

TEST_P(AgreementTest, ADigestThatWasMadeInAnotherWayIsNotTrusted) {
    (void)sweep();
    ours.run("UPDATE ledger SET digest_version = " + std::to_string(kDigestVersion - 1) + ", push_high = 7, dirty = 1");
    expectEqual(kHolders);
    EXPECT_EQ(sweep(), Names{});
    EXPECT_EQ(ledger(1).digestVersion, kDigestVersion);
    EXPECT_NE(ledger(1).push.high, 7U);
    expectEqual(0);
}

/// What the platform is found to hold otherwise than was thought is no longer what was agreed upon.
TEST_P(AgreementTest, WhatIsReadBackUnsettlesTheDigest) {
    (void)sweep();
    auto entry = world.platform.registry().find(numberOf(1)).value();
    entry.record["companyName"] = "别的单位";
    world.platform.registry().put(entry);
    Resync resync(parts());
    NationalRow row = shown(entry);
    ASSERT_TRUE(resync.repair(numberOf(1), &row, "test", {}));
    EXPECT_TRUE(ledger(1).comparable.none());
    PassResult result;
    ASSERT_TRUE(Pass(parts()).settleDue(result, {}));
    EXPECT_EQ(world.national(1).at("companyName"), "单位1");
    (void)sweep();
    expectEqual(0);
}

INSTANTIATE_TEST_SUITE_P(Both, AgreementTest, testing::Values(Dialect::Sqlite, Dialect::Postgres),
                         [](const auto& tested) { return tested.param == Dialect::Sqlite ? "Sqlite" : "Postgres"; });

}  // namespace
}  // namespace lianzheng::test
