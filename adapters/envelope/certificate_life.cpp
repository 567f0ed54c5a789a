#include "adapters/envelope/certificate_life.h"

#include <ctime>
#include <optional>
#include <utility>

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "adapters/envelope/openssl_handle.h"

namespace lianzheng {
namespace {

using Bio = OpensslHandle<BIO, BIO_free>;
using Certificate509 = OpensslHandle<X509, X509_free>;
using Key = OpensslHandle<EVP_PKEY, EVP_PKEY_free>;

Bio reading(std::string_view pem) { return Bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))}; }

Certificate509 next(BIO* bio) { return Certificate509{PEM_read_bio_X509(bio, nullptr, noPassword, nullptr)}; }

std::optional<TimePoint> timeOf(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
    return TimePoint{std::chrono::seconds{timegm(&parts)}};
}

std::string subjectOf(X509* certificate) {
    X509_NAME* const name = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (at >= 0) {
        unsigned char* text = nullptr;
        const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
        if (size >= 0) {
            std::string common(text, text + size);
            OPENSSL_free(text);
            return common;
        }
    }
    char* const line = X509_NAME_oneline(name, nullptr, 0);
    std::string all = line == nullptr ? "" : line;
    OPENSSL_free(line);
    return all;
}

}  // namespace

Result<std::vector<CertificateLife>> certificateLives(std::string_view pem) {
    std::vector<CertificateLife> lives;
    const Bio bio = reading(pem);
    const auto broken = [] {
        ERR_clear_error();
        return failed(Fault::Corrupt, "certificate", "certificate");
    };
    if (!bio) return broken();
    while (const Certificate509 certificate = next(bio.get())) {
        const auto from = timeOf(X509_get0_notBefore(certificate.get()));
        const auto until = timeOf(X509_get0_notAfter(certificate.get()));
        if (!from || !until) return broken();
        lives.push_back({subjectOf(certificate.get()), *from, *until});
    }
    // What ends the reading is the end of the text, or something that is no certificate.
    const bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (lives.empty() || !ended) return broken();
    ERR_clear_error();
    return lives;
}

bool belongsTogether(std::string_view certificatePem, std::string_view keyPem) {
    const Bio first = reading(certificatePem);
    const Bio second = reading(keyPem);
    if (!first || !second) return false;
    const Certificate509 certificate = next(first.get());
    const Key key{PEM_read_bio_PrivateKey(second.get(), nullptr, noPassword, nullptr)};
    const bool fits = certificate && key && X509_check_private_key(certificate.get(), key.get()) == 1;
    ERR_clear_error();
    return fits;
}

}  // namespace lianzheng
