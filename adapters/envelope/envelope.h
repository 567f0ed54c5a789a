#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/envelope/digest.h"
#include "adapters/envelope/sm2_signer.h"
#include "adapters/envelope/spelling.h"
#include "adapters/runtime/result.h"
#include "mappings/date.h"

namespace lianzheng {

/// What an envelope did to one request, for people who have to find out why the other side does not agree. Secrets are
/// masked: no key, no token.
struct SealingStep {
    std::string envelope;  ///< as in envelope.names
    std::string what;      ///< body, body_digest, string_to_sign, signature, header …
    std::string text;
};

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
    std::vector<SealingStep>* steps = nullptr;  ///< borrowed; null: nobody wants to know

    void note(std::string_view envelope, std::string_view what, std::string_view text) const {
        if (steps != nullptr) steps->push_back({std::string(envelope), std::string(what), std::string(text)});
    }
};

/// What a hub in front of the platform wants around a body (national interface, section 7).
/// Threads: seal() is const and runs on several at once.
class Envelope {
public:
    virtual ~Envelope() = default;
    virtual Status seal(Sealing& sealing) const = 0;
    /// The same for a login, whose body is a form that no envelope changes: headers alone (envelope.token).
    virtual Status sealLogin(Sealing& /*sealing*/) const { return ok(); }
    /// The JSON inside a reply's body; the same body for envelopes that leave replies alone.
    [[nodiscard]] virtual Result<std::string> open(std::string body) const { return body; }
};

/// Nothing is added.
std::unique_ptr<Envelope> makePlainEnvelope();
/// One around the other: the first is the innermost, and what a later one signs is what the earlier ones made.
std::unique_ptr<Envelope> makeEnvelopes(std::vector<std::unique_ptr<Envelope>> inOrder);

/// `real`, which is borrowed, noting what it does into `steps`, borrowed too, begun anew for each request. For one
/// request at a time, read when that has ended.
std::unique_ptr<Envelope> makeExplainingEnvelope(const Envelope& real, std::vector<SealingStep>& steps);

/// hmac-sm3 and hmac-sha256: four headers, the last of them the HMAC over METHOD, PATH, TIMESTAMP, NONCE and the body's
/// digest in lower-case hex, a line each.
struct HmacSettings {
    Hash hash = Hash::Sm3;
    std::string appId{};
    std::string key{};
    Timestamp timestamp = Timestamp::Milliseconds;
    Spelling spelling = Spelling::LowerHex;
    std::string appIdHeader = "X-App-Id";
    std::string timestampHeader = "X-Timestamp";
    std::string nonceHeader = "X-Nonce";
    std::string signatureHeader = "X-Signature";
};
std::unique_ptr<Envelope> makeHmacEnvelope(HmacSettings settings);

/// tif: four headers, the last of them the digest of timestamp, token, nonce and timestamp again.
struct TifSettings {
    Hash hash = Hash::Sha256;
    std::string paasId{};
    std::string token{};  ///< the one that belongs to the paasid; empty: the access token (assumed)
    Timestamp timestamp = Timestamp::Seconds;
    Spelling spelling = Spelling::LowerHex;
    std::string paasIdHeader = "x-tif-paasid";
    std::string timestampHeader = "x-tif-timestamp";
    std::string nonceHeader = "x-tif-nonce";
    std::string signatureHeader = "x-tif-signature";
};
std::unique_ptr<Envelope> makeTifEnvelope(TifSettings settings);

/// sm4: the body becomes {"citynum":…,"data":…}, Base64 of SM4/ECB.
struct Sm4Settings {
    std::string cityNum{};
    std::string key{};  ///< 16 bytes
};
std::unique_ptr<Envelope> makeSm4Envelope(Sm4Settings settings);

/// sm2: the body becomes {"data":{…}} with the JSON under SM4/CBC and an SM2 signature over the object without it.
struct Sm2Settings {
    std::string appCode{};
    std::string key{};                              ///< SM4, 16 bytes
    std::string iv = std::string(16, '\0');         ///< (assumed: the document names none)
    Timestamp timestamp = Timestamp::Milliseconds;  ///< (assumed)
    Spelling spelling = Spelling::LowerHex;         ///< of encData and signData
    Sm2Layout layout = Sm2Layout::RawRs;
};
std::unique_ptr<Envelope> makeSm2Envelope(Sm2Settings settings, Sm2Signer signer);

/// How a key file writes its bytes (`envelope.key.encoding`).
enum class KeyEncoding : std::uint8_t { Raw, Hex, Base64 };
/// The key's bytes; one trailing line end of a hex or Base64 file is not part of it.
Result<std::string> decodeKey(std::string_view content, KeyEncoding encoding);

}  // namespace lianzheng
