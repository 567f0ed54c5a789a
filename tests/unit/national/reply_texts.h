#pragma once

#include <string>

#include "tests/support/run_time_keys.h"

namespace lianzheng {

/// The key pair that codes are sealed under in these tests.
inline const CodeKeyPair& codePair() {
    static const CodeKeyPair made = CodeKeyPair::make(512);
    return made;
}

/// Pieces of replies as the platform writes them.
inline std::string codeItem(const std::string& eCertId = "e1") {
    const SealedCode sealed = SealedCode::make(codePair().publicPem, "k1234567", "CODE-1");
    return R"({"eCertID":")" + eCertId + R"(","encryCertid":")" + sealed.encryCertid + R"(","encryKey":")" +
           sealed.encryKey + R"("})";
}
inline std::string data(const std::string& success, const std::string& warn = "", const std::string& error = "") {
    return R"({"SuccessData":[)" + success + R"(],"WarnData":[)" + warn + R"(],"ErrorData":[)" + error + "]}";
}
inline std::string reply(const std::string& code, const std::string& returnData) {
    return R"({"ReturnCode":)" + code + R"(,"ReturnMsg":"said","ReturnData":)" + returnData + "}";
}
inline std::string wrapped(const std::string& inner, const std::string& status = R"({"code":"1"})") {
    return R"({"controls":[],"custom":)" + inner + R"(,"status":)" + status + "}";
}
inline std::string error(const std::string& guid, const std::string& text = "no") {
    return R"({"ErrorGuid":")" + guid + R"(","ErrorMsg":")" + text + R"("})";
}
inline std::string warning(const std::string& guid, const std::string& text = "beware") {
    return R"({"WarnGuid":")" + guid + R"(","WarnMsg":")" + text + R"("})";
}

}  // namespace lianzheng
