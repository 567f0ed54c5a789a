#include "mappings/certificate.h"

#include <gtest/gtest.h>

#include <set>

namespace lianzheng {
namespace {

TEST(CertificateTest, EveryFieldHasItsNames) {
    std::set<std::string_view> national;
    std::set<std::string_view> chinese;
    for (const Field field : kFields) {
        EXPECT_EQ(fieldOf(nationalName(field)), field);
        national.insert(nationalName(field));
        chinese.insert(chineseName(field));
    }
    EXPECT_EQ(national.size(), kFieldCount);
    EXPECT_EQ(chinese.size(), kFieldCount);
    EXPECT_EQ(nationalName(Field::CertNum), "certNum");
    EXPECT_EQ(nationalName(Field::IssuDate), "issuDate");
    EXPECT_EQ(nationalName(Field::CertStatusDescription), "certStatusDescription");
    EXPECT_EQ(chineseName(Field::CertNum), "证书编号");
    EXPECT_FALSE(fieldOf("certnum"));
    EXPECT_FALSE(fieldOf(""));
}

}  // namespace
}  // namespace lianzheng
