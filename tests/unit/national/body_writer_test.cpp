#include "adapters/national/body_writer.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

/// Every field holds its own name in brackets, so that a body shows what stands where.
Certificate named() {
    Certificate record;
    for (const Field field : kFields) record[field] = "<" + std::string(nationalName(field)) + ">";
    return record;
}

std::string bodyOf(const Request& request) {
    std::string body = "left over from before";
    writeBody(request, body);
    return body;
}

AssignCode assign() {
    return {.eCertId = "E",
            .operateType = OperateType::TransferIn,
            .record = named(),
            .photo = "data:image/jpg;base64,QUJD",
            .associatedZzeCertId = "Z",
            .oldCertNum = "OLD"};
}

TEST(BodyWriterTest, Assign) {
    EXPECT_EQ(bodyOf(assign()),
              R"({"AcceptData":[{"eCertID":"E","provinceNum":"<provinceNum>","certNum":"<certNum>",)"
              R"("issuAuth":"<issuAuth>","issuAuthCode":"<issuAuthCode>","issuedDate":"<issuedDate>",)"
              R"("issuDate":"<issuDate>","effectiveDate":"<effectiveDate>","expiringDate":"<expiringDate>",)"
              R"("categoryCode":"<categoryCode>","name":"<name>","gender":"<gender>","birthDate":"<birthDate>",)"
              R"("identityCard":"<identityCard>","identityCardType":"<identityCardType>",)"
              R"("companyName":"<companyName>","creditCode":"<creditCode>","appointment":"<appointment>",)"
              R"("technicalTitle":"<technicalTitle>","educationDegree":"<educationDegree>","major":"<major>",)"
              R"("photo":"data:image/jpg;base64,QUJD","certState":"<certState>",)"
              R"("certStatusDescription":"<certStatusDescription>","associatedZzeCertID":"Z",)"
              R"("businessInformation":[],"operateType":"08","oldcertNum":"OLD"}]})");
}

TEST(BodyWriterTest, AChangeOfEmployerIsTheAssignRecordOfEach) {
    AssignCode second = assign();
    second.eCertId = "F";
    const std::string one = bodyOf(assign());
    const std::string other = bodyOf(second);
    constexpr std::size_t kHead = std::string_view(R"({"AcceptData":[)").size();
    constexpr std::size_t kTail = 2;
    EXPECT_EQ(bodyOf(Batch{{assign(), second}}), bodyOf(ChangeEmployer{{assign(), second}}));
    EXPECT_EQ(bodyOf(ChangeEmployer{{assign(), second}}),
              one.substr(0, one.size() - kTail) + "," + other.substr(kHead));
}

TEST(BodyWriterTest, Check) {
    EXPECT_EQ(
        bodyOf(CheckAdmission{.eCertId = "E", .operateType = OperateType::Issue, .record = named(), .oldCertNum = ""}),
        R"({"AcceptData":[{"eCertID":"E","provinceNum":"<provinceNum>","identityCard":"<identityCard>",)"
        R"("categoryCode":"<categoryCode>","creditCode":"<creditCode>","certNum":"<certNum>",)"
        R"("operateType":"01","appointment":"<appointment>","oldcertNum":""}]})");
}

TEST(BodyWriterTest, Collect) {
    EXPECT_EQ(bodyOf(CollectLicence{.codeId = "C", .zzeCertId = "Z", .url = "https://x/y?z"}),
              R"({"AcceptData":[{"ID":"C","zzeCertID":"Z","url":"https://x/y?z"}]})");
}

TEST(BodyWriterTest, Update) {
    EXPECT_EQ(bodyOf(UpdateState{
                  .eCertId = "E", .operateType = OperateType::CancelTransferOut, .record = named(), .zzeCertId = "Z"}),
              R"({"AcceptData":[{"eCertID":"E","zzeCertID":"Z","provinceNum":"<provinceNum>","certNum":"<certNum>",)"
              R"("identityCard":"<identityCard>","creditCode":"<creditCode>","categoryCode":"<categoryCode>",)"
              R"("certState":"<certState>","certStatusDescription":"<certStatusDescription>","operateType":"10"}]})");
}

TEST(BodyWriterTest, Identity) {
    EXPECT_EQ(bodyOf(ChangeIdentity{.eCertId = "E-1", .record = named(), .url = ""}),
              R"({"AcceptData":[{"eCertID":"E-1","url":"","provinceNum":"<provinceNum>","certNum":"<certNum>",)"
              R"("categoryCode":"<categoryCode>","birthDate":"<birthDate>",)"
              R"("identityCardType":"<identityCardType>","identityCard":"<identityCard>"}]})");
}

TEST(BodyWriterTest, Query) {
    EXPECT_EQ(bodyOf(QueryCertificate{.certNum = "N", .identityCard = ""}),
              R"({"AcceptData":[{"certNum":"N","identityCard":""}]})");
}

TEST(BodyWriterTest, TransferIns) {
    EXPECT_EQ(bodyOf(QueryTransferIns{.provinceNum = "370000", .page = 3, .pageSize = 50, .certNum = "N"}),
              R"({"AcceptData":[{"pageindex":"3","pagesize":"50","provinceNum":"370000","certNum":"N"}]})");
}

TEST(BodyWriterTest, ValuesAreEscapedAndChineseIsNot) {
    EXPECT_EQ(bodyOf(QueryCertificate{.certNum = "鲁建安B（2023）0000001", .identityCard = "\"\\\n\x01"}),
              R"({"AcceptData":[{"certNum":"鲁建安B（2023）0000001","identityCard":"\"\\\n\u0001"}]})");
}

TEST(BodyWriterTest, APhotoThatNeedsEscapesGetsThem) {
    AssignCode odd = assign();
    odd.photo = "a\"b\\c\nd";
    EXPECT_NE(bodyOf(odd).find(R"("photo":"a\"b\\c\nd","certState")"), std::string::npos);
}

TEST(BodyWriterTest, AnEmptyRequestHasEmptyTexts) {
    const std::string body = bodyOf(AssignCode{});
    EXPECT_NE(body.find(R"("photo":"","certState":"")"), std::string::npos);
    EXPECT_NE(body.find(R"("operateType":"","oldcertNum":"")"), std::string::npos);
}

TEST(BodyWriterTest, TheBuffersCapacityIsKept) {
    std::string body;
    writeBody(assign(), body);
    const char* const before = body.data();
    writeBody(QueryCertificate{}, body);
    EXPECT_EQ(body.data(), before);
}

}  // namespace
}  // namespace lianzheng
