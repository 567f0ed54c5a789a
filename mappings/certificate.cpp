#include "mappings/certificate.h"

namespace lianzheng {
namespace {

struct Names {
    std::string_view national;
    std::string_view chinese;
};

// In the order of Field.
constexpr std::array<Names, kFieldCount> kNames{{
    {"provinceNum", "省份代码"},
    {"certNum", "证书编号"},
    {"issuAuth", "发证机关"},
    {"issuAuthCode", "发证机关代码"},
    {"issuedDate", "初次发证日期"},
    {"issuDate", "发证日期"},
    {"effectiveDate", "有效期起始日期"},
    {"expiringDate", "有效期截止日期"},
    {"categoryCode", "证书类别"},
    {"name", "姓名"},
    {"gender", "性别"},
    {"birthDate", "出生日期"},
    {"identityCard", "证件号码"},
    {"identityCardType", "证件类型"},
    {"companyName", "企业名称"},
    {"creditCode", "企业统一社会信用代码"},
    {"appointment", "职务"},
    {"technicalTitle", "技术职称"},
    {"educationDegree", "学历"},
    {"major", "专业"},
    {"certState", "证书状态"},
    {"certStatusDescription", "证书状态描述"},
    {"operationCategory", "操作类别"},
    {"categoryDescription", "操作类别说明"},
}};

}  // namespace

std::string_view nationalName(Field field) { return kNames[static_cast<std::size_t>(field)].national; }

std::optional<Field> fieldOf(std::string_view nationalName) {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i].national == nationalName) return static_cast<Field>(i);
    }
    return std::nullopt;
}

std::string_view chineseName(Field field) { return kNames[static_cast<std::size_t>(field)].chinese; }

}  // namespace lianzheng
