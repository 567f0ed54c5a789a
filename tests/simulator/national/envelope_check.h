#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulator/national/clock.h"

namespace lianzheng::sim::national {

/// Section 7's envelopes, written from the document.
enum class Envelope { HmacSm3, HmacSha256, TifSha256, TifSm3, Sm4, Sm2 };
std::optional<Envelope> envelopeNamed(std::string_view name);

struct EnvelopeOptions {
    std::vector<Envelope> require;     ///< from the innermost to the outermost
    std::string appId;                 ///< of hmac, tif and sm2; empty accepts any
    std::string key;                   ///< raw bytes of hmac
    std::string tifToken;              ///< empty: the access token
    std::string sm4Key;                ///< raw bytes, of sm4 and sm2
    std::string sm2PublicPem;          ///< whose signatures sm2 accepts
    std::chrono::seconds window{180};  ///< how far a timestamp may be away
};

/// What a request carried. `header` looks a header up by its name; empty when it is not there.
struct SignedRequest {
    std::string_view method;
    std::string_view path;  ///< as sent, without query
    std::string_view accessToken;
    std::string body;
    std::function<std::string(const std::string& name)> header;
};

/// Opens and verifies the envelopes, the outermost first; the time window and nonces seen before. Threads: any.
class EnvelopeCheck {
public:
    EnvelopeCheck(EnvelopeOptions options, Now now);
    /// What is wrong with the envelopes, or nothing; then `request.body` is what was in the innermost one.
    std::optional<std::string> problem(SignedRequest& request);
    /// The same of a login: a form, which no envelope changes, so that only those that sign in headers are looked at.
    std::optional<std::string> problemOfLogin(SignedRequest& request);

private:
    std::optional<std::string> judge(Envelope envelope, SignedRequest& request);
    std::optional<std::string> hmac(const SignedRequest& request, bool sm);
    std::optional<std::string> tif(const SignedRequest& request, bool sm);
    std::optional<std::string> sm4(SignedRequest& request) const;
    std::optional<std::string> sm2(SignedRequest& request);
    std::optional<std::string> fresh(const std::string& timestamp, std::int64_t perSecond);
    std::optional<std::string> unseen(const std::string& hub, const std::string& nonce);

    EnvelopeOptions options_;
    Now now_;
    std::mutex mutex_;
    std::map<std::string, TimePoint> nonces_;
    TimePoint swept_{};
};

}  // namespace lianzheng::sim::national
