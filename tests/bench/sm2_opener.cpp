#include "tests/bench/sm2_opener.h"

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "adapters/envelope/hex.h"
#include "adapters/envelope/openssl_handle.h"

namespace lianzheng::bench {
namespace {

using Bytes = std::vector<unsigned char>;
constexpr std::string_view kUserId = "1234567812345678";

/// Bytes of hex; none for anything else, which then verifies as nothing.
std::string bytesOf(std::string_view hex) { return fromHex(hex).value_or(std::string{}); }

/// The text between `"name":"` and the next quote.
std::string_view member(std::string_view json, std::string_view name) {
    const auto at = json.find(name);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = json.substr(at + name.size());
    return rest.substr(0, rest.find('"'));
}

}  // namespace

struct Sm2Opener::State {
    OpensslHandle<EVP_PKEY, EVP_PKEY_free> key;
    std::string sm4Key;

    [[nodiscard]] bool verifies(std::string_view message, std::string_view signature) const {
        const std::string raw = bytesOf(signature);
        if (raw.size() != 64) return false;
        const OpensslHandle<ECDSA_SIG, ECDSA_SIG_free> both{ECDSA_SIG_new()};
        ECDSA_SIG_set0(both.get(), BN_bin2bn(octets(std::string_view(raw)), 32, nullptr),
                       BN_bin2bn(octets(std::string_view(raw)) + 32, 32, nullptr));
        Bytes der(static_cast<std::size_t>(i2d_ECDSA_SIG(both.get(), nullptr)));
        unsigned char* end = der.data();
        i2d_ECDSA_SIG(both.get(), &end);
        const OpensslHandle<EVP_MD_CTX, EVP_MD_CTX_free> digest{EVP_MD_CTX_new()};
        const OpensslHandle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{EVP_PKEY_CTX_new(key.get(), nullptr)};
        EVP_PKEY_CTX_set1_id(context.get(), kUserId.data(), static_cast<int>(kUserId.size()));
        EVP_MD_CTX_set_pkey_ctx(digest.get(), context.get());
        return EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sm3(), nullptr, key.get()) == 1 &&
               EVP_DigestVerify(digest.get(), der.data(), der.size(), octets(message), message.size()) == 1;
    }

    [[nodiscard]] std::string decrypted(std::string_view hex) const {
        const std::string sealed = bytesOf(hex);
        const std::array<unsigned char, 16> zeros{};
        const OpensslHandle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> context{EVP_CIPHER_CTX_new()};
        Bytes plain(sealed.size() + zeros.size());
        int body = 0;
        int rest = 0;
        EVP_DecryptInit_ex2(context.get(), EVP_sm4_cbc(), octets(std::string_view(sm4Key)), zeros.data(), nullptr);
        EVP_DecryptUpdate(context.get(), plain.data(), &body, octets(std::string_view(sealed)),
                          static_cast<int>(sealed.size()));
        EVP_DecryptFinal_ex(context.get(), plain.data() + body, &rest);
        return {plain.begin(), plain.begin() + body + rest};
    }
};

Sm2Opener::Sm2Opener(const std::string& publicPem, std::string sm4Key) : state_(std::make_unique<State>()) {
    const OpensslHandle<BIO, BIO_free> bio{BIO_new_mem_buf(publicPem.data(), static_cast<int>(publicPem.size()))};
    state_->key.reset(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
    if (!state_->key) throw std::runtime_error("no SM2 key");
    state_->sm4Key = std::move(sm4Key);
}
Sm2Opener::Sm2Opener(Sm2Opener&&) noexcept = default;
Sm2Opener::~Sm2Opener() = default;

std::optional<std::string> Sm2Opener::open(std::string_view body) const {
    constexpr std::string_view kBefore = R"({"data":)";
    constexpr std::string_view kSigned = R"(,"signData":")";
    const auto at = body.rfind(kSigned);
    if (!body.starts_with(kBefore) || at == std::string_view::npos) return std::nullopt;
    const std::string message = std::string(body.substr(kBefore.size(), at - kBefore.size())) + "}";
    if (!state_->verifies(message, member(body.substr(at), kSigned))) return std::nullopt;
    return state_->decrypted(member(message, R"("encData":")"));
}

}  // namespace lianzheng::bench
