#include "tests/contract/provincial/source_fixture.h"

namespace lianzheng::test {
namespace {

class TroubleTest : public SourceTest {};
LIANZHENG_ON_BOTH(TroubleTest);

TEST_P(TroubleTest, AColumnThatIsMissingIsNamed) {
    makeTable();
    columns_ = {"id", "dianhua"};
    const auto end = source().scan({}, "", 10, collecting());
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().fault, Fault::Corrupt);
    EXPECT_EQ(end.error().code, "column_gone:dianhua");
}

TEST_P(TroubleTest, HealthShowsTheColumnsOfASourceThatLacksOne) {
    makeTable();
    columns_ = {"id", "dianhua"};
    const auto health = source().health();
    ASSERT_TRUE(health) << health.error().code;
    EXPECT_EQ(health->columns, (std::vector<std::string>{"id", "zsbh", "xm", "sfzh", "gxsj"}));
}

TEST_P(TroubleTest, AColumnThatDisappearsLaterIsNamedAndNeverNull) {
    makeTable();
    insert(1, "n", "2026-01-01");
    ASSERT_TRUE(source().scan({}, "", 10, collecting()));
    database_.run("ALTER TABLE zs RENAME COLUMN xm TO xingming");
    const auto end = source().scan({}, "", 10, collecting());
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().fault, Fault::Corrupt);
    EXPECT_EQ(end.error().code, "column_gone:xm");
    const auto swept = source().sweep(collecting(), {});
    ASSERT_FALSE(swept);
    EXPECT_EQ(swept.error().code, "column_gone:xm");
    database_.run("ALTER TABLE zs RENAME COLUMN xingming TO xm");
    EXPECT_TRUE(source().scan({}, "", 10, collecting()));
}

TEST_P(TroubleTest, AViewThatIsDroppedIsATableGone) {
    makeTable();
    database_.run("CREATE VIEW v AS SELECT * FROM zs");
    definition_.from = "v";
    ASSERT_TRUE(source().scan({}, "", 10, collecting()));
    database_.run("DROP VIEW v");
    for (int i = 0; i < 2; ++i) {
        const auto end = source().scan({}, "", 10, collecting());
        ASSERT_FALSE(end);
        EXPECT_EQ(end.error().fault, Fault::Corrupt);
        EXPECT_EQ(end.error().code, "table_gone");
    }
}

TEST(TroubleOfSqliteTest, AFileThatIsAwayIsUnavailableAndFoundWhenItIsBack) {
    TestDatabase database(Dialect::Sqlite);
    database.run("PRAGMA journal_mode = DELETE");
    database.run("CREATE TABLE zs (id BIGINT PRIMARY KEY, zsbh TEXT)");
    WaitedClock clock;
    SourceSettings settings;
    settings.address = database.address();
    SourceDefinition definition;
    definition.from = "zs";
    definition.key = "id";
    definition.number = "zsbh";
    const auto source = makeSociSource(settings, definition, {"zsbh"}, clock);
    const RowSink ignoring = [](std::span<const Cell>) { return true; };
    ASSERT_TRUE(source->sweep(ignoring, {}));
    const auto file = database.directory() / "test.db";
    std::filesystem::rename(file, database.directory() / "away.db");
    const auto away = source->sweep(ignoring, {});
    ASSERT_FALSE(away);
    EXPECT_EQ(away.error().fault, Fault::Unavailable);
    EXPECT_EQ(away.error().where, "province.connect");
    std::filesystem::copy_file(database.directory() / "away.db", file);
    EXPECT_TRUE(source->sweep(ignoring, {}));
}

TEST(TroubleOfPostgresTest, ACutConnectionIsUnavailableOnceAndMadeAgain) {
    TestDatabase database(Dialect::Postgres);
    database.run("CREATE TABLE zs (id BIGINT PRIMARY KEY, zsbh TEXT)");
    WaitedClock clock;
    SourceSettings settings;
    settings.address = database.address();
    settings.address.url += " application_name=victim";
    SourceDefinition definition;
    definition.from = "zs";
    definition.key = "id";
    definition.number = "zsbh";
    const auto source = makeSociSource(settings, definition, {"zsbh"}, clock);
    const RowSink ignoring = [](std::span<const Cell>) { return true; };
    ASSERT_TRUE(source->sweep(ignoring, {}));
    database.run("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'victim'");
    const auto cut = source->sweep(ignoring, {});
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().fault, Fault::Unavailable);
    EXPECT_TRUE(source->sweep(ignoring, {}));
}

}  // namespace
}  // namespace lianzheng::test
