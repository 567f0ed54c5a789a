#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <sys/types.h>

#include "adapters/envelope/envelope.h"

namespace lianzheng::bench {

enum class Signing : std::uint8_t { HmacSm3, Sm2 };

/// What both sides of a push measurement agree on.
struct Agreement {
    Signing signing = Signing::HmacSm3;
    std::string appId = "bench";
    std::string hmacKey = "0123456789abcdef0123456789abcdef";
    std::string sm4Key = "0123456789abcdef";
    std::string sm2PrivatePem;
    std::string sm2PublicPem;
    std::string codeKeyPem;   ///< the private key the client opens code ids with
    std::string encryCertid;  ///< sent with every reply
    std::string encryKey;
    static Agreement make();
    /// What the client signs with.
    [[nodiscard]] std::unique_ptr<Envelope> envelope() const;
};

/// A minimal HTTP server (one epoll thread in a process of its own) that verifies the signature and nothing
/// else (hmac-sm3, or sm2, whose body it has to decrypt to know the items), and answers as assigning does. A wrong
/// signature is 401; the token call is answered without one. Make it before any
/// thread exists: it forks.
class VerifyingServer {
public:
    explicit VerifyingServer(const Agreement& agreement);
    VerifyingServer(const VerifyingServer&) = delete;
    VerifyingServer& operator=(const VerifyingServer&) = delete;
    VerifyingServer(VerifyingServer&&) = delete;
    VerifyingServer& operator=(VerifyingServer&&) = delete;
    ~VerifyingServer();
    [[nodiscard]] std::string base() const { return "http://127.0.0.1:" + std::to_string(port_); }

private:
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
};

}  // namespace lianzheng::bench
