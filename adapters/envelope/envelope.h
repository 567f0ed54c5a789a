#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/runtime/result.h"
#include "mappings/date.h"

namespace lianzheng {

/// A request on its way out: what an envelope may read and change.
struct Sealing {
    std::string_view method;  ///< POST
    std::string_view path;    ///< as sent, without query
    std::string_view token;   ///< the access token
    TimePoint now;
    std::string nonce;  ///< fresh for every send, a retry too
    std::string body;
    std::string
        bodySm3;  ///< lower-case hex SM3 of `body`, empty when not computed yet; whoever changes the body clears it
    std::vector<std::pair<std::string, std::string>> headers;
};

/// What a hub in front of the platform wants around a body (national interface, section 7).
/// Threads: seal() is const and runs on several at once.
class Envelope {
public:
    virtual ~Envelope() = default;
    virtual Status seal(Sealing& sealing) const = 0;
    /// The JSON inside a reply's body; the same body for envelopes that leave replies alone.
    [[nodiscard]] virtual Result<std::string> open(std::string body) const { return body; }
};

/// Nothing is added.
std::unique_ptr<Envelope> makePlainEnvelope();
/// hmac-sm3: headers X-App-Id, X-Timestamp (ms), X-Nonce, X-Signature.
std::unique_ptr<Envelope> makeHmacSm3Envelope(std::string appId, std::string key);

/// How a key file writes its bytes (`envelope.key.encoding`).
enum class KeyEncoding : std::uint8_t { Raw, Hex, Base64 };
/// The key's bytes; one trailing line end of a hex or Base64 file is not part of it.
Result<std::string> decodeKey(std::string_view content, KeyEncoding encoding);

}  // namespace lianzheng
