#include "adapters/envelope/code_key.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/run_time_keys.h"

namespace lianzheng {
namespace {

class CodeKeyTest : public testing::Test {
protected:
    static SealedCode sealed(const std::string& desKey, const std::string& codeId) {
        return SealedCode::make(pair_.publicPem, desKey, codeId);
    }
    static Result<std::string> opened(const SealedCode& code) { return key_.codeId(code.encryCertid, code.encryKey); }
    static void expectMalformed(const SealedCode& code) {
        const auto result = opened(code);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().fault, Fault::InDoubt);
        EXPECT_EQ(result.error().code, "malformed_code");
    }

    // Keys in the field are as small as this.
    static inline const CodeKeyPair pair_ = CodeKeyPair::make(512);
    static inline const CodeKey key_ = CodeKey::load(pair_.privatePem).value();
};

TEST_F(CodeKeyTest, OpensWhatThePlatformSealed) {
    EXPECT_EQ(opened(sealed("k1234567", "37000020230000001")).value(), "37000020230000001");
    EXPECT_EQ(opened(sealed("k1234567", "12345678")).value(), "12345678");
    EXPECT_EQ(opened(sealed("k1234567", std::string(64, 'z'))).value(), std::string(64, 'z'));
}

TEST_F(CodeKeyTest, OpensWithLargerKeysToo) {
    const CodeKeyPair pair = CodeKeyPair::make(2048);
    const SealedCode code = SealedCode::make(pair.publicPem, "abcdefgh", "CODE-1");
    EXPECT_EQ(CodeKey::load(pair.privatePem).value().codeId(code.encryCertid, code.encryKey).value(), "CODE-1");
}

TEST_F(CodeKeyTest, WhatIsNoCodeIsMalformed) {
    const SealedCode good = sealed("k1234567", "37000020230000001");
    expectMalformed({"", ""});
    expectMalformed({good.encryCertid, ""});
    expectMalformed({"", good.encryKey});
    expectMalformed({good.encryCertid.substr(1), good.encryKey});
    expectMalformed({good.encryCertid.substr(2), good.encryKey});
    expectMalformed({"ZZ" + good.encryCertid.substr(2), good.encryKey});
    expectMalformed({good.encryCertid, good.encryKey.substr(4)});
    expectMalformed({good.encryCertid, " " + good.encryKey});
    expectMalformed({good.encryCertid, "AAAA"});
    expectMalformed({std::string(2048, '0'), good.encryKey});
}

TEST_F(CodeKeyTest, AKeyOfAnotherLengthIsMalformed) {
    const SealedCode good = sealed("k1234567", "37000020230000001");
    expectMalformed({good.encryCertid, sealed("k12345678", "x").encryKey});
}

TEST_F(CodeKeyTest, ACodeThatIsEmptyTooLongOrUnprintableIsMalformed) {
    expectMalformed(sealed("k1234567", ""));
    expectMalformed(sealed("k1234567", std::string(65, 'z')));
    expectMalformed(sealed("k1234567", "a\nb"));
    expectMalformed(sealed("k1234567", "编号"));
}

TEST_F(CodeKeyTest, AKeyFileThatIsNoRsaKeyIsRefused) {
    for (const std::string& text : {std::string{}, std::string{"not a key"}, pair_.publicPem}) {
        const auto key = CodeKey::load(text);
        ASSERT_FALSE(key);
        EXPECT_EQ(key.error().fault, Fault::Corrupt);
        EXPECT_EQ(key.error().code, "key");
    }
}

}  // namespace
}  // namespace lianzheng
