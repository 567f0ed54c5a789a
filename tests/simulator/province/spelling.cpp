#include "tests/simulator/province/spelling.h"

#include <algorithm>
#include <map>

#include "tests/simulator/province/photo.h"

namespace lianzheng::sim::province {

namespace {

using Words = std::map<std::string, std::string>;

/// One of two words for the same code, by the row's number, so that both occur.
std::string word(const Words& usual, const Words& other, const std::string& code, std::int64_t row) {
    const auto second = other.find(code);
    if (row % 4 == 0 && second != other.end()) return second->second;
    return usual.at(code);
}

std::string categoryCode(const Certificate& certificate) {
    static const Words kCodes{{"A", "1"}, {"B", "2"}, {"C1", "31"}, {"C2", "32"}, {"C3", "33"}};
    return certificate.legacy ? "3" : kCodes.at(certificate.category);
}

std::string firstIssue(const Certificate& certificate) {
    if (!certificate.unknownFirst) return written(certificate.firstIssued, DateForm::Slashes);
    return certificate.index % 2 == 0 ? "1950/01/01" : "";
}

void spellLife(const Certificate& certificate, LocalRow& row) {
    const Life life = certificate.life;
    row.ywlx = certificate.business;
    row.spzt = life == Life::Draft ? (certificate.index % 3 == 0 ? "0" : certificate.index % 3 == 1 ? "1" : "3") : "2";
    row.scbz = life == Life::Deleted ? "1" : "0";
    row.csbz = life == Life::Test ? "1" : "0";
    row.zxlx = life == Life::Cancelled ? "1" : life == Life::Rescinded ? "2" : life == Life::Revoked ? "3" : "";
    row.qtbz = life == Life::Other ? "1" : "0";
    row.qtsm = life == Life::Other ? "信息核查中" : "";
}

void spellPerson(const Person& person, LocalRow& row) {
    static const Words kDegrees{{"01", "博士"}, {"02", "硕士"}, {"03", "本科"}, {"04", "大专"},
                                {"05", "中专"}, {"06", "高中"}, {"07", "初中"}, {"99", "其他"}};
    static const Words kOtherDegrees{{"02", "研究生"}, {"03", "大学本科"}, {"04", "专科"}, {"07", "小学"}};
    static const Words kTitles{{"01", "正高"}, {"02", "高工"},   {"03", "工程师"},
                               {"04", "助工"}, {"05", "技术员"}, {"", ""}};
    static const Words kOtherTitles{{"", "无"}};
    row.rybh = person.key;
    row.xm = padded(person.name, 20);
    row.xb = person.male ? "1" : "0";
    row.csrq = written(person.birth, DateForm::Compact);
    row.zjlx = person.documentType;
    row.zjhm = person.number;
    row.xl = word(kDegrees, kOtherDegrees, person.education, person.key);
    row.zc = padded(word(kTitles, kOtherTitles, person.title, person.key), 10);
    row.zy = padded(person.major, 30);
}

}  // namespace

std::string padded(std::string text, std::size_t width) {
    const auto isStart = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    const auto characters = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), isStart));
    if (characters < width) text.append(width - characters, ' ');
    return text;
}

std::string positionWord(const std::string& code) {
    static const Words kWords{{"01", "法人"}, {"02", "总经理"},   {"03", "安全副总"}, {"04", "生产副总"},
                              {"05", "总工"}, {"06", "安全总监"}, {"99", "其他"}};
    return kWords.at(code);
}

LocalRow spelt(const Certificate& certificate, bool withPhoto) {
    LocalRow row;
    row.zsid = sourceKey(certificate.index);
    row.zsbh = provincialNumber(certificate);
    row.zslx = categoryCode(certificate);
    row.fzjg = padded("山东省住房和城乡建设厅", 20);
    row.scfzrq = firstIssue(certificate);
    row.fzrq = written(certificate.issued, DateForm::Midnight);
    row.yxqq = written(certificate.issued);
    row.yxqz = written(certificate.expiring, DateForm::Chinese);
    row.zw = certificate.category == "A" ? positionWord(certificate.appointment) : "";
    row.jjbz = certificate.urgent ? "1" : "0";
    row.yzsbh = certificate.predecessorNumber;
    row.yzzbs = certificate.predecessorNumber.empty() ? "" : certificate.predecessorIdentifier;
    row.gxsj = certificate.changedAt;
    spellLife(certificate, row);
    spellPerson(certificate.person, row);
    row.dwbh = certificate.company.key;
    row.dwmc = padded(certificate.company.name, 40);
    row.tyxydm = certificate.company.creditCode;
    row.xzqh = certificate.company.place;
    row.hylb = certificate.company.trade;
    const std::string photo = makePhoto(certificate.person.key);
    row.photoVersion = photoVersion(photo);
    if (withPhoto) row.photo = photo;
    return row;
}

}  // namespace lianzheng::sim::province
