#include "tests/simulator/national/item_rules.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "tests/simulator/national/field_rules.h"
#include "tests/simulator/national/licence_identifier.h"
#include "tests/simulator/national/photo.h"
#include "tests/simulator/national/state_rules.h"
#include "tests/simulator/national/text_form.h"

namespace lianzheng::sim::national {

namespace {

bool oneOf(std::string_view value, std::initializer_list<std::string_view> codes) {
    return std::find(codes.begin(), codes.end(), value) != codes.end();
}

bool hasForm(Form form, std::string_view value, const Rules& rules) {
    switch (form) {
        case Form::Text:
        case Form::Photo:
            return true;
        case Form::EventId:
            return isEventId(value);
        case Form::AnyEventId:
            return isEventIdOfAnyAge(value);
        case Form::Province:
            return isDigits(value, 6);
        case Form::CertNum:
            return isCertificateNumber(value);
        case Form::ForeignCertNum:
            return value.find_first_of("()") == std::string_view::npos;
        case Form::Company:
            return isCreditCode(value, rules.checkDigits);
        case Form::Date:
            return isDate(value);
        case Form::Category:
            return oneOf(value, {"A", "B", "C1", "C2", "C3"});
        case Form::Gender:
            return oneOf(value, {"1", "2"});
        case Form::DocumentType:
            return oneOf(value, {"111", "999"});
        case Form::Appointment:
            return oneOf(value, {"01", "02", "03", "04", "05", "06", "07", "08", "99"});
        case Form::Title:
            return oneOf(value, {"01", "02", "03", "04", "05"});
        case Form::Education:
            return oneOf(value, {"01", "02", "03", "04", "05", "06", "07", "99"});
        case Form::State:
            return isCertState(value, rules.type);
        case Form::OperateType:
            return isOperateType(value, rules.type);
        case Form::Identifier:
            return isLicenceIdentifier(value, rules.checkDigits);
        case Form::Count:
            return value.size() < 9 && isDigits(value, value.size());
        case Form::SpecialNumber:
            return isSpecialNumber(value);
        case Form::SpecialCategory:
            return oneOf(value, {"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "99"});
    }
    return false;
}

Refusal missing(std::string_view name) { return {"required", std::string(name) + "不能为空"}; }
Refusal malformed(std::string_view name) { return {"form", std::string(name) + "格式不正确"}; }

std::optional<Refusal> fieldRefusal(const FieldRule& rule, const Fields& item, const Rules& rules) {
    const std::string_view value = valueOf(item, rule.name);
    if (value.empty()) return rule.required ? std::optional{missing(rule.name)} : std::nullopt;
    if (!hasForm(rule.form, value, rules)) return malformed(rule.name);
    if (rule.form == Form::Photo) {
        if (auto problem = photoProblem(value, rules.photoMaxBytes)) return Refusal{"photo", *problem};
    }
    const auto longest = rules.maxLength.find(rule.name);
    if (longest != rules.maxLength.end() && gbkLength(value) > longest->second) {
        return Refusal{"length", std::string(rule.name) + "长度超出限制"};
    }
    return std::nullopt;
}

/// Identity documents of type 111: the number itself, and what it says of birth date and gender.
std::optional<Refusal> identityRefusal(const Fields& item, const Rules& rules) {
    if (valueOf(item, "identityCardType") != "111") return std::nullopt;
    const std::string_view number = valueOf(item, "identityCard");
    if (!isResidentNumber(number, rules.checkDigits)) return malformed("identityCard");
    std::string birth{valueOf(item, "birthDate")};
    std::erase(birth, '-');
    if (number.substr(6, 8) != birth) return Refusal{"identity", "出生日期与身份证件号码不一致"};
    const std::string_view gender = valueOf(item, "gender");
    const bool male = (number[16] - '0') % 2 == 1;
    if (!gender.empty() && male != (gender == "1")) return Refusal{"identity", "性别与身份证件号码不一致"};
    return std::nullopt;
}

std::optional<Refusal> businessRefusal(Operation operation, const Fields& item, Type certificates) {
    const std::string_view type = valueOf(item, "operateType");
    const bool code = operation == Operation::Assign || operation == Operation::ChangeEmployer;
    if (code && !assignsCode(type, certificates)) return Refusal{"operation", "该业务类型不能赋码"};
    if (operation == Operation::ChangeEmployer && type != "09")
        return Refusal{"operation", "批量变更单位的业务类型须为09"};
    if (operation == Operation::Update && assignsCode(type, certificates))
        return Refusal{"operation", "该业务类型不能更新状态"};
    if (operation != Operation::Check && !leaves(type, valueOf(item, "certState"), certificates)) {
        return Refusal{"state", "证书状态与业务类型不一致"};
    }
    if (valueOf(item, "certState") == "99" && valueOf(item, "certStatusDescription").empty()) {
        return missing("certStatusDescription");
    }
    if (type == "08" && certificates == Type::Anguan && valueOf(item, "oldcertNum").empty())
        return missing("oldcertNum");
    if (valueOf(item, "operationCategory") == "99" && operation == Operation::Assign &&
        valueOf(item, "categoryDescription").empty()) {
        return missing("categoryDescription");
    }
    if (operation == Operation::Check && type != "01" && valueOf(item, "certNum").empty()) return missing("certNum");
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> itemRefusal(Operation operation, const Fields& item, const Rules& rules) {
    for (const FieldRule& rule : rulesOf(operation, rules.type)) {
        if (auto refusal = fieldRefusal(rule, item, rules)) return refusal;
    }
    const std::string_view certNum = valueOf(item, "certNum");
    const bool special = rules.type == Type::Tezhong;
    const std::string_view category = valueOf(item, special ? "operationCategory" : "categoryCode");
    if (!certNum.empty() && !category.empty() &&
        (special ? specialCategoryOf(certNum) : categoryOf(certNum)) != category) {
        return Refusal{"form", "证书编号与证书类别不一致"};
    }
    switch (operation) {
        case Operation::Check:
        case Operation::Update:
            return businessRefusal(operation, item, rules.type);
        case Operation::Assign:
        case Operation::ChangeEmployer: {
            auto refusal = businessRefusal(operation, item, rules.type);
            return refusal ? refusal : identityRefusal(item, rules);
        }
        case Operation::ChangeIdentity:
            return identityRefusal(item, rules);
        case Operation::QueryOut:
            if (certNum.empty() && valueOf(item, "identityCard").empty()) return missing("certNum");
            return std::nullopt;
        case Operation::QueryIn:
            if (std::stoul(std::string(valueOf(item, "pagesize"))) > 100) return malformed("pagesize");
            return std::nullopt;
        case Operation::Collect:
            return std::nullopt;
    }
    return std::nullopt;
}

bool isListedField(Operation operation, std::string_view name, Type type) {
    const auto rules = rulesOf(operation, type);
    return std::any_of(rules.begin(), rules.end(), [&](const FieldRule& rule) { return rule.name == name; });
}

}  // namespace lianzheng::sim::national
