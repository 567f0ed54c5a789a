#include "tests/simulator/province/invent.h"

#include <fmt/format.h>

#include <array>

#include "tests/simulator/common/check_digits.h"

namespace lianzheng::sim::province {

namespace {

constexpr std::array kSurnames{"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡",
                               "朱", "高", "林", "何", "郭", "马", "罗", "宋", "郑", "谢", "韩", "唐", "欧阳"};
constexpr std::array kGiven{"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟",
                            "涛", "明", "超", "霞", "平", "刚", "桂", "英", "鹏", "辉", "玲", "建", "国", "志"};
constexpr std::array kMinority{"阿布都·热合曼", "买买提·艾力", "古丽·巴哈尔", "斯琴·高娃", "扎西·次仁"};
constexpr std::array kMajors{"土木工程", "工程管理",     "建筑工程技术",       "机械工程",         "工程造价",
                             "安全工程", "给水排水工程", "电气工程及其自动化", "道路桥梁工程技术", ""};
constexpr std::array kEducations{"01", "02", "03", "03", "03", "04", "04", "04", "04", "05", "06", "07", "99"};
constexpr std::array kTitles{"", "", "", "01", "02", "03", "03", "04", "04", "05"};
constexpr std::array kWords{"鲁泰", "华建", "恒信", "中天", "金盾", "齐鲁", "东岳", "海川", "盛达", "鼎立",
                            "安泰", "瑞丰", "宏业", "天元", "黄河", "泉城", "蓬莱", "沂蒙", "运河", "泰山"};
constexpr std::array kTrades{"建筑", "市政"};

struct Place {
    std::string_view code;
    std::string_view name;
};
constexpr std::array kPlaces{
    Place{"370100", "济南"}, Place{"370200", "青岛"}, Place{"370211", "青岛西海岸"},
    Place{"370300", "淄博"}, Place{"370400", "枣庄"}, Place{"370500", "东营"},
    Place{"370600", "烟台"}, Place{"370700", "潍坊"}, Place{"370800", "济宁"},
    Place{"370900", "泰安"}, Place{"371000", "威海"}, Place{"371100", "日照"},
    Place{"371100", "日照"}, Place{"371300", "临沂"}, Place{"371400", "德州"},
    Place{"371500", "聊城"}, Place{"371600", "滨州"}, Place{"371700", "菏泽"},
    Place{"", "山东"},       Place{"371202", "莱芜"},
};

/// Regions of birth; those of movedNumber() and numberEndingInX() lie beside them, so the three never meet.
constexpr int kRegions = 60;
std::string region(std::uint64_t index) { return fmt::format("37{:02}{:02}", 1 + index % 15, 21 + index / 15 % 4); }

std::string withCheck(const std::string& first17) { return first17 + identityCheck(first17); }

std::string someName(Dice& dice) {
    if (dice.chance(0.004)) return dice.oneOf(kMinority);
    std::string name = dice.oneOf(kSurnames);
    name += dice.oneOf(kGiven);
    if (dice.chance(0.7)) name += dice.oneOf(kGiven);
    return name;
}

}  // namespace

Person makePerson(std::int64_t key, Dice& dice, bool residentOnly) {
    constexpr std::uint64_t kDays = 13'000;
    constexpr std::uint64_t kSequences = 999;
    const std::uint64_t place = static_cast<std::uint64_t>(key) * 7919 % (kDays * kSequences);
    const std::uint64_t sequence = 1 + place / kDays;
    Person person;
    person.key = key;
    person.name = someName(dice);
    person.male = sequence % 2 == 1;
    using namespace std::chrono_literals;
    person.birth = Date{1962y / 1 / 1} + std::chrono::days{place % kDays};
    const std::string tail = fmt::format("{}{:03}", written(person.birth, DateForm::Compact), sequence);
    const std::uint64_t kind = residentOnly ? 999 : dice.below(1000);
    person.documentType = kResidentCard;
    person.number = withCheck(region(dice.below(kRegions)) + tail);
    if (kind < 5) {
        person.documentType = "护照";
        person.number = fmt::format("E{:08}", place);
    } else if (kind < 9) {
        person.documentType = kResidencePermit;
        person.number = withCheck(fmt::format("8{}0000", 1 + kind % 3) + tail);
    } else if (kind < 11) {
        person.documentType = "外国人永久居留身份证";
        person.number = fmt::format("USA{:012}", place);
    }
    person.education = dice.oneOf(kEducations);
    person.title = dice.oneOf(kTitles);
    person.major = dice.oneOf(kMajors);
    return person;
}

Company makeCompany(std::int64_t key, Dice& dice) {
    static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const auto index = static_cast<std::uint64_t>(key);
    const Place& place = kPlaces[index % kPlaces.size()];
    Company company;
    company.key = key;
    company.place = place.code;
    // 日照 stands twice in the list, once for each of its two authorities.
    company.trade = place.code == "371100" ? kTrades[index % 2] : dice.oneOf(kTrades);
    const bool city = company.place.ends_with("00");
    if (city && company.place != "371100" && dice.chance(0.2)) company.place.replace(4, 2, "02");
    company.name =
        fmt::format("{}{}{}{}工程有限公司", place.name, dice.oneOf(kWords), dice.oneOf(kWords), company.trade);
    std::uint64_t rest = index * 2'654'435;
    std::string code = "91" + (company.place.empty() ? std::string{"370000"} : company.place);
    for (int i = 0; i < 9; ++i) {
        code += kAlphabet[rest % kAlphabet.size()];
        rest /= kAlphabet.size();
    }
    company.creditCode = code + creditCheck(code);
    return company;
}

std::string movedNumber(const std::string& number) {
    const int next = number.substr(0, 2) == "37" ? 41 : 1 + (number[0] - '0') * 10 + (number[1] - '0');
    return withCheck(fmt::format("{:02}", next) + number.substr(2, 15));
}

std::string numberEndingInX(const std::string& number) {
    for (int county = 51; county < 99; ++county) {
        std::string moved = withCheck("37" + number.substr(2, 2) + fmt::format("{:02}", county) + number.substr(6, 11));
        if (moved.back() == 'X') return moved;
    }
    return number;
}

}  // namespace lianzheng::sim::province
