#include "mappings/advice.h"

#include "mappings/certificate.h"

#include <array>
#include <optional>
#include <utility>

namespace lianzheng {
namespace {

struct OwnerNames {
    Owner owner;
    std::string_view word;
    std::string_view chinese;
};

constexpr std::array<OwnerNames, 6> kOwners{{
    {Owner::ProvinceCentre, "province_centre", "省中心"},
    {Owner::City, "city", "市"},
    {Owner::Enterprise, "enterprise", "企业"},
    {Owner::Holder, "holder", "持证人"},
    {Owner::ForeignAuthority, "foreign_authority", "外省发证机关"},
    {Owner::Platform, "platform", "部平台"},
}};

const OwnerNames& namesOf(Owner owner) {
    for (const OwnerNames& names : kOwners) {
        if (names.owner == owner) return names;
    }
    return kOwners.front();
}

/// What people call a field, also those that belong to one event and not to the record.
std::string_view labelOf(std::string_view field) {
    if (const std::optional<Field> known = fieldOf(field)) return chineseName(*known);
    if (field == "photo") return "照片";
    if (field == "oldcertNum") return "原证书编号";
    if (field == "associatedZzeCertID") return "原证照标识";
    if (field == "zzeCertID") return "证照标识";
    if (field == "licenceTime") return "证照文件时间";
    return "数据项";
}

/// Who can put a field right: the holder his own data, the company its own, the centre what the authority wrote.
Owner keeperOf(std::string_view field) {
    if (field == "photo") return Owner::Holder;
    const std::optional<Field> known = fieldOf(field);
    if (!known) return Owner::ProvinceCentre;
    switch (*known) {
        case Field::Name:
        case Field::Gender:
        case Field::BirthDate:
        case Field::IdentityCard:
        case Field::IdentityCardType:
        case Field::TechnicalTitle:
        case Field::EducationDegree:
        case Field::Major:
            return Owner::Holder;
        case Field::CompanyName:
        case Field::CreditCode:
        case Field::Appointment:
            return Owner::Enterprise;
        default:
            return Owner::ProvinceCentre;
    }
}

std::string formOf(std::string_view field) {
    if (field == "certNum") return "证书编号应由省简称、“建安”、类别、（年份）和7位数字组成，请核对更正。";
    if (field == "identityCard") return "居民身份证号码应为18位；持其他证件的，请同时更正证件类型。";
    if (field == "creditCode" || field == "issuAuthCode") {
        return "统一社会信用代码应为18位数字或大写字母（不含I、O、Z、S、V），请核对更正。";
    }
    return "请在省系统核对并更正" + std::string(labelOf(field)) + "。";
}

std::string originalOf(std::string_view field) {
    if (field == "identityCard") return "请对照证件原件核对并更正证件号码。";
    if (field == "creditCode") return "请对照营业执照核对并更正统一社会信用代码。";
    return "请对照原始资料核对并更正" + std::string(labelOf(field)) + "。";
}

struct Words {
    std::string why;
    std::string help;
    Owner owner;
};

Words wordsOnPhoto(Rule rule) {
    switch (rule) {
        case Rule::PhotoMissing:
            return {"没有照片，不能申请赋码。", "请在省系统上传本人近期照片。", Owner::Holder};
        case Rule::PhotoTooLarge:
            return {"照片超过50KB，全国平台不予接收。", "请压缩到50KB以内后重新上传。", Owner::Holder};
        default:
            return {"照片不是JPG或PNG格式，或者文件已损坏。", "请重新上传JPG或PNG格式的照片。", Owner::Holder};
    }
}

Words wordsOn(Rule rule, std::string_view field) {
    const std::string label(labelOf(field));
    const Owner keeper = keeperOf(field);
    switch (rule) {
        case Rule::Missing:
            return {label + "为空，而全国平台要求必须填写。", "请在省系统补充" + label + "，补充后会自动报送。",
                    keeper};
        case Rule::Pattern:
            return {label + "的格式不符合要求。", formOf(field), keeper};
        case Rule::TooLong:
            return {label + "超过全国平台允许的长度。", "请在省系统核对并精简" + label + "。", keeper};
        case Rule::NoCode:
            return {label + "的取值在全国平台代码表中没有对应项。",
                    "请核对" + label + "；取值无误的，由省中心在代码表中补充对应关系。", Owner::ProvinceCentre};
        case Rule::BadDate:
            if (field == "identityCard") return {"证件号码中的出生日期不存在。", originalOf(field), keeper};
            return {label + "不是有效日期。", "请在省系统核对并更正" + label + "。", keeper};
        case Rule::DateOrder:
            return {label + "与有关日期先后矛盾。", "请在省系统核对并更正有效期起止日期。", Owner::ProvinceCentre};
        case Rule::CheckDigit:
            return {label + "的校验位不符，可能录入有误。", originalOf(field), keeper};
        case Rule::IdentityDisagrees:
            return {label + "与身份证号码不一致。", "请对照身份证原件，更正出生日期、性别或身份证号码。",
                    Owner::Holder};
        case Rule::Identity15:
            return {"证件号码是15位旧身份证号码，全国平台只接受18位号码。",
                    "请对照身份证原件更正为18位号码，系统不会自行替换。", Owner::Holder};
        case Rule::PrivateUse:
            return {label + "含有自造字，全国平台无法识别。", "请用国家标准编码的汉字更正" + label + "。",
                    Owner::ProvinceCentre};
        case Rule::Encoding:
            return {label + "含有无法识别的字符。", "请更正数据，或检查映射文件中的字符集设置。",
                    Owner::ProvinceCentre};
        case Rule::Duplicate:
            return {"省系统中有多条记录的证书编号规范后相同。", "请核实后只保留一条有效记录。", Owner::ProvinceCentre};
        case Rule::PhotoMissing:
        case Rule::PhotoTooLarge:
        case Rule::PhotoFormat:
            return wordsOnPhoto(rule);
    }
    return {label + "不符合要求。", "请在省系统核对并更正" + label + "。", keeper};
}

}  // namespace

std::string_view chineseName(Owner owner) { return namesOf(owner).chinese; }

std::string_view word(Owner owner) { return namesOf(owner).word; }

std::optional<Owner> ownerOf(std::string_view word) {
    for (const OwnerNames& names : kOwners) {
        if (names.word == word) return names.owner;
    }
    return std::nullopt;
}

Advice adviceFor(const Invalid& invalid) {
    Words words = wordsOn(invalid.rule, invalid.field);
    return {std::string(word(invalid.rule)), invalid.field, std::move(words.why), std::move(words.help), words.owner};
}

}  // namespace lianzheng
