#include "mappings/operation.h"

#include <gtest/gtest.h>

namespace lianzheng {
namespace {

TEST(OperationTest, CodesOfOperationsAreTheInterfaces) {
    const std::vector<std::string_view> codes{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10"};
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const auto type = static_cast<OperateType>(i + 1);
        EXPECT_EQ(code(type), codes[i]);
        EXPECT_EQ(operateTypeOf(codes[i]), type);
        EXPECT_FALSE(chineseName(type).empty());
    }
    EXPECT_FALSE(operateTypeOf("11"));
    EXPECT_FALSE(operateTypeOf(""));
    EXPECT_FALSE(operateTypeOf("1"));
    EXPECT_EQ(chineseName(OperateType::Issue), "新发");
}

TEST(OperationTest, CodesOfStatesAreTheInterfaces) {
    for (const auto& [text, state] :
         std::vector<std::pair<std::string_view, CertState>>{{"", CertState::None},
                                                             {"01", CertState::Valid},
                                                             {"02", CertState::Suspended},
                                                             {"03", CertState::Revoked},
                                                             {"04", CertState::Cancelled},
                                                             {"05", CertState::Lapsed},
                                                             {"06", CertState::TransferredOut},
                                                             {"07", CertState::Rescinded},
                                                             {"99", CertState::Other}}) {
        EXPECT_EQ(code(state), text);
        EXPECT_EQ(certStateOf(text), state);
        EXPECT_FALSE(chineseName(state).empty());
    }
    EXPECT_FALSE(certStateOf("08"));
    EXPECT_EQ(chineseName(CertState::None), "未登记");
    EXPECT_EQ(chineseName(CertState::Rescinded), "吊销");
}

TEST(OperationTest, OnlyAskingDoesNotWrite) {
    EXPECT_EQ(operationName(AssignCode{}), "assign");
    EXPECT_EQ(operationName(CheckAdmission{}), "check");
    EXPECT_EQ(operationName(CollectLicence{}), "collect");
    EXPECT_EQ(operationName(UpdateState{}), "update");
    EXPECT_EQ(operationName(ChangeIdentity{}), "identity");
    EXPECT_EQ(operationName(QueryCertificate{}), "query");
    for (const Request& request :
         {Request(AssignCode{}), Request(CollectLicence{}), Request(UpdateState{}), Request(ChangeIdentity{})}) {
        EXPECT_TRUE(writes(request));
    }
    EXPECT_FALSE(writes(CheckAdmission{}));
    EXPECT_FALSE(writes(QueryCertificate{}));
}

}  // namespace
}  // namespace lianzheng
