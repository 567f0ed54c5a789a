#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/envelope/envelope.h"
#include "adapters/national/platform.h"
#include "adapters/runtime/clock.h"
#include "adapters/runtime/event_log.h"
#include "adapters/runtime/random.h"
#include "mappings/certificate_type.h"

namespace lianzheng {

/// Where the platform is and how it is called. Secrets are values here, read from their files by the settings.
struct RestPlatformSettings {
    CertificateType type = CertificateType::Anguan;
    std::string base;  ///< scheme and host, no slash at the end
    std::map<std::string, std::string, std::less<>>
        paths;  ///< by operation name, `token` among them; absent: section 2's of the type
    std::string clientId;
    std::string clientSecret;
    std::string codeKeyPem;  ///< the province's private key (RSA) for encryKey
    std::string caFile;      ///< empty: the system's
    std::string clientCertificateFile;
    std::string clientKeyFile;
    std::string proxy;
    bool verifyTls = true;
    bool sealLogin = false;  ///< the login bears the envelope's headers too
    std::size_t connections = 16;
    std::size_t signingThreads = 1;
    std::chrono::milliseconds connectTimeout{5'000};
    std::chrono::milliseconds timeout{30'000};
    std::size_t maxReplyBytes = 8U << 20U;
};

/// The path of a call as these settings have it, without query; the base's own path before it.
std::string pathOf(const RestPlatformSettings& settings, std::string_view operation);

/// The platform over HTTP: libcurl multi with keep-alive connections on a thread of its own, one token shared, bodies
/// signed on a small pool.
/// `envelope`, `clock`, `random` and `log` are borrowed and outlive it. `random` is used by the owner thread only.
/// Error code `key` (Fault::Corrupt) when the private key cannot be read.
Result<std::unique_ptr<Platform>> makeRestPlatform(RestPlatformSettings settings, const Envelope& envelope,
                                                   Clock& clock, Random& random, EventLog& log);

}  // namespace lianzheng
