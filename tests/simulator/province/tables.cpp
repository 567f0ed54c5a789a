#include "tests/simulator/province/tables.h"

namespace lianzheng::sim::province {

void Tables::addCertificate(const Certificate& certificate, const LocalRow& row) {
    if (certificate.newCompany) {
        database_.insert("T_DWXX", {std::to_string(row.dwbh), row.dwmc, row.tyxydm, row.xzqh, row.hylb});
    }
    if (certificate.newPerson) {
        database_.insert(
            "T_RYXX", {std::to_string(row.rybh), row.xm, row.xb, row.csrq, row.zjlx, row.zjhm, row.xl, row.zc, row.zy});
        const Cell bytes = row.photo.empty() ? Cell{} : Cell{row.photo, Cell::Kind::Bytes};
        if (row.hasPhoto) database_.insert("T_RYZP", {std::to_string(row.rybh), row.photoVersion, bytes});
    }
    database_.insert("T_AQSC_ZS", {row.zsid,
                                   row.zsbh,
                                   row.zslx,
                                   std::to_string(row.rybh),
                                   std::to_string(row.dwbh),
                                   row.fzjg,
                                   row.scfzrq,
                                   row.fzrq,
                                   row.yxqq,
                                   row.yxqz,
                                   row.ywlx,
                                   row.spzt,
                                   row.scbz,
                                   row.csbz,
                                   row.zxlx,
                                   row.qtbz,
                                   row.qtsm,
                                   row.zw,
                                   row.jjbz,
                                   row.yzsbh,
                                   row.yzzbs,
                                   row.gxsj});
    const std::string day = row.gxsj.substr(0, 10);
    if (certificate.life == Life::Suspended) addSuspension(row.zsid, day, "安全生产责任事故");
    if (certificate.life == Life::ExpiredRenewing) addRenewal(row.zsid, day, true);
    if (certificate.life == Life::TransferredOut) addTransfer(row.zsid, "转出", day);
    if (certificate.business == "40") addTransfer(row.zsid, "转入", day);
    if (!certificate.licenceUrl.empty()) {
        const bool filledIn = certificate.index % 2 == 0;
        addLicence(row.zsid, certificate.licenceUrl, certificate.licenceTime,
                   filledIn ? identifierOf(certificate, certificate.version) : "");
    }
}

void Tables::addSuspension(const std::string& key, const std::string& day, const std::string& reason) {
    database_.insert("T_AQSC_ZK", {nextId(), key, day, "1950-01-01", reason, "1"});
}

void Tables::addRenewal(const std::string& key, const std::string& day, bool confirmed) {
    database_.insert("T_AQSC_YQ", {nextId(), key, day, confirmed ? "1" : "0", "1"});
}

void Tables::addTransfer(const std::string& key, const std::string& direction, const std::string& day) {
    database_.insert("T_AQSC_ZY", {nextId(), key, direction, day, "1"});
}

void Tables::addLicence(const std::string& key, const std::string& url, const std::string& time,
                        const std::string& identifier) {
    database_.insert("T_AQSC_ZZ", {nextId(), key, url, time, identifier, "1"});
}

std::int64_t nextChildId(Database& database) {
    const auto rows = database.read(
        "SELECT max(ID) FROM (SELECT max(ID) AS ID FROM T_AQSC_ZK UNION ALL SELECT max(ID) FROM T_AQSC_YQ "
        "UNION ALL SELECT max(ID) FROM T_AQSC_ZY UNION ALL SELECT max(ID) FROM T_AQSC_ZZ) AS all_ids");
    return rows.empty() || !rows[0][0] ? 1 : std::stoll(*rows[0][0]) + 1;
}

}  // namespace lianzheng::sim::province
