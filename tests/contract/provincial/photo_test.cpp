#include <fstream>

#include "tests/contract/provincial/source_fixture.h"

namespace lianzheng::test {
namespace {

class PhotoTest : public SourceTest {};
LIANZHENG_ON_BOTH(PhotoTest);

TEST_P(PhotoTest, AColumnsBytesComeWhole) {
    makeTable();
    const bool sqlite = GetParam() == Dialect::Sqlite;
    database_.run(sqlite ? "CREATE TABLE zp (ref TEXT, tp BLOB)" : "CREATE TABLE zp (ref TEXT, tp BYTEA)");
    database_.run(sqlite ? "INSERT INTO zp VALUES ('a', x'ffd800ff'), ('b', NULL)"
                         : "INSERT INTO zp VALUES ('a', '\\xffd800ff'), ('b', NULL)");
    definition_.photo = SourceDefinition::Photo::Column;
    definition_.photoFrom = "zp";
    definition_.photoKey = "ref";
    definition_.photoColumn = "tp";
    const auto bytes = source().photo("a");
    ASSERT_TRUE(bytes) << bytes.error().code;
    EXPECT_EQ(*bytes, std::string("\xff\xd8\x00\xff", 4));
    EXPECT_EQ(source().photo("b"), std::string());
    EXPECT_EQ(source().photo("absent"), std::string());
}

/// Mappings write names as the vendor's manual does; PostgreSQL has folded them.
TEST_P(PhotoTest, ColumnsAreFoundInAnyCaseAndAMissingOneIsNamed) {
    makeTable();
    database_.run("CREATE TABLE zp (ref BIGINT, tp TEXT)");
    database_.run("INSERT INTO zp VALUES (7, 'picture')");
    definition_.photo = SourceDefinition::Photo::Column;
    definition_.photoFrom = "ZP";
    definition_.photoKey = "REF";
    definition_.photoColumn = "TP";
    EXPECT_EQ(source().photo("7"), "picture");
    database_.run("ALTER TABLE zp RENAME COLUMN tp TO bild");
    const auto gone = source().photo("7");
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().fault, Fault::Corrupt);
    EXPECT_EQ(gone.error().code, "column_gone:TP");
    database_.run("ALTER TABLE zp RENAME COLUMN bild TO tp");
    EXPECT_EQ(source().photo("7"), "picture");
}

TEST_P(PhotoTest, AFileIsReadUnderItsRootOnly) {
    const std::filesystem::path root = database_.directory() / "photos";
    std::filesystem::create_directories(root / "2026");
    std::ofstream(root / "2026" / "a.jpg") << "picture";
    std::ofstream(database_.directory() / "secret") << "secret";
    std::filesystem::create_symlink(database_.directory() / "secret", root / "link");
    definition_.photo = SourceDefinition::Photo::File;
    definition_.photoFrom = root.string();
    EXPECT_EQ(source().photo("2026/a.jpg"), "picture");
    EXPECT_EQ(source().photo("2026\\a.jpg"), "picture");
    EXPECT_EQ(source().photo("2026/none.jpg"), std::string());
    EXPECT_EQ(source().photo(""), std::string());
    for (const std::string reference : {"../secret", "2026/../../secret", "/etc/hostname", "link", "..\\secret"}) {
        const auto refused = source().photo(reference);
        ASSERT_FALSE(refused) << reference;
        EXPECT_EQ(refused.error().fault, Fault::Rejected);
        EXPECT_EQ(refused.error().code, "outside_root");
    }
}

}  // namespace
}  // namespace lianzheng::test
