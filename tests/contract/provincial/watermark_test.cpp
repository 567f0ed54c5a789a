#include "adapters/provincial/watermark_text.h"

#include "tests/contract/provincial/source_fixture.h"

namespace lianzheng::test {
namespace {

const TimePoint kInstant{std::chrono::milliseconds{1'772'330'584'005}};  // 2026-03-01T02:03:04.005Z
constexpr std::chrono::minutes kShanghai{480};

TEST(WatermarkTextTest, IsWrittenAsTheSampleIs) {
    EXPECT_EQ(watermarkText(kInstant, kShanghai, ""), "2026-03-01 10:03:04");
    EXPECT_EQ(watermarkText(kInstant, kShanghai, "2025-12-31 23:59:59"), "2026-03-01 10:03:04");
    EXPECT_EQ(watermarkText(kInstant, kShanghai, "2025/12/31 23:59"), "2026/03/01 10:03");
    EXPECT_EQ(watermarkText(kInstant, kShanghai, "2025-12-31T23:59:59.123456"), "2026-03-01T10:03:04.005000");
    EXPECT_EQ(watermarkText(kInstant, kShanghai, "2025-12-31T23:59:59Z"), "2026-03-01T02:03:04Z");
    EXPECT_EQ(watermarkText(kInstant, kShanghai, "20251231235959"), "20260301100304");
    EXPECT_EQ(watermarkText(kInstant, kShanghai, "20251231"), "20260301");
    EXPECT_EQ(watermarkText(kInstant, kShanghai, "1700000000"), "1772330584");
    EXPECT_EQ(watermarkText(kInstant, kShanghai, "1700000000000"), "1772330584005");
}

class WatermarkTest : public SourceTest {};
LIANZHENG_ON_BOTH(WatermarkTest);

TEST_P(WatermarkTest, TheSourcesClockSpeaksItsOwnText) {
    makeTable();
    insert(1, "n", "2025/12/31 23:59:59");
    const auto now = source().watermarkAt(std::chrono::seconds{0});
    ASSERT_TRUE(now) << now.error().code;
    EXPECT_EQ(now->size(), 19U);
    EXPECT_EQ(now->at(4), '/');
    const auto earlier = source().watermarkAt(std::chrono::hours{48});
    ASSERT_TRUE(earlier);
    EXPECT_LT(*earlier, *now);
}

TEST(WatermarkOfPostgresTest, ATimestampIsInTheSourcesLocalTime) {
    TestDatabase database(Dialect::Postgres);
    database.run("CREATE TABLE zs (id BIGINT PRIMARY KEY, zsbh TEXT, gxsj TIMESTAMPTZ)");
    database.run("INSERT INTO zs VALUES (1, 'n', '2026-03-01 02:03:04.5+00')");
    WaitedClock clock;
    SourceSettings settings;
    settings.address = database.address();
    SourceDefinition definition;
    definition.from = "zs";
    definition.key = "id";
    definition.keyIsNumber = true;
    definition.number = "zsbh";
    definition.changedAt = "gxsj";
    const auto source = makeSociSource(settings, definition, {"gxsj"}, clock);
    std::string seen;
    const RowSink keeping = [&](std::span<const Cell> cells) {
        seen = cells[0].text;
        return true;
    };
    const auto end = source->scan({}, "", 10, keeping);
    ASSERT_TRUE(end) << end.error().code;
    EXPECT_EQ(seen, "2026-03-01 10:03:04.5+08");
    const auto horizon = source->watermarkAt(std::chrono::seconds{0});
    ASSERT_TRUE(horizon) << horizon.error().code;
    EXPECT_TRUE(source->scan(*end, *horizon, 10, keeping));
}

}  // namespace
}  // namespace lianzheng::test
