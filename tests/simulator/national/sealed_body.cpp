#include "tests/simulator/national/sealed_body.h"

#include <memory>
#include <vector>

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace lianzheng::sim::national {

namespace {

using Bytes = std::vector<unsigned char>;

template <auto Free>
struct Deleter {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
template <class T, auto Free>
using Handle = std::unique_ptr<T, Deleter<Free>>;

std::optional<Bytes> fromHex(std::string_view text) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
    if (text.size() % 2 != 0 || text.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos) return {};
    Bytes bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        bytes.push_back(static_cast<unsigned char>(digit(text[i]) * 16 + digit(text[i + 1])));
    }
    return bytes;
}

std::optional<Bytes> fromBase64(const std::string& text) {
    if (text.empty() || text.size() % 4 != 0) return std::nullopt;
    Bytes bytes(text.size() / 4 * 3);
    const auto* const from = reinterpret_cast<const unsigned char*>(text.data());
    if (EVP_DecodeBlock(bytes.data(), from, static_cast<int>(text.size())) < 0) return std::nullopt;
    for (std::size_t padding = 0; padding < 2 && text[text.size() - 1 - padding] == '='; ++padding) bytes.pop_back();
    return bytes;
}

std::optional<std::string> decrypted(const EVP_CIPHER* cipher, std::string_view key, const Bytes& sealed) {
    constexpr std::size_t kBlock = 16;
    if (key.size() != kBlock) return std::nullopt;
    const Handle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> context{EVP_CIPHER_CTX_new()};
    const Bytes zeros(kBlock, 0);
    const auto* const octets = reinterpret_cast<const unsigned char*>(key.data());
    Bytes plain(sealed.size() + kBlock);
    int body = 0;
    int rest = 0;
    if (EVP_DecryptInit_ex2(context.get(), cipher, octets, zeros.data(), nullptr) != 1 ||
        EVP_DecryptUpdate(context.get(), plain.data(), &body, sealed.data(), static_cast<int>(sealed.size())) != 1 ||
        EVP_DecryptFinal_ex(context.get(), plain.data() + body, &rest) != 1) {
        return std::nullopt;
    }
    return std::string(plain.begin(), plain.begin() + body + rest);
}

Poco::JSON::Object::Ptr objectIn(std::string_view json) {
    try {
        return Poco::JSON::Parser().parse(std::string(json)).extract<Poco::JSON::Object::Ptr>();
    } catch (const Poco::Exception&) {
        return {};
    }
}

/// r‖s, 32 bytes each, in hex.
bool signedBy(const std::string& publicPem, const std::string& text, std::string_view signature) {
    constexpr std::string_view kUserId = "1234567812345678";
    const auto raw = fromHex(signature);
    if (!raw || raw->size() != 64) return false;
    const Handle<BIO, BIO_free> bio{BIO_new_mem_buf(publicPem.data(), static_cast<int>(publicPem.size()))};
    const Handle<EVP_PKEY, EVP_PKEY_free> key{PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr)};
    const Handle<ECDSA_SIG, ECDSA_SIG_free> both{ECDSA_SIG_new()};
    const Handle<EVP_MD_CTX, EVP_MD_CTX_free> digest{EVP_MD_CTX_new()};
    if (!key || !both || !digest) return false;
    ECDSA_SIG_set0(both.get(), BN_bin2bn(raw->data(), 32, nullptr), BN_bin2bn(raw->data() + 32, 32, nullptr));
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(both.get(), &der);
    if (size <= 0) return false;
    const Bytes sequence(der, der + size);
    OPENSSL_free(der);
    const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{EVP_PKEY_CTX_new(key.get(), nullptr)};
    EVP_MD_CTX_set_pkey_ctx(digest.get(), context.get());
    return EVP_PKEY_CTX_set1_id(context.get(), kUserId.data(), static_cast<int>(kUserId.size())) == 1 &&
           EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sm3(), nullptr, key.get()) == 1 &&
           EVP_DigestVerify(digest.get(), sequence.data(), sequence.size(),
                            reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1;
}

}  // namespace

std::optional<std::string> openSm4(std::string_view body, std::string_view key) {
    const auto object = objectIn(body);
    if (!object || object->size() != 2 || !object->has("citynum") || !object->has("data")) return std::nullopt;
    const auto sealed = fromBase64(object->getValue<std::string>("data"));
    return sealed ? decrypted(EVP_sm4_ecb(), key, *sealed) : std::nullopt;
}

std::optional<OpenedSm2> openSm2(std::string_view body, std::string_view key, const std::string& publicPem) {
    // The signature is over the object's own text, so it is cut out of the text.
    constexpr std::string_view kBefore = R"({"data":{)";
    constexpr std::string_view kSign = R"(,"signData":")";
    const auto object = objectIn(body);
    const auto inner = object ? object->getObject("data") : Poco::JSON::Object::Ptr();
    const auto at = body.find(kSign);
    if (!inner || inner->size() != 7 || !body.starts_with(kBefore) || at == std::string_view::npos) return std::nullopt;
    for (const auto& [name, value] : {std::pair("version", "1.0.0"), {"encType", "SM4"}, {"signType", "SM2"}}) {
        if (inner->optValue<std::string>(name, "") != value) return std::nullopt;
    }
    const std::string text = std::string(body.substr(kBefore.size() - 1, at - kBefore.size() + 1)) + "}";
    if (!signedBy(publicPem, text, inner->optValue<std::string>("signData", ""))) return std::nullopt;
    const auto sealed = fromHex(inner->optValue<std::string>("encData", ""));
    auto plain = sealed ? decrypted(EVP_sm4_cbc(), key, *sealed) : std::nullopt;
    if (!plain) return std::nullopt;
    return OpenedSm2{std::move(*plain), inner->optValue<std::string>("appCode", ""),
                     inner->get("timestamp").convert<std::string>()};
}

}  // namespace lianzheng::sim::national
