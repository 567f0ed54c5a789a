#include "tests/support/run_time_keys.h"

#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace lianzheng {
namespace {

template <auto Free>
struct Deleter {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
template <class T, auto Free>
using Handle = std::unique_ptr<T, Deleter<Free>>;
using Key = Handle<EVP_PKEY, EVP_PKEY_free>;

void demand(bool fine) {
    if (!fine) throw std::runtime_error("OpenSSL could not make a test key");
}

Key rsa(unsigned bits) {
    Key key{EVP_RSA_gen(bits)};
    demand(key != nullptr);
    return key;
}

std::string content(BIO* bio) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

template <class Write>
std::string pem(const Write& write) {
    const Handle<BIO, BIO_free> bio{BIO_new(BIO_s_mem())};
    demand(bio && write(bio.get()) == 1);
    return content(bio.get());
}

std::string privateText(EVP_PKEY* key) {
    return pem([key](BIO* bio) { return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

void extend(X509* certificate, int kind, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Handle<X509_EXTENSION, X509_EXTENSION_free> extension{X509V3_EXT_conf_nid(nullptr, &context, kind, value)};
    demand(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

void save(const std::filesystem::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    demand(out.good());
}

std::basic_string<unsigned char> octets(const std::string& text) { return {text.begin(), text.end()}; }

std::string upperHex(const std::basic_string<unsigned char>& bytes) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string text;
    for (const unsigned char byte : bytes) text.append({kDigits[byte >> 4U], kDigits[byte & 0xFU]});
    return text;
}

std::basic_string<unsigned char> des(const std::string& key, const std::string& text) {
    const Handle<OSSL_LIB_CTX, OSSL_LIB_CTX_free> library{OSSL_LIB_CTX_new()};
    const Handle<OSSL_PROVIDER, OSSL_PROVIDER_unload> legacy{OSSL_PROVIDER_load(library.get(), "legacy")};
    const Handle<EVP_CIPHER, EVP_CIPHER_free> cipher{EVP_CIPHER_fetch(library.get(), "DES-ECB", nullptr)};
    const Handle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> context{EVP_CIPHER_CTX_new()};
    demand(legacy && cipher && context);
    demand(EVP_EncryptInit_ex2(context.get(), cipher.get(), octets(key).c_str(), nullptr, nullptr) == 1);
    std::basic_string<unsigned char> out(text.size() + 8, 0);
    int body = 0;
    int rest = 0;
    demand(EVP_EncryptUpdate(context.get(), out.data(), &body, octets(text).c_str(), static_cast<int>(text.size())) ==
           1);
    demand(EVP_EncryptFinal_ex(context.get(), out.data() + body, &rest) == 1);
    out.resize(static_cast<std::size_t>(body + rest));
    return out;
}

/// The DER sequence of r and s of 32 bytes each.
std::basic_string<unsigned char> derOf(const std::basic_string<unsigned char>& raw) {
    demand(raw.size() == 64);
    const Handle<ECDSA_SIG, ECDSA_SIG_free> both{ECDSA_SIG_new()};
    demand(ECDSA_SIG_set0(both.get(), BN_bin2bn(raw.data(), 32, nullptr), BN_bin2bn(raw.data() + 32, 32, nullptr)) ==
           1);
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(both.get(), &der);
    demand(size > 0);
    std::basic_string<unsigned char> out(der, static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return out;
}

std::string rsaBase64(const std::string& publicPem, const std::string& text) {
    const Handle<BIO, BIO_free> bio{BIO_new_mem_buf(publicPem.data(), static_cast<int>(publicPem.size()))};
    const Key key{PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr)};
    const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{EVP_PKEY_CTX_new(key.get(), nullptr)};
    demand(context && EVP_PKEY_encrypt_init(context.get()) == 1);
    demand(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1);
    std::basic_string<unsigned char> sealed(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())), 0);
    std::size_t size = sealed.size();
    demand(EVP_PKEY_encrypt(context.get(), sealed.data(), &size, octets(text).c_str(), text.size()) == 1);
    std::basic_string<unsigned char> encoded(size * 4 / 3 + 8, 0);
    const int length = EVP_EncodeBlock(encoded.data(), sealed.data(), static_cast<int>(size));
    return {encoded.begin(), encoded.begin() + length};
}

}  // namespace

ScratchDirectory::ScratchDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "lianzheng-test-XXXXXX").string();
    demand(mkdtemp(name.data()) != nullptr);
    path_ = name;
}

ScratchDirectory::~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

CertificateFiles CertificateFiles::make(const std::filesystem::path& directory, const std::string& name) {
    const Key key = rsa(2048);
    const Handle<X509, X509_free> certificate{X509_new()};
    X509* const x509 = certificate.get();
    demand(x509 != nullptr && X509_set_version(x509, X509_VERSION_3) == 1 && X509_set_pubkey(x509, key.get()) == 1);
    constexpr long kDay = 86'400;
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), -kDay);
    X509_gmtime_adj(X509_getm_notAfter(x509), kDay);
    X509_NAME* const subject = X509_get_subject_name(x509);
    const auto commonName = octets(name);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, commonName.c_str(), -1, -1, 0);
    X509_set_issuer_name(x509, subject);
    extend(x509, NID_basic_constraints, "critical,CA:TRUE");
    extend(x509, NID_subject_alt_name, "IP:127.0.0.1");
    demand(X509_sign(x509, key.get(), EVP_sha256()) > 0);
    CertificateFiles files{directory / (name + ".crt"), directory / (name + ".key")};
    save(files.certificate, pem([x509](BIO* bio) { return PEM_write_bio_X509(bio, x509); }));
    save(files.key, privateText(key.get()));
    return files;
}

CodeKeyPair CodeKeyPair::make(unsigned bits) {
    const Key key = rsa(bits);
    return {privateText(key.get()), pem([&](BIO* bio) { return PEM_write_bio_PUBKEY(bio, key.get()); })};
}

Sm2KeyPair Sm2KeyPair::make() {
    const Key key{EVP_EC_gen("SM2")};
    demand(key != nullptr);
    return {privateText(key.get()), pem([&](BIO* bio) { return PEM_write_bio_PUBKEY(bio, key.get()); })};
}

bool Sm2KeyPair::verifies(const std::string& message, const std::string& userId, const std::string& signature,
                          bool raw) const {
    const Handle<BIO, BIO_free> bio{BIO_new_mem_buf(publicPem.data(), static_cast<int>(publicPem.size()))};
    const Key key{PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr)};
    const auto sealed = raw ? derOf(octets(signature)) : octets(signature);
    const Handle<EVP_MD_CTX, EVP_MD_CTX_free> digest{EVP_MD_CTX_new()};
    const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{EVP_PKEY_CTX_new(key.get(), nullptr)};
    EVP_MD_CTX_set_pkey_ctx(digest.get(), context.get());
    demand(EVP_PKEY_CTX_set1_id(context.get(), userId.data(), static_cast<int>(userId.size())) == 1);
    demand(EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sm3(), nullptr, key.get()) == 1);
    const auto text = octets(message);
    return EVP_DigestVerify(digest.get(), sealed.data(), sealed.size(), text.data(), text.size()) == 1;
}

SealedCode SealedCode::make(const std::string& publicPem, const std::string& desKey, const std::string& codeId) {
    return {upperHex(des(desKey, codeId)), rsaBase64(publicPem, desKey)};
}

}  // namespace lianzheng
