#include "tests/simulator/province/schema.h"

#include <fmt/format.h>

#include <array>

namespace lianzheng::sim::province {

namespace {

constexpr std::array kTables{"T_AQSC_ZS", "T_RYXX",    "T_DWXX",    "T_RYZP",
                             "T_AQSC_ZK", "T_AQSC_YQ", "T_AQSC_ZY", "T_AQSC_ZZ"};

constexpr std::array kCreate{
    "CREATE TABLE T_DWXX (DWBH BIGINT NOT NULL, DWMC TEXT, TYXYDM TEXT, XZQH TEXT, HYLB TEXT)",
    "CREATE TABLE T_RYXX (RYBH BIGINT NOT NULL, XM TEXT, XB TEXT, CSRQ TEXT, ZJLX TEXT, ZJHM TEXT, XL TEXT, ZC TEXT, "
    "ZY TEXT)",
    "CREATE TABLE T_RYZP (RYBH BIGINT NOT NULL, ZPBB TEXT, ZP {0})",
    "CREATE TABLE T_AQSC_ZS (ZSID TEXT NOT NULL, ZSBH TEXT, ZSLX TEXT, RYBH BIGINT, DWBH BIGINT, FZJG TEXT, "
    "SCFZRQ TEXT, FZRQ TEXT, YXQQ TEXT, YXQZ TEXT, YWLX TEXT, SPZT TEXT, SCBZ TEXT, CSBZ TEXT, ZXLX TEXT, QTBZ TEXT, "
    "QTSM TEXT, ZW TEXT, JJBZ TEXT, YZSBH TEXT, YZZBS TEXT, GXSJ TEXT)",
    "CREATE TABLE T_AQSC_ZK (ID BIGINT NOT NULL, ZSID TEXT, ZKRQ TEXT, FHRQ TEXT, ZKYY TEXT, DQBZ TEXT)",
    "CREATE TABLE T_AQSC_YQ (ID BIGINT NOT NULL, ZSID TEXT, SQRQ TEXT, QRZT TEXT, DQBZ TEXT)",
    "CREATE TABLE T_AQSC_ZY (ID BIGINT NOT NULL, ZSID TEXT, ZYFX TEXT, ZYRQ TEXT, DQBZ TEXT)",
    "CREATE TABLE T_AQSC_ZZ (ID BIGINT NOT NULL, ZSID TEXT, WJDZ TEXT, SCSJ TEXT, ZZBS TEXT, DQBZ TEXT)",
};

constexpr std::array kIndexes{
    "CREATE UNIQUE INDEX PK_DWXX ON T_DWXX (DWBH)",
    "CREATE UNIQUE INDEX PK_RYXX ON T_RYXX (RYBH)",
    "CREATE INDEX IX_RYXX_ZJHM ON T_RYXX (ZJHM)",
    "CREATE UNIQUE INDEX PK_RYZP ON T_RYZP (RYBH)",
    "CREATE UNIQUE INDEX PK_AQSC_ZS ON T_AQSC_ZS (ZSID)",
    "CREATE INDEX IX_ZS_GXSJ ON T_AQSC_ZS (GXSJ, ZSID)",
    "CREATE INDEX IX_ZS_ZSBH ON T_AQSC_ZS (ZSBH)",
    "CREATE INDEX IX_ZS_RYBH ON T_AQSC_ZS (RYBH)",
    "CREATE INDEX IX_ZS_DWBH ON T_AQSC_ZS (DWBH)",
    "CREATE UNIQUE INDEX IX_ZK_DQ ON T_AQSC_ZK (ZSID) WHERE DQBZ = '1'",
    "CREATE UNIQUE INDEX IX_YQ_DQ ON T_AQSC_YQ (ZSID) WHERE DQBZ = '1'",
    "CREATE UNIQUE INDEX IX_ZY_DQ ON T_AQSC_ZY (ZSID) WHERE DQBZ = '1'",
    "CREATE UNIQUE INDEX IX_ZZ_DQ ON T_AQSC_ZZ (ZSID) WHERE DQBZ = '1'",
};

// LEFT JOIN throughout: a row whose company or person is missing must still be seen, and SQLite must scan z first.
constexpr auto kView = R"(CREATE VIEW V_ANGUAN AS
SELECT z.ZSID, z.ZSBH, z.ZSLX, z.FZJG, z.SCFZRQ, z.FZRQ, z.YXQQ, z.YXQZ, z.YWLX, z.SPZT, z.SCBZ, z.CSBZ, z.ZXLX,
       zy.DQBZ AS ZCBZ, z.QTBZ, z.QTSM, zk.DQBZ AS ZKBZ, zk.ZKYY, yq.QRZT AS YQBZ, z.JJBZ, z.YZSBH, z.YZZBS,
       z.RYBH, ry.XM, ry.XB, ry.CSRQ, ry.ZJLX, ry.ZJHM, ry.XL, ry.ZC, ry.ZY, z.ZW,
       z.DWBH, dw.DWMC, dw.TYXYDM, dw.XZQH, dw.HYLB, zp.ZPBB, zp.ZP,
       zz.WJDZ AS ZZDZ, zz.SCSJ AS ZZSJ, zz.ZZBS, z.GXSJ
  FROM T_AQSC_ZS z
  LEFT JOIN T_RYXX ry ON ry.RYBH = z.RYBH
  LEFT JOIN T_DWXX dw ON dw.DWBH = z.DWBH
  LEFT JOIN T_RYZP zp ON zp.RYBH = z.RYBH
  LEFT JOIN T_AQSC_ZK zk ON zk.ZSID = z.ZSID AND zk.DQBZ = '1'
  LEFT JOIN T_AQSC_YQ yq ON yq.ZSID = z.ZSID AND yq.DQBZ = '1'
  LEFT JOIN T_AQSC_ZY zy ON zy.ZSID = z.ZSID AND zy.DQBZ = '1' AND zy.ZYFX = '转出'
  LEFT JOIN T_AQSC_ZZ zz ON zz.ZSID = z.ZSID AND zz.DQBZ = '1')";

}  // namespace

void createTables(Database& database) {
    dropView(database);
    for (const char* table : kTables) database.run(fmt::format("DROP TABLE IF EXISTS {}", table));
    for (const char* statement : kCreate) database.run(fmt::format(fmt::runtime(statement), database.bytesType()));
}

void createIndexes(Database& database) {
    for (const char* statement : kIndexes) database.run(statement);
    // For reading in the order of the numbers' bytes, beside the one for looking a number up.
    if (const std::string_view order = database.byteOrder(); !order.empty()) {
        database.run(fmt::format("CREATE INDEX IX_ZS_ZSBH_BYTES ON T_AQSC_ZS (ZSBH {}, ZSID)", order));
    }
    for (const char* table : kTables) database.run(fmt::format("ANALYZE {}", table));
}

void createView(Database& database, const std::string& condition) {
    dropView(database);
    database.run(condition.empty() ? kView : fmt::format("{}\n WHERE {}", kView, condition));
}

void dropView(Database& database) { database.run("DROP VIEW IF EXISTS V_ANGUAN"); }

}  // namespace lianzheng::sim::province
