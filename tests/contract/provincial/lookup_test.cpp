#include <algorithm>

#include "adapters/provincial/gb18030.h"
#include "tests/contract/provincial/source_fixture.h"

namespace lianzheng::test {
namespace {

class LookupTest : public SourceTest {};
LIANZHENG_ON_BOTH(LookupTest);

TEST_P(LookupTest, ANumberIsFoundUnderAnyOfItsSpellings) {
    makeTable();
    insert(1, "鲁建安B（2023）0000001", "2026-01-01");
    insert(2, "鲁建安B(2023)0000001", "2026-01-01");
    insert(3, "鲁建安B（2023）0000002", "2026-01-01");
    ASSERT_TRUE(source().byNumber("鲁建安B（2023）0000001", collecting()));
    EXPECT_EQ(rows_.size(), 2U);
    rows_.clear();
    insert(4, "not a number", "2026-01-01");
    ASSERT_TRUE(source().byNumber("not a number", collecting()));
    EXPECT_EQ(seen(), (Keys{"4"}));
}

TEST_P(LookupTest, SeveralNumbersAreFoundUnderAnyOfTheirSpellings) {
    makeTable();
    insert(1, "鲁建安B（2023）0000001", "2026-01-01");
    insert(2, "鲁建安B(2023)0000001", "2026-01-01");
    insert(3, "鲁建安B（2023）0000002", "2026-01-01");
    insert(4, "鲁建安B（2023）0000900", "2026-01-01");
    insert(5, "鲁建安C（2023）0000901", "2026-01-01");
    std::vector<std::string> numbers{"鲁建安B（2023）0000001", "鲁建安C3（2023）0000901"};
    for (int serial = 100; serial <= 900; ++serial) numbers.push_back("鲁建安B（2023）0000" + std::to_string(serial));
    ASSERT_TRUE(source().byNumbers(numbers, collecting()));
    Keys keys = seen();
    std::ranges::sort(keys);
    EXPECT_EQ(keys, (Keys{"1", "2", "4", "5"}));
    EXPECT_TRUE(source().byNumbers({}, collecting()));
}

TEST_P(LookupTest, KeysAreLookedUpInListsOfAnyLength) {
    makeTable();
    Keys keys{"nonsense"};
    for (int id = 1; id <= 1203; ++id) {
        if (id % 100 == 0) insert(id, "n", "2026-01-01");
        keys.push_back(std::to_string(id));
    }
    const Status status = source().byKeys(keys, collecting());
    ASSERT_TRUE(status) << status.error().code;
    EXPECT_EQ(rows_.size(), 12U);
    EXPECT_TRUE(source().byKeys({}, collecting()));
}

TEST_P(LookupTest, APersonHasSeveralRows) {
    makeTable();
    insert(1, "n", "2026-01-01", "one");
    insert(2, "n", "2026-01-01", "two");
    insert(3, "n", "2026-01-01", "one");
    ASSERT_TRUE(source().byPerson("one", collecting()));
    EXPECT_EQ(rows_.size(), 2U);
    rows_.clear();
    ASSERT_TRUE(source().byPerson("' OR 1=1 --", collecting()));
    EXPECT_TRUE(rows_.empty());
}

TEST(LookupOfGb18030Test, TheNumberIsAskedForInTheSourcesCharacterSet) {
    TestDatabase database(Dialect::Sqlite);
    database.run("CREATE TABLE zs (id BIGINT PRIMARY KEY, zsbh TEXT)");
    const std::optional<std::string> stored = toGb18030("鲁建安B（2023）0000001");
    ASSERT_TRUE(stored);
    database.connection().session() << "INSERT INTO zs VALUES (1, :n)", soci::use(*stored);

    WaitedClock clock;
    SourceSettings settings;
    settings.address = database.address();
    SourceDefinition definition;
    definition.from = "zs";
    definition.key = "id";
    definition.number = "zsbh";
    definition.charset = SourceDefinition::Charset::Gb18030;
    const auto source = makeSociSource(settings, definition, {"zsbh"}, clock);
    std::string seen;
    ASSERT_TRUE(source->byNumber("鲁建安B（2023）0000001", [&](std::span<const Cell> cells) {
        seen = cells[0].text;
        return true;
    }));
    EXPECT_EQ(seen, *stored) << "the cells are the source's own bytes";
}

}  // namespace
}  // namespace lianzheng::test
