#include "tests/simulator/national/code_seal.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "tests/simulator/national/hashes.h"

namespace lianzheng::sim::national {

namespace {

template <auto Release>
struct Releaser {
    template <typename T>
    void operator()(T* pointer) const {
        Release(pointer);
    }
};
using Library = std::unique_ptr<OSSL_LIB_CTX, Releaser<OSSL_LIB_CTX_free>>;
using Provider = std::unique_ptr<OSSL_PROVIDER, Releaser<OSSL_PROVIDER_unload>>;
using Cipher = std::unique_ptr<EVP_CIPHER, Releaser<EVP_CIPHER_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Releaser<EVP_CIPHER_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>>;
using Bio = std::unique_ptr<BIO, Releaser<BIO_vfree>>;

void require(bool good, const char* what) {
    if (!good) throw std::runtime_error(what);
}

const unsigned char* bytesOf(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string textOf(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string base64(const std::vector<std::uint8_t>& bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

}  // namespace

struct CodeSeal::Parts {
    Library library;
    Provider provider;
    Cipher des;
    Key key;
};

KeyPair makeKeyPair(unsigned bits) {
    const Key key{EVP_RSA_gen(bits)};
    require(key != nullptr, "cannot make an RSA key");
    const Bio secret{BIO_new(BIO_s_mem())};
    const Bio open{BIO_new(BIO_s_mem())};
    require(PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
                PEM_write_bio_PUBKEY(open.get(), key.get()) == 1,
            "cannot write an RSA key");
    return {textOf(secret.get()), textOf(open.get())};
}

CodeSeal::CodeSeal(const std::string& publicPem) : parts_(std::make_unique<Parts>()) {
    parts_->library.reset(OSSL_LIB_CTX_new());
    parts_->provider.reset(OSSL_PROVIDER_load(parts_->library.get(), "legacy"));
    require(parts_->provider != nullptr, "OpenSSL's legacy provider is missing");
    parts_->des.reset(EVP_CIPHER_fetch(parts_->library.get(), "DES-ECB", nullptr));
    require(parts_->des != nullptr, "DES-ECB is missing");
    const Bio bio{BIO_new_mem_buf(publicPem.data(), static_cast<int>(publicPem.size()))};
    parts_->key.reset(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
    require(parts_->key != nullptr && EVP_PKEY_is_a(parts_->key.get(), "RSA") == 1, "not an RSA public key in PEM");
}

CodeSeal::~CodeSeal() = default;

SealedCode CodeSeal::seal(std::string_view codeId, std::string_view key) const {
    require(key.size() == 8, "a DES key has 8 characters");
    const KeyContext rsa{EVP_PKEY_CTX_new(parts_->key.get(), nullptr)};
    std::vector<std::uint8_t> wrapped(static_cast<std::size_t>(EVP_PKEY_get_size(parts_->key.get())));
    std::size_t wrappedSize = wrapped.size();
    require(EVP_PKEY_encrypt_init(rsa.get()) == 1 && EVP_PKEY_CTX_set_rsa_padding(rsa.get(), RSA_PKCS1_PADDING) == 1 &&
                EVP_PKEY_encrypt(rsa.get(), wrapped.data(), &wrappedSize, bytesOf(key), key.size()) == 1,
            "RSA failed");
    wrapped.resize(wrappedSize);

    const CipherContext des{EVP_CIPHER_CTX_new()};
    std::vector<std::uint8_t> sealed(codeId.size() + 8);
    int first = 0;
    int last = 0;
    require(EVP_EncryptInit_ex2(des.get(), parts_->des.get(), bytesOf(key), nullptr, nullptr) == 1 &&
                EVP_EncryptUpdate(des.get(), sealed.data(), &first, bytesOf(codeId), static_cast<int>(codeId.size())) ==
                    1 &&
                EVP_EncryptFinal_ex(des.get(), sealed.data() + first, &last) == 1,
            "DES failed");
    sealed.resize(static_cast<std::size_t>(first + last));
    return {base64(wrapped), upperHex(sealed)};
}

}  // namespace lianzheng::sim::national
