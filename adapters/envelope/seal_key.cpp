#include "adapters/envelope/seal_key.h"

#include <optional>
#include <span>
#include <utility>

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "adapters/envelope/digest.h"
#include "adapters/envelope/hex.h"
#include "adapters/envelope/openssl_handle.h"
#include "adapters/envelope/sm2_signer.h"
#include "adapters/envelope/sm3.h"

namespace lianzheng {
namespace {

using Key = OpensslHandle<EVP_PKEY, EVP_PKEY_free>;
using Bio = OpensslHandle<BIO, BIO_free>;

/// What the id of an HMAC key is made of.
constexpr std::string_view kIdText = "lianzheng evidence seal key";

Key publicKeyOf(std::string_view pem) {
    const auto read = [&](auto* reader) {
        const Bio bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
        return Key{bio ? reader(bio.get(), nullptr, noPassword, nullptr) : nullptr};
    };
    Key key = read(PEM_read_bio_PrivateKey);
    if (!key) key = read(PEM_read_bio_PUBKEY);
    ERR_clear_error();
    if (key && EVP_PKEY_is_a(key.get(), "SM2") != 1) key.reset();
    return key;
}

std::string contentOf(BIO* bio) {
    char* begin = nullptr;
    const long size = BIO_get_mem_data(bio, &begin);
    return size > 0 ? std::string(begin, static_cast<std::size_t>(size)) : std::string{};
}

std::string publicPemOf(EVP_PKEY* key) {
    const Bio bio{BIO_new(BIO_s_mem())};
    return bio && PEM_write_bio_PUBKEY(bio.get(), key) == 1 ? contentOf(bio.get()) : std::string{};
}

std::string publicDerOf(EVP_PKEY* key) {
    const Bio bio{BIO_new(BIO_s_mem())};
    return bio && i2d_PUBKEY_bio(bio.get(), key) == 1 ? contentOf(bio.get()) : std::string{};
}

bool sm2Fits(EVP_PKEY* key, std::string_view text, const std::string& signature) {
    const OpensslHandle<EVP_MD_CTX, EVP_MD_CTX_free> digest{EVP_MD_CTX_new()};
    const OpensslHandle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{EVP_PKEY_CTX_new(key, nullptr)};
    if (!digest || !context) return false;
    EVP_MD_CTX_set_pkey_ctx(digest.get(), context.get());
    const std::string_view id = SealKey::kUserId;
    const bool fits = EVP_PKEY_CTX_set1_id(context.get(), id.data(), static_cast<int>(id.size())) == 1 &&
                      EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sm3(), nullptr, key) == 1 &&
                      EVP_DigestVerify(digest.get(), octets(std::string_view(signature)), signature.size(),
                                       octets(text), text.size()) == 1;
    ERR_clear_error();
    return fits;
}

}  // namespace

std::string_view word(SealMethod method) { return method == SealMethod::Sm2 ? "sm2" : "hmac-sm3"; }

struct SealKey::State {
    std::string id;
    std::string publicPem;
    Key publicKey;
    std::optional<Sm2Signer> signer;
    std::optional<Hmac> hmac;
};

Result<SealKey> SealKey::sm2(std::string_view pem) {
    auto state = std::make_unique<State>();
    state->publicKey = publicKeyOf(pem);
    if (!state->publicKey) return failed(Fault::Corrupt, "evidence.seal", "key");
    state->publicPem = publicPemOf(state->publicKey.get());
    const std::string der = publicDerOf(state->publicKey.get());
    if (state->publicPem.empty() || der.empty()) return failed(Fault::Corrupt, "evidence.seal", "key");
    state->id = sm3Hex(der);
    if (auto signer = Sm2Signer::load(pem, std::string(kUserId))) state->signer = std::move(*signer);
    return SealKey(std::move(state));
}

SealKey SealKey::hmacSm3(std::string_view key) {
    auto state = std::make_unique<State>();
    state->hmac.emplace(Hash::Sm3, key);
    state->id = lowerHex(state->hmac->of(kIdText));
    return SealKey(std::move(state));
}

SealKey::SealKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealKey::SealKey(SealKey&&) noexcept = default;
SealKey& SealKey::operator=(SealKey&&) noexcept = default;
SealKey::~SealKey() = default;

SealMethod SealKey::method() const { return state_->hmac ? SealMethod::HmacSm3 : SealMethod::Sm2; }

const std::string& SealKey::id() const { return state_->id; }

const std::string& SealKey::publicPem() const { return state_->publicPem; }

bool SealKey::canSeal() const { return state_->hmac || state_->signer; }

Result<std::string> SealKey::seal(std::string_view text) const {
    if (state_->hmac) return lowerHex(state_->hmac->of(text));
    if (!state_->signer) return failed(Fault::Corrupt, "evidence.seal", "seal");
    const auto signature = state_->signer->sign(text, Sm2Layout::Der);
    if (!signature) return failed(Fault::Corrupt, "evidence.seal", "seal");
    return lowerHex(std::span(octets(std::string_view(*signature)), signature->size()));
}

bool SealKey::verifies(std::string_view text, std::string_view seal) const {
    if (state_->hmac) {
        const std::string made = lowerHex(state_->hmac->of(text));
        return made.size() == seal.size() && CRYPTO_memcmp(made.data(), seal.data(), made.size()) == 0;
    }
    const auto signature = fromHex(seal);
    return signature && sm2Fits(state_->publicKey.get(), text, *signature);
}

}  // namespace lianzheng
