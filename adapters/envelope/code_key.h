#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/runtime/result.h"

namespace lianzheng {

/// The province's private key, which opens the code ids that assigning returns (national interface, section 3).
/// Threads: codeId() is const and may run on several.
class CodeKey {
public:
    static Result<CodeKey> load(std::string_view pem);
    CodeKey(const CodeKey&) = delete;
    CodeKey& operator=(const CodeKey&) = delete;
    CodeKey(CodeKey&& other) noexcept;
    CodeKey& operator=(CodeKey&& other) noexcept;
    ~CodeKey();
    /// encryKey: Base64 of RSA PKCS#1 v1.5 → 8 characters; encryCertid: hex of DES/ECB/PKCS5 → the code id, printable,
    /// at most 64 characters. Anything else: Fault::InDoubt, code `malformed_code`, for the reply is not to be trusted.
    [[nodiscard]] Result<std::string> codeId(std::string_view encryCertid, std::string_view encryKey) const;

private:
    struct State;
    explicit CodeKey(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace lianzheng
