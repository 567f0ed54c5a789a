#include "adapters/envelope/code_key.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>

#include "adapters/envelope/hex.h"
#include "adapters/envelope/openssl_handle.h"

namespace lianzheng {
namespace {

constexpr std::size_t kDesKeyBytes = 8;
constexpr std::size_t kLongestCodeId = 64;
constexpr std::size_t kDesBlockBytes = 8;

bool printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

/// Single DES lives in the legacy provider, which is loaded into a library context of its own: the process-wide one,
/// which TLS uses, stays free of it.
struct CodeKey::State {
    OpensslHandle<EVP_PKEY, EVP_PKEY_free> privateKey;
    OpensslHandle<OSSL_LIB_CTX, OSSL_LIB_CTX_free> library;
    OpensslHandle<OSSL_PROVIDER, OSSL_PROVIDER_unload> legacy;
    OpensslHandle<EVP_CIPHER, EVP_CIPHER_free> des;

    [[nodiscard]] std::optional<std::string> desKey(std::string_view encrypted) const;
    [[nodiscard]] std::optional<std::string> plain(std::string_view encrypted, std::string_view key) const;
};

std::optional<std::string> CodeKey::State::desKey(std::string_view encrypted) const {
    const OpensslHandle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{EVP_PKEY_CTX_new(privateKey.get(), nullptr)};
    if (!context || EVP_PKEY_decrypt_init(context.get()) != 1) return std::nullopt;
    if (EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1) return std::nullopt;
    std::string key(static_cast<std::size_t>(EVP_PKEY_get_size(privateKey.get())), '\0');
    std::size_t size = key.size();
    if (EVP_PKEY_decrypt(context.get(), octets(key), &size, octets(encrypted), encrypted.size()) != 1) {
        return std::nullopt;
    }
    key.resize(size);
    if (size != kDesKeyBytes) return std::nullopt;
    return key;
}

std::optional<std::string> CodeKey::State::plain(std::string_view encrypted, std::string_view key) const {
    const OpensslHandle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> context{EVP_CIPHER_CTX_new()};
    if (!context || EVP_DecryptInit_ex2(context.get(), des.get(), octets(key), nullptr, nullptr) != 1) {
        return std::nullopt;
    }
    std::string text(encrypted.size() + kDesBlockBytes, '\0');
    int body = 0;
    int rest = 0;
    if (EVP_DecryptUpdate(context.get(), octets(text), &body, octets(encrypted), static_cast<int>(encrypted.size())) !=
        1) {
        return std::nullopt;
    }
    if (EVP_DecryptFinal_ex(context.get(), octets(text) + body, &rest) != 1) return std::nullopt;
    text.resize(static_cast<std::size_t>(body) + static_cast<std::size_t>(rest));
    return text;
}

Result<CodeKey> CodeKey::load(std::string_view pem) {
    constexpr const char* kWhere = "envelope.code_key";
    auto state = std::make_unique<State>();
    const OpensslHandle<BIO, BIO_free> bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    if (bio) state->privateKey.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassword, nullptr));
    ERR_clear_error();
    if (!state->privateKey || EVP_PKEY_get_base_id(state->privateKey.get()) != EVP_PKEY_RSA) {
        return failed(Fault::Corrupt, kWhere, "key");
    }
    state->library.reset(OSSL_LIB_CTX_new());
    if (state->library) state->legacy.reset(OSSL_PROVIDER_load(state->library.get(), "legacy"));
    if (state->legacy) state->des.reset(EVP_CIPHER_fetch(state->library.get(), "DES-ECB", nullptr));
    ERR_clear_error();
    if (!state->des) return failed(Fault::Corrupt, kWhere, "des_unavailable");
    return CodeKey(std::move(state));
}

CodeKey::CodeKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
CodeKey::CodeKey(CodeKey&&) noexcept = default;
CodeKey& CodeKey::operator=(CodeKey&&) noexcept = default;
CodeKey::~CodeKey() = default;

Result<std::string> CodeKey::codeId(std::string_view encryCertid, std::string_view encryKey) const {
    const auto malformed = [] { return failed(Fault::InDoubt, "envelope.code_key", "malformed_code"); };
    const auto sealedKey = fromBase64(encryKey);
    const auto sealedCode = fromHex(encryCertid);
    // The longest code id with its padding is one block more than it.
    if (!sealedKey || !sealedCode || sealedCode->size() > kLongestCodeId + kDesBlockBytes) return malformed();
    std::optional<std::string> code;
    if (const auto key = state_->desKey(*sealedKey)) code = state_->plain(*sealedCode, *key);
    ERR_clear_error();
    if (!code || code->empty() || code->size() > kLongestCodeId || !printable(*code)) return malformed();
    return std::move(*code);
}

}  // namespace lianzheng
