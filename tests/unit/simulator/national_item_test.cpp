#include "tests/simulator/national/item_rules.h"

#include <gtest/gtest.h>

#include "tests/simulator/national/licence_identifier.h"
#include "tests/simulator/national/text_form.h"
#include "tests/unit/simulator/national_samples.h"

namespace lianzheng::sim::national::samples {

namespace {

std::string judged(Operation operation, const Fields& item, const Rules& rules = {}) {
    const auto refusal = itemRefusal(operation, item, rules);
    return refusal ? refusal->kind : std::string{};
}

std::string assigned(std::initializer_list<Change> changes, const Rules& rules = {}) {
    return judged(Operation::Assign, issue(changes), rules);
}

}  // namespace

TEST(NationalItemTest, EveryRequiredFieldIsRequired) {
    EXPECT_EQ(assigned({}), "");
    for (const auto& [name, value] : issue()) {
        const bool mayBeEmpty = value.empty();
        EXPECT_EQ(assigned({{name.c_str(), ""}}), mayBeEmpty ? "" : "required") << name;
    }
    const Fields state = update(issue(), "03", "02", 2);
    for (const auto& [name, value] : state) {
        EXPECT_EQ(judged(Operation::Update, with(state, {{name.c_str(), ""}})), value.empty() ? "" : "required")
            << name;
    }
    const Fields collect{{"ID", "x"}, {"zzeCertID", identifier(1, 1)}, {"url", "https://a"}};
    EXPECT_EQ(judged(Operation::Collect, collect), "");
    for (const auto& [name, value] : collect) {
        EXPECT_EQ(judged(Operation::Collect, with(collect, {{name.c_str(), ""}})), "required") << name;
    }
}

TEST(NationalItemTest, FormsCodesAndDates) {
    EXPECT_EQ(assigned({{"eCertID", "0a0b0c0d-0000-0000-0000-000000000000"}}), "form");
    EXPECT_EQ(assigned({{"certNum", "鲁建安C3(2023)0000001"}}), "form");
    EXPECT_EQ(assigned({{"certNum", "鲁建安B（2023）0000001"}}), "form");
    EXPECT_EQ(assigned({{"expiringDate", "2023-02-29"}}), "form");
    EXPECT_EQ(assigned({{"expiringDate", "2024-02-29"}}), "");
    EXPECT_EQ(assigned({{"issuDate", "2023/07/01"}}), "form");
    EXPECT_EQ(assigned({{"educationDegree", "08"}}), "form");
    EXPECT_EQ(assigned({{"technicalTitle", "06"}}), "form");
    EXPECT_EQ(assigned({{"appointment", "09"}}), "form");
    EXPECT_EQ(assigned({{"creditCode", "913701001234567890"}}), "form");
    EXPECT_EQ(assigned({{"associatedZzeCertID", "1.2.156.3005.2.x"}}), "form");
    Rules narrow;
    narrow.maxLength["companyName"] = 13;
    EXPECT_EQ(assigned({}, narrow), "length");
    narrow.maxLength["companyName"] = 14;
    EXPECT_EQ(assigned({}, narrow), "");
}

TEST(NationalItemTest, IdentityNumbersAgreeWithBirthDateAndGender) {
    EXPECT_EQ(assigned({{"birthDate", "1980-05-07"}}), "identity");
    EXPECT_EQ(assigned({{"gender", "2"}}), "identity");
    std::string wrong = person(1);
    wrong[17] = wrong[17] == '0' ? '1' : '0';
    EXPECT_EQ(assigned({{"identityCard", wrong}}), "form");
    EXPECT_EQ(assigned({{"identityCard", "370102800506001"}}), "form");
    EXPECT_EQ(assigned({{"identityCard", "E12345678"}, {"identityCardType", "999"}}), "");
    Rules lenient;
    lenient.checkDigits = false;
    EXPECT_EQ(assigned({{"identityCard", wrong}}, lenient), "");
}

TEST(NationalItemTest, Photos) {
    EXPECT_EQ(assigned({{"photo", "/9j/4AAQ"}}), "photo");
    EXPECT_EQ(assigned({{"photo", "data:image/jpg;base64,R0lGODlh"}}), "photo");
    EXPECT_EQ(assigned({{"photo", "data:image/jpg;base64,/9j*4AAQ"}}), "photo");
    EXPECT_EQ(assigned({{"photo", "data:image/png;base64,iVBORw0KGgo="}}), "");
    // 51,200 decoded bytes pass, one more does not: 4 characters are 3 bytes.
    const std::string head = "data:image/jpg;base64,/9j/";
    const std::string most = head + std::string((51198 - 3) / 3 * 4, 'A');
    EXPECT_EQ(assigned({{"photo", most + "AAA="}}), "");
    EXPECT_EQ(assigned({{"photo", most + "AAAA"}}), "photo");
}

TEST(NationalItemTest, OperationAndStateGoTogether) {
    EXPECT_EQ(assigned({{"certState", "02"}}), "state");
    EXPECT_EQ(assigned({{"operateType", "05"}, {"certState", "04"}}), "operation");
    EXPECT_EQ(assigned({{"operateType", "08"}}), "required");
    EXPECT_EQ(assigned({{"operateType", "08"}, {"oldcertNum", "京建安B（2020）0000001"}}), "");
    EXPECT_EQ(judged(Operation::ChangeEmployer, issue()), "operation");
    EXPECT_EQ(judged(Operation::Update, update(issue(), "02", "01", 2)), "operation");
    EXPECT_EQ(judged(Operation::Update, update(issue(), "05", "05", 2)), "state");
    const Fields other = update(issue(), "07", "99", 2);
    EXPECT_EQ(judged(Operation::Update, other), "");
    EXPECT_EQ(judged(Operation::Update, with(other, {{"certStatusDescription", ""}})), "required");
}

TEST(NationalItemTest, IdentifiersOfTheDomain) {
    EXPECT_TRUE(isLicenceIdentifier("1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U", true));
    EXPECT_TRUE(isLicenceIdentifier("1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.002.S", true));
    EXPECT_FALSE(
        isLicenceIdentifier("1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.002.U", true));
    EXPECT_TRUE(isCreditCode("113700000045030270", true));
    EXPECT_EQ(gbkLength("鲁建安C3（2023）0012345"), 23U);
}

}  // namespace lianzheng::sim::national::samples
