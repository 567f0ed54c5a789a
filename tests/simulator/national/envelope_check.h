#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "tests/simulator/national/clock.h"

namespace lianzheng::sim::national {

enum class Envelope { None, HmacSm3, HmacSha256 };
std::optional<Envelope> envelopeNamed(std::string_view name);

struct EnvelopeOptions {
    Envelope require = Envelope::None;
    std::string appId;                 ///< empty accepts any
    std::string key;                   ///< raw bytes
    std::chrono::seconds window{180};  ///< how far a timestamp may be away
};

/// What a signed request carried.
struct SignedRequest {
    std::string_view method;
    std::string_view path;  ///< as sent, without query
    std::string_view body;
    std::string appId;
    std::string timestamp;
    std::string nonce;
    std::string signature;
};

/// Section 7: hmac-sm3 and hmac-sha256, the time window and nonces seen before. Threads: any.
class EnvelopeCheck {
public:
    EnvelopeCheck(EnvelopeOptions options, Now now);
    /// What is wrong with the envelope, or nothing.
    std::optional<std::string> problem(const SignedRequest& request);

private:
    EnvelopeOptions options_;
    Now now_;
    std::mutex mutex_;
    std::map<std::string, TimePoint> nonces_;
    TimePoint swept_{};
};

}  // namespace lianzheng::sim::national
