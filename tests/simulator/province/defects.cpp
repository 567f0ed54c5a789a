#include "tests/simulator/province/defects.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "tests/simulator/province/invent.h"

namespace lianzheng::sim::province {

namespace {

using std::chrono::days;

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

std::string repeated(std::string_view text, int count) {
    std::string result;
    for (int i = 0; i < count; ++i) result += text;
    return result;
}

void toFullWidthDigits(std::string& text) {
    static constexpr std::array kDigits{"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
    for (std::size_t digit = 0; digit < kDigits.size(); ++digit) {
        replaceAll(text, std::string(1, static_cast<char>('0' + digit)), kDigits[digit]);
    }
}

void toHalfWidthBrackets(std::string& text) {
    replaceAll(text, "（", "(");
    replaceAll(text, "）", ")");
}

void toLower(std::string& text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
}

/// Another character of the same alphabet in the last place.
void breakCheck(std::string& code) { code.back() = code.back() == '7' ? '8' : '7'; }

void makeA(Certificate& certificate) {
    certificate.category = "A";
    certificate.appointment = "02";
    certificate.legacy = false;
}

void giveDottedName(Certificate& certificate) { certificate.person.name = "艾山·买买提"; }

constexpr std::array kDefects{
    Defect{"name_missing", "name", "missing", nullptr, [](LocalRow& row) { row.xm = ""; }},
    Defect{"certificate_number_form", "certNum", "pattern", nullptr,
           [](LocalRow& row) {
               replaceAll(row.zsbh, "（", "第");
               replaceAll(row.zsbh, "）", "号");
           }},
    Defect{"name_long", "name", "too_long", nullptr, [](LocalRow& row) { row.xm = repeated("长", 80); }},
    Defect{"education_unknown", "educationDegree", "no_code", nullptr, [](LocalRow& row) { row.xl = "不详"; }},
    Defect{"issue_date_impossible", "issuDate", "bad_date", nullptr,
           [](LocalRow& row) { row.fzrq = "2025-02-30 00:00:00"; }},
    Defect{"ends_before_it_begins", "expiringDate", "date_order", nullptr,
           [](LocalRow& row) { row.yxqq = "2039-01-01"; }},
    Defect{"identity_check", "identityCard", "check_digit", nullptr, [](LocalRow& row) { breakCheck(row.zjhm); }},
    Defect{"birth_date_differs", "birthDate", "identity_disagrees", nullptr,
           [](LocalRow& row) { row.csrq = row.csrq == "19800102" ? "19800103" : "19800102"; }},
    Defect{"identity_15", "identityCard", "identity_15", nullptr,
           [](LocalRow& row) { row.zjhm = row.zjhm.substr(0, 6) + row.zjhm.substr(8, 9); }},
    Defect{"name_private_use", "name", "private_use", nullptr, [](LocalRow& row) { row.xm = padded("王\uE0A5", 20); }},
    Defect{"name_other_charset", "name", "encoding", nullptr, [](LocalRow& row) { row.xm = "\xCD\xF5\xC0\xA5"; }, true},
    Defect{"photo_missing", "photo", "photo_missing", nullptr, [](LocalRow& row) { row.hasPhoto = false; }, false,
           true},
    Defect{"photo_large", "photo", "photo_too_large", nullptr,
           [](LocalRow& row) { row.photo += std::string(60 * 1024, '\0'); }, false, true},
    Defect{"photo_gif", "photo", "photo_format", nullptr,
           [](LocalRow& row) { row.photo = "GIF89a" + row.photo.substr(20, 800); }, false, true},
    Defect{"number_twice", "certNum", "duplicate", nullptr, [](LocalRow&) {}},
    Defect{"number_full_width", "certNum", nullptr, nullptr, [](LocalRow& row) { toFullWidthDigits(row.zsbh); }},
    Defect{"number_half_brackets", "certNum", nullptr, nullptr, [](LocalRow& row) { toHalfWidthBrackets(row.zsbh); }},
    Defect{"number_lower_case", "certNum", nullptr, nullptr, [](LocalRow& row) { toLower(row.zsbh); }},
    Defect{"number_trailing_blanks", "certNum", nullptr, nullptr, [](LocalRow& row) { row.zsbh += "   "; }},
    Defect{"name_other_dot", "name", nullptr, giveDottedName, [](LocalRow& row) { replaceAll(row.xm, "·", "•"); }},
    Defect{"name_katakana_dot", "name", nullptr, giveDottedName, [](LocalRow& row) { replaceAll(row.xm, "·", "・"); }},
    Defect{"education_dazhuan", "educationDegree", nullptr,
           [](Certificate& certificate) { certificate.person.education = "04"; },
           [](LocalRow& row) { row.xl = "大专"; }},
    Defect{"title_blank", "technicalTitle", nullptr, [](Certificate& certificate) { certificate.person.title = ""; },
           [](LocalRow& row) { row.zc = "   "; }},
    Defect{"identity_lower_x", "identityCard", nullptr,
           [](Certificate& certificate) { certificate.person.number = numberEndingInX(certificate.person.number); },
           [](LocalRow& row) { toLower(row.zjhm); }},
    Defect{"identity_full_width", "identityCard", nullptr, nullptr, [](LocalRow& row) { toFullWidthDigits(row.zjhm); }},
    Defect{"credit_code_lower", "creditCode", nullptr, nullptr, [](LocalRow& row) { toLower(row.tyxydm); }},
    Defect{"birth_date_dashes", "birthDate", nullptr, nullptr,
           [](LocalRow& row) { row.csrq.insert(6, "-").insert(4, "-"); }},
    Defect{"end_date_slashes", "expiringDate", nullptr, nullptr,
           [](LocalRow& row) {
               replaceAll(row.yxqz, "年", "/");
               replaceAll(row.yxqz, "月", "/");
               replaceAll(row.yxqz, "日", "");
           }},
    Defect{"start_date_compact", "effectiveDate", nullptr, nullptr,
           [](LocalRow& row) { replaceAll(row.yxqq, "-", ""); }},
    Defect{"identity_missing", "identityCard", "missing", nullptr, [](LocalRow& row) { row.zjhm = ""; }},
    Defect{"end_date_sentinel", "expiringDate", "missing", nullptr, [](LocalRow& row) { row.yxqz = "1950年1月1日"; }},
    Defect{"credit_code_missing", "creditCode", "missing", nullptr, [](LocalRow& row) { row.tyxydm = ""; }},
    Defect{"position_missing", "appointment", "missing", makeA, [](LocalRow& row) { row.zw = ""; }},
    Defect{"credit_code_form", "creditCode", "pattern", nullptr, [](LocalRow& row) { row.tyxydm.resize(17); }},
    Defect{"identity_form", "identityCard", "pattern", nullptr, [](LocalRow& row) { row.zjhm.resize(17); }},
    Defect{"company_long", "companyName", "too_long", nullptr, [](LocalRow& row) { row.dwmc = repeated("公司", 130); }},
    Defect{"title_unknown", "technicalTitle", "no_code", nullptr, [](LocalRow& row) { row.zc = padded("讲师", 10); }},
    Defect{"position_unknown", "appointment", "no_code", makeA, [](LocalRow& row) { row.zw = "门卫"; }},
    Defect{"gender_unknown", "gender", "no_code", nullptr, [](LocalRow& row) { row.xb = "9"; }},
    Defect{"document_unknown", "identityCardType", "no_code", nullptr, [](LocalRow& row) { row.zjlx = "其它证"; }},
    Defect{"end_date_impossible", "expiringDate", "bad_date", nullptr,
           [](LocalRow& row) { row.yxqz = "2028年13月1日"; }},
    Defect{"birth_date_words", "birthDate", "bad_date", nullptr, [](LocalRow& row) { row.csrq = "八零年一月"; }},
    Defect{"issued_before_first", "issuDate", "date_order", nullptr, [](LocalRow& row) { row.scfzrq = "2037/01/01"; }},
    Defect{"credit_code_check", "creditCode", "check_digit", nullptr, [](LocalRow& row) { breakCheck(row.tyxydm); }},
    Defect{"gender_differs", "gender", "identity_disagrees", nullptr,
           [](LocalRow& row) { row.xb = row.xb == "1" ? "0" : "1"; }},
    Defect{"company_private_use", "companyName", "private_use", nullptr,
           [](LocalRow& row) { row.dwmc = padded("济南\uE863源建筑工程有限公司", 40); }},
    Defect{"name_trailing_blanks", "name", nullptr, nullptr, [](LocalRow& row) { row.xm = padded(row.xm, 33); }},
    Defect{"first_issue_chinese", "issuedDate", nullptr, nullptr,
           [](LocalRow& row) { row.scfzrq.replace(7, 1, "月").replace(4, 1, "年") += "日"; }},
};

}  // namespace

std::vector<const Defect*> defectsIn(DefectScope scope) {
    std::vector<const Defect*> kinds;
    for (const Defect& defect : kDefects) {
        if ((scope.anyBytes || !defect.needsAnyBytes) && (scope.photos || !defect.needsPhoto)) kinds.push_back(&defect);
    }
    return kinds;
}

void spellAsTwin(LocalRow& row) { toHalfWidthBrackets(row.zsbh); }

}  // namespace lianzheng::sim::province
