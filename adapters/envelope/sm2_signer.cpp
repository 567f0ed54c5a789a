#include "adapters/envelope/sm2_signer.h"

#include <cstddef>
#include <utility>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "adapters/envelope/openssl_handle.h"

namespace lianzheng {
namespace {

constexpr std::size_t kHalf = 32;

/// r and s, each filled up to 32 bytes.
std::string rawRs(const std::string& der) {
    const auto* begin = octets(std::string_view(der));
    const OpensslHandle<ECDSA_SIG, ECDSA_SIG_free> parts{d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size()))};
    std::string out(2 * kHalf, '\0');
    if (!parts || BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), octets(out), kHalf) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), octets(out) + kHalf, kHalf) < 0) {
        return {};
    }
    return out;
}

}  // namespace

struct Sm2Signer::State {
    OpensslHandle<EVP_PKEY, EVP_PKEY_free> key;
    std::string userId;
};

Result<Sm2Signer> Sm2Signer::load(std::string_view pem, std::string userId) {
    const OpensslHandle<BIO, BIO_free> bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    auto state = std::make_unique<State>();
    if (bio) state->key.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassword, nullptr));
    ERR_clear_error();
    if (!state->key || EVP_PKEY_is_a(state->key.get(), "SM2") != 1) {
        return failed(Fault::Corrupt, "envelope.sm2", "key");
    }
    state->userId = std::move(userId);
    return Sm2Signer(std::move(state));
}

Sm2Signer::Sm2Signer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Sm2Signer::Sm2Signer(Sm2Signer&&) noexcept = default;
Sm2Signer& Sm2Signer::operator=(Sm2Signer&&) noexcept = default;
Sm2Signer::~Sm2Signer() = default;

Result<std::string> Sm2Signer::sign(std::string_view message, Sm2Layout layout) const {
    const auto gaveOut = [] {
        ERR_clear_error();
        return failed(Fault::Corrupt, "envelope.sm2", "sm2");
    };
    const OpensslHandle<EVP_MD_CTX, EVP_MD_CTX_free> digest{EVP_MD_CTX_new()};
    const OpensslHandle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{EVP_PKEY_CTX_new(state_->key.get(), nullptr)};
    if (!digest || !context) return gaveOut();
    const std::string& id = state_->userId;
    EVP_MD_CTX_set_pkey_ctx(digest.get(), context.get());
    if (EVP_PKEY_CTX_set1_id(context.get(), id.data(), static_cast<int>(id.size())) != 1 ||
        EVP_DigestSignInit(digest.get(), nullptr, EVP_sm3(), nullptr, state_->key.get()) != 1) {
        return gaveOut();
    }
    const auto* const text = octets(message);
    std::size_t size = 0;
    if (EVP_DigestSign(digest.get(), nullptr, &size, text, message.size()) != 1) return gaveOut();
    std::string der(size, '\0');
    if (EVP_DigestSign(digest.get(), octets(der), &size, text, message.size()) != 1) return gaveOut();
    der.resize(size);
    if (layout == Sm2Layout::Der) return der;
    std::string raw = rawRs(der);
    if (raw.empty()) return gaveOut();
    return raw;
}

}  // namespace lianzheng
