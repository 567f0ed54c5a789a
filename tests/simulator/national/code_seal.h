#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace lianzheng::sim::national {

/// A code id as the platform sends it (section 3).
struct SealedCode {
    std::string encryKey;     ///< Base64 of RSA PKCS#1 v1.5 of the 8-character key
    std::string encryCertid;  ///< upper-case hex of DES/ECB/PKCS5 of the code id under that key
};

/// PEM texts of an RSA key pair, for those who start the platform without a province's public key.
struct KeyPair {
    std::string privatePem;
    std::string publicPem;
};
KeyPair makeKeyPair(unsigned bits);

/// Seals code ids under one province's public key. DES comes from the legacy provider in a library context of its own.
/// Threads: seal() from any. Errors: the constructor throws std::runtime_error on an unusable key.
class CodeSeal {
public:
    explicit CodeSeal(const std::string& publicPem);
    ~CodeSeal();
    CodeSeal(const CodeSeal&) = delete;
    CodeSeal& operator=(const CodeSeal&) = delete;

    /// `key` has 8 characters.
    [[nodiscard]] SealedCode seal(std::string_view codeId, std::string_view key) const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace lianzheng::sim::national
