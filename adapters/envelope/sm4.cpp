#include "adapters/envelope/sm4.h"

#include <stdexcept>

#include <openssl/evp.h>

#include "adapters/envelope/openssl_handle.h"

namespace lianzheng {
namespace {

void demand(bool fine) {
    if (!fine) throw std::runtime_error("SM4 is not available");
}

std::string encrypted(const EVP_CIPHER* cipher, std::string_view key, const unsigned char* iv, std::string_view text) {
    demand(cipher != nullptr && key.size() == kSm4Bytes);
    const OpensslHandle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> context{EVP_CIPHER_CTX_new()};
    demand(context && EVP_EncryptInit_ex2(context.get(), cipher, octets(key), iv, nullptr) == 1);
    std::string out(text.size() + kSm4Bytes, '\0');
    unsigned char* const to = octets(out);
    int body = 0;
    int rest = 0;
    demand(EVP_EncryptUpdate(context.get(), to, &body, octets(text), static_cast<int>(text.size())) == 1);
    demand(EVP_EncryptFinal_ex(context.get(), to + body, &rest) == 1);
    out.resize(static_cast<std::size_t>(body) + static_cast<std::size_t>(rest));
    return out;
}

/// Fetched once, as the digests are.
const EVP_CIPHER* ecb() {
    static const EVP_CIPHER* const kFetched = EVP_CIPHER_fetch(nullptr, "SM4-ECB", nullptr);
    return kFetched;
}
const EVP_CIPHER* cbc() {
    static const EVP_CIPHER* const kFetched = EVP_CIPHER_fetch(nullptr, "SM4-CBC", nullptr);
    return kFetched;
}

}  // namespace

std::string sm4Ecb(std::string_view key, std::string_view text) { return encrypted(ecb(), key, nullptr, text); }

std::string sm4Cbc(std::string_view key, std::string_view iv, std::string_view text) {
    demand(iv.size() == kSm4Bytes);
    return encrypted(cbc(), key, octets(iv), text);
}

}  // namespace lianzheng
