#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "tests/simulator/national/clock.h"
#include "tests/simulator/national/envelope_check.h"
#include "tests/simulator/national/registry.h"
#include "tests/simulator/national/switches.h"

namespace lianzheng::sim::national {

struct ServerOptions {
    Switches switches;
    std::uint16_t port = 0;    ///< 0: any free one
    std::string clientId;      ///< empty accepts any
    std::string clientSecret;  ///< empty accepts any
    std::string publicKeyPem;  ///< the province's RSA key; empty: a pair is made, see NationalServer::privateKeyPem
    EnvelopeOptions envelope;
    bool envelopeOnToken = false;    ///< a hub may want the login signed as well
    int envelopeRefusal = 403;       ///< HTTP status of a bad signature; the document names none
    std::string tlsCertificateFile;  ///< PEM; empty: plain HTTP
    std::string tlsKeyFile;
    Now now = systemNow();
    std::uint64_t seed = 1;
    int threads = 64;  ///< connections served at a time
};

/// The platform on 127.0.0.1. The registry lives as long as the object: it survives stop() and start().
/// Threads: every method from any, start() and stop() from one.
/// Errors: the constructor and start() throw std::runtime_error or Poco's exceptions.
class NationalServer {
public:
    explicit NationalServer(ServerOptions options);
    ~NationalServer();
    NationalServer(const NationalServer&) = delete;
    NationalServer& operator=(const NationalServer&) = delete;

    /// Returns the port; a second start takes the same one again.
    std::uint16_t start();
    /// Ends every connection, also in the middle of a reply.
    void stop();

    /// http://127.0.0.1:PORT, or https.
    [[nodiscard]] std::string baseUrl() const;
    [[nodiscard]] Registry& registry();
    /// The key the codes are sealed for, when publicKeyPem was empty.
    [[nodiscard]] std::string privateKeyPem() const;

    [[nodiscard]] Switches switches() const;
    /// Changes faults and assumed points between two calls.
    void change(const std::function<void(Switches&)>& edit);
    /// The next business call is call 1 again, for Faults::at and Faults::killAt.
    void restartCounting();
    [[nodiscard]] std::uint64_t calls() const;         ///< business calls since the last restart of counting
    [[nodiscard]] std::uint64_t writingCalls() const;  ///< of those, the ones that write
    [[nodiscard]] std::uint64_t logins() const;
    void expireTokens();
    /// What /sim/stats answers.
    [[nodiscard]] std::string statsJson() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace lianzheng::sim::national
