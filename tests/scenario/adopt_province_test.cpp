#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "gateway/sync/adopt.h"
#include "tests/postgres/test_database.h"
#include "tests/scenario/world.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

constexpr const char* kAdopt = "adopt: {code: GJBM, event: GJLSH, state: GJZT, identifier: GJBS, at: GJSJ}\n\nstate:\n";
constexpr const char* kColumns[] = {"GJBM", "GJLSH", "GJZT", "GJBS", "GJSJ"};

/// What the other programme wrote into the row, at 08:00 on 2 March.
void remember(World& world, int id, const sim::national::Entry& national) {
    world.province.run("UPDATE ZS SET GJBM = '" + national.codeId + "', GJLSH = '" + national.eCertId + "', GJZT = '" +
                       std::string(national.state()) + "', GJBS = '" + national.zzeCertId +
                       "', GJSJ = '2026-03-02 08:00:00' WHERE ID = " + std::to_string(id));
}

TEST(AdoptProvinceTest, UnchangedOnesSendNothingAndChangedOnesWhatIsKnown) {
    World pushed;
    for (int id = 1; id <= 10; ++id) pushed.province.add({.id = id});
    (void)pushed.firstRun();

    World world(2);  // no event ids of the first
    for (int id = 1; id <= 11; ++id) world.province.add({.id = id});
    for (const char* column : kColumns) {
        world.province.run(std::string("ALTER TABLE ZS ADD COLUMN ") + column + " TEXT");
    }
    for (int id = 1; id <= 10; ++id) remember(world, id, pushed.national(id));
    pushed.platform.registry().forEach([&](const auto& entry) { world.platform.registry().put(entry); });
    world.editMapping("state:\n", kAdopt);
    world.reopen();
    // Since the push: one was suspended, one has a new employer; nobody knows what was sent of them.
    world.province.set(9, "ZK = '1'", "2026-03-02 08:30:00");
    world.province.set(10, "DW = '新单位'", "2026-03-02 08:30:00");
    world.clock.advance(1h);

    const auto adopted = world.adoptFromProvince();
    ASSERT_TRUE(adopted) << adopted.error().code;
    EXPECT_EQ(adopted->rows, 11U);
    EXPECT_EQ(adopted->adopted, 10U);
    EXPECT_EQ(adopted->unpushed, 1U);
    EXPECT_EQ(adopted->unknown, 2U);
    const LedgerEntry entry = world.ledger(1);
    EXPECT_EQ(entry.origin, Origin::Adopted);
    EXPECT_EQ(entry.codeId, pushed.national(1).codeId);
    EXPECT_EQ(entry.lastECertId, pushed.national(1).eCertId);
    EXPECT_EQ(entry.zzeCertId, pushed.national(1).zzeCertId);
    EXPECT_EQ(entry.stage, Stage::Collected);
    EXPECT_TRUE(world.callsSince().empty());

    (void)world.pass();
    Names calls = world.callsSince();
    std::ranges::sort(calls);
    EXPECT_EQ(calls, (Names{"assign.01", "collect", "update.03"}));  // the eleventh, and the suspension
    (void)world.pass();
    EXPECT_EQ(world.callsSince(), Names{});

    // Read back, its employer is known, and differs.
    (void)world.resync(numberOf(10), false);
    calls = world.callsSince();
    EXPECT_EQ(std::ranges::count(calls, "assign.09"), 1);
    EXPECT_EQ(world.national(10).at("companyName"), "新单位");

    // What was taken over goes on as if we had pushed it.
    world.clock.advance(2h);
    world.province.set(4, "DW = '新单位'", "2026-03-02 10:00:00");
    world.province.set(5, "SFZ = '" + personOf(50) + "'", "2026-03-02 10:00:00");
    (void)world.pass();
    calls = world.callsSince();
    std::ranges::sort(calls);
    EXPECT_EQ(calls, (Names{"assign.09", "collect", "identity"}));
    EXPECT_EQ(world.national(5).at("identityCard"), personOf(50));

    const auto again = world.adoptFromProvince();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->adopted, 0U);
    EXPECT_EQ(again->known, 10U);
}

class AdoptFromTest : public testing::TestWithParam<Dialect> {
protected:
    FieldMap mapping() {
        std::stringstream text;
        text << std::ifstream(LIANZHENG_ROOT "/tests/scenario/province.yaml").rdbuf();
        std::string yaml = text.str();
        yaml.replace(yaml.find("state:\n"), 7, kAdopt);
        const auto file = scratch.path() / "province.yaml";
        std::ofstream(file) << yaml;
        auto map = FieldMap::load(file);
        if (!map) throw std::runtime_error(str(map.error().front()));
        return std::move(*map);
    }
    void insert(int id, const std::string& changedAt, const std::string& remembered) {
        province.run("INSERT INTO ZS VALUES (" + std::to_string(id) + ", '" + numberOf(id) + "', 'C3', '持证人', '" +
                     personOf(id) + "', '单位', '" + companyOf(id) +
                     "', '08', '2025-06-01', '2025-06-01', '2028-05-31', '0', '0', '0', 'p', '1', 'https://l/1', "
                     "'2026-01-01 00:00:00', '" +
                     changedAt + "', " + remembered + ")");
    }

