#include <array>

#include "tests/contract/provincial/source_fixture.h"

namespace lianzheng::test {
namespace {

class WriteBackTest : public SourceTest {
protected:
    static WriteBack row(std::string key, std::string code) {
        return {.sourceKey = std::move(key),
                .certNum = "鲁建安B（2023）0000001",
                .codeId = std::move(code),
                .zzeCertId = {},
                .state = "01",
                .pushedAt = "2026-03-01 10:00:00"};
    }
    using Target = SourceSettings::WriteBackTarget;
};
LIANZHENG_ON_BOTH(WriteBackTest);

TEST_P(WriteBackTest, TheTableIsMadeAndFilled) {
    makeTable();
    const std::array first{row("1", "code-1"), row("2", "code-2")};
    const Status status = source().writeBack(first);
    ASSERT_TRUE(status) << status.error().code;
    ASSERT_TRUE(source().writeBack(std::array{row("1", "code-3")}));
    EXPECT_EQ(database_.value("SELECT code_id FROM lianzheng_writeback WHERE source_key = '1'"), "code-3");
    EXPECT_EQ(database_.value("SELECT count(*) FROM lianzheng_writeback"), "2");
    EXPECT_EQ(database_.value("SELECT count(*) FROM lianzheng_writeback WHERE zze_cert_id IS NULL"), "2");
}

TEST_P(WriteBackTest, ARowThatIsTheSameIsNotTouched) {
    makeTable();
    ASSERT_TRUE(source().writeBack(std::array{row("1", "code-1")}));
    if (GetParam() == Dialect::Sqlite) {
        database_.run(
            "CREATE TRIGGER touched BEFORE UPDATE ON lianzheng_writeback BEGIN SELECT RAISE(ABORT, 'touched'); "
            "END");
    } else {
        database_.run(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''touched''; "
            "END'");
        database_.run(
            "CREATE TRIGGER touched BEFORE UPDATE ON lianzheng_writeback FOR EACH ROW EXECUTE FUNCTION "
            "refuse()");
    }
    EXPECT_TRUE(source().writeBack(std::array{row("1", "code-1")}));
    EXPECT_FALSE(source().writeBack(std::array{row("1", "code-2")}));
}

TEST_P(WriteBackTest, ColumnsOfTheProvincesTableAreUpdated) {
    makeTable();
    database_.run("CREATE TABLE dzzz (id BIGINT, fmid VARCHAR(64), zt VARCHAR(2))");
    database_.run("INSERT INTO dzzz VALUES (1, NULL, NULL), (2, 'kept', NULL)");
    settings_.writeBack = Target::Columns;
    settings_.writeBackTable = "dzzz";
    settings_.writeBackColumns = {.keyColumn = "id", .codeId = "fmid", .zzeCertId = {}, .state = "zt", .pushedAt = {}};
    const std::array rows{row("1", "code-1"), row("77", "code-77")};
    const Status status = source().writeBack(rows);
    ASSERT_TRUE(status) << status.error().code;
    EXPECT_EQ(database_.value("SELECT fmid FROM dzzz WHERE id = 1"), "code-1");
    EXPECT_EQ(database_.value("SELECT fmid FROM dzzz WHERE id = 2"), "kept");
    EXPECT_EQ(database_.value("SELECT count(*) FROM dzzz"), "2");
    EXPECT_TRUE(source().health()->canWrite);
}

TEST_P(WriteBackTest, TheProvincesColumnsAreFoundInAnyCase) {
    makeTable();
    database_.run("CREATE TABLE dzzz (id BIGINT, fmid VARCHAR(64))");
    database_.run("INSERT INTO dzzz VALUES (1, NULL)");
    settings_.writeBack = Target::Columns;
    settings_.writeBackTable = "DZZZ";
    settings_.writeBackColumns = {.keyColumn = "ID", .codeId = "FMID", .zzeCertId = {}, .state = {}, .pushedAt = {}};
    const Status status = source().writeBack(std::array{row("1", "code-1")});
    ASSERT_TRUE(status) << status.error().code;
    EXPECT_EQ(database_.value("SELECT fmid FROM dzzz"), "code-1");
}

TEST_P(WriteBackTest, NothingIsWrittenWhenNothingIsWanted) {
    makeTable();
    settings_.writeBack = Target::None;
    EXPECT_TRUE(source().writeBack(std::array{row("1", "code-1")}));
    EXPECT_FALSE(source().health()->canWrite);
}

TEST_P(WriteBackTest, TheRightToWriteIsTriedWithoutAnEffect) {
    makeTable();
    EXPECT_TRUE(source().health()->canWrite);
    const std::string made = GetParam() == Dialect::Sqlite
                                 ? "SELECT count(*) FROM sqlite_master WHERE name = 'lianzheng_writeback'"
                                 : "SELECT count(*) FROM pg_tables WHERE tablename = 'lianzheng_writeback' AND "
                                   "schemaname = current_schema()";
    EXPECT_EQ(database_.value(made), "0");
    settings_.address.readOnly = true;
    source_.reset();
    EXPECT_FALSE(source().health()->canWrite);
    const Status refused = source().writeBack(std::array{row("1", "code-1")});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::Denied);
    EXPECT_EQ(refused.error().code, "read_only");
}

}  // namespace
}  // namespace lianzheng::test
