#pragma once

#include <filesystem>
#include <string>

namespace lianzheng {

/// A directory of its own under the system's temporary one, removed with everything in it.
class ScratchDirectory {
public:
    ScratchDirectory();
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    ScratchDirectory(ScratchDirectory&&) = delete;
    ScratchDirectory& operator=(ScratchDirectory&&) = delete;
    ~ScratchDirectory();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// A self-signed certificate for 127.0.0.1 and its key, made when asked for; it is its own authority.
struct CertificateFiles {
    std::filesystem::path certificate;
    std::filesystem::path key;
    static CertificateFiles make(const std::filesystem::path& directory, const std::string& name);
};

/// An RSA key pair for code ids, in PEM.
struct CodeKeyPair {
    std::string privatePem;
    std::string publicPem;
    static CodeKeyPair make(unsigned bits);
};

/// A key pair on the SM2 curve, in PEM.
struct Sm2KeyPair {
    std::string privatePem;
    std::string publicPem;
    static Sm2KeyPair make();
    /// `raw`: r and s of 32 bytes each; otherwise DER.
    [[nodiscard]] bool verifies(const std::string& message, const std::string& userId, const std::string& signature,
                                bool raw) const;
};

/// What the platform does to a code id: encryCertid under an 8-character key, encryKey under the public key.
struct SealedCode {
    std::string encryCertid;
    std::string encryKey;
    static SealedCode make(const std::string& publicPem, const std::string& desKey, const std::string& codeId);
};

}  // namespace lianzheng
