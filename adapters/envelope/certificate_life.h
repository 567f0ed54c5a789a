#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"
#include "mappings/date.h"

namespace lianzheng {

/// How long a certificate is good.
struct CertificateLife {
    std::string subject;  ///< its common name, or all of its name where it has none
    TimePoint from;
    TimePoint until;
};

/// Every certificate in a PEM file's content, in its order. Error code `certificate` (Fault::Corrupt) when there is
/// none, or one cannot be read.
Result<std::vector<CertificateLife>> certificateLives(std::string_view pem);

/// Whether the first certificate is that of the private key.
bool belongsTogether(std::string_view certificatePem, std::string_view keyPem);

}  // namespace lianzheng
