#include <gtest/gtest.h>

#include "tests/simulator/province/licences.h"
#include "tests/unit/simulator/province_truth.h"

namespace lianzheng::sim::province {
namespace {

class LicencesTest : public testing::Test {
protected:
    LicencesTest() {
        province_.database->run(
            "CREATE TABLE lianzheng_writeback (source_key TEXT PRIMARY KEY, cert_num TEXT, code_id TEXT, "
            "zze_cert_id TEXT, state TEXT, pushed_at TEXT)");
    }
    void writeBack(const std::string& key, const std::string& code, const std::string& at) {
        province_.database->run("INSERT OR REPLACE INTO lianzheng_writeback VALUES (?, 'n', ?, 'identifier', '01', ?)",
                                std::vector<Cell>{key, code, at});
    }
    SmallProvince province_{200};
};

TEST_F(LicencesTest, ACodeGetsOneLicenceLaterThanItsPush) {
    writeBack("SD0000000002", "code", "2026-11-23 10:00:00");
    writeBack("SD0000000003", "", "2026-11-23 10:00:00");
    const LicenceOptions options{.now = "2026-11-23 12:00:00"};
    EXPECT_EQ(makeLicences(*province_.database, options), 1);
    EXPECT_EQ(makeLicences(*province_.database, options), 0);
    EXPECT_EQ(province_.value("SELECT ZZSJ || GXSJ || ZZBS FROM V_ANGUAN WHERE ZSID = 'SD0000000002'"),
              "2026-11-23 12:00:002026-11-23 12:00:00identifier");
    writeBack("SD0000000002", "code", "2026-11-24 10:00:00");
    EXPECT_EQ(makeLicences(*province_.database, options), 1);
    EXPECT_EQ(province_.value("SELECT ZZSJ FROM V_ANGUAN WHERE ZSID = 'SD0000000002'"), "2026-11-24 10:00:01");
}

TEST_F(LicencesTest, AWrittenBackTimeMayBeUtc) {
    EXPECT_EQ(localTime("2026-11-23T16:30:00Z"), "2026-11-24 00:30:00");
    EXPECT_EQ(localTime("2026-11-23T16:30:00.250Z"), "2026-11-24 00:30:00");
    EXPECT_EQ(localTime("2026-11-23 16:30:00+08:00"), "2026-11-23 16:30:00");
    EXPECT_EQ(localTime("2026-11-23 16:30:00"), "2026-11-23 16:30:00");
}

}  // namespace
}  // namespace lianzheng::sim::province