    ScratchDirectory scratch;
    TestDatabase province{GetParam()};
    TestDatabase ours{GetParam()};
    ManualClock clock{shanghai(2026, 3, 2, 8h)};
};

TEST_P(AdoptFromTest, EveryRowCountsOnce) {
    province.run(
        "CREATE TABLE ZS (ID BIGINT PRIMARY KEY, ZSBH TEXT, LB TEXT, XM TEXT, SFZ TEXT, DW TEXT, XYDM TEXT, ZW TEXT, "
        "SCRQ TEXT, FZRQ TEXT, YXQZ TEXT, ZX TEXT, ZK TEXT, YQ TEXT, ZPBH TEXT, ZPBB TEXT, ZZDZ TEXT, ZZSJ TEXT, "
        "GXSJ TEXT, GJBM TEXT, GJLSH TEXT, GJZT TEXT, GJBS TEXT, GJSJ TEXT)");
    insert(1, "2026-01-01 00:00:00", "'code', 'event', '01', 'identifier', '2026-01-02 00:00:00'");
    insert(2, "2026-01-03 00:00:00", "'code', 'event', '02', NULL, '2026-01-02 00:00:00'");
    insert(3, "2026-01-01 00:00:00", "NULL, NULL, '01', NULL, NULL");
    insert(4, "2026-01-01 00:00:00", "'code', 'event', 'valid', NULL, '2026-01-02 00:00:00'");
    const FieldMap map = mapping();
    SourceSettings where;
    where.address = province.address();
    const auto source = makeSociSource(where, map.source(), map.adoptColumns(), clock);
    auto store = openStore(ours.address(), clock);
    ASSERT_TRUE(store) << store.error().code;
    ASSERT_TRUE((*store)->tryBecomePusher().value());

    const auto adopted = adoptFromProvince(*source, map, **store, {});
    ASSERT_TRUE(adopted) << adopted.error().where << " " << adopted.error().code;
    EXPECT_EQ(adopted->rows, 4U);
    EXPECT_EQ(adopted->adopted, 2U);
    EXPECT_EQ(adopted->unknown, 1U);
    EXPECT_EQ(adopted->unpushed, 1U);
    EXPECT_EQ(adopted->unreadable, 1U);
    EXPECT_EQ((*store)->ledgerSize().value(), 2U);

    const auto first = (*store)->find(numberOf(1)).value();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->sourceKey, "1");
    EXPECT_EQ(first->codeId, "code");
    EXPECT_EQ(first->lastECertId, "event");
    EXPECT_EQ(first->zzeCertId, "identifier");
    EXPECT_EQ(first->stage, Stage::Collected);
    EXPECT_EQ(first->expiringDate, "2028-05-31");
    EXPECT_EQ(first->photoVersion, "1");
    const Acknowledged known = (*store)->acknowledged(numberOf(1)).value();
    EXPECT_TRUE(known.knows(Field::CompanyName));
    EXPECT_TRUE(known.knows(Field::Major));  // empty, and known to be
    EXPECT_FALSE(known.knows(Field::CertStatusDescription));
    EXPECT_EQ(known.record[Field::IdentityCard], personOf(1));

    const auto second = (*store)->find(numberOf(2)).value();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->state, CertState::Suspended);
    EXPECT_EQ(second->stage, Stage::WaitingLicence);
    EXPECT_TRUE(second->photoVersion.empty());
    const Acknowledged doubtful = (*store)->acknowledged(numberOf(2)).value();
    EXPECT_EQ(doubtful.known.count(), 2U);
    EXPECT_EQ(doubtful.record[Field::CertState], "02");

    province.run("ALTER TABLE ZS DROP COLUMN GJLSH");
    const auto gone =
        adoptFromProvince(*makeSociSource(where, map.source(), map.adoptColumns(), clock), map, **store, {});
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, "column_gone:GJLSH");
}

INSTANTIATE_TEST_SUITE_P(Both, AdoptFromTest, testing::Values(Dialect::Sqlite, Dialect::Postgres),
                         [](const auto& tested) { return tested.param == Dialect::Sqlite ? "Sqlite" : "Postgres"; });

}  // namespace
}  // namespace lianzheng::test
