#include <utility>

#include "adapters/envelope/envelope.h"
#include "adapters/envelope/hex.h"
#include "adapters/envelope/sm3.h"

namespace lianzheng {
namespace {

class HmacEnvelope final : public Envelope {
public:
    explicit HmacEnvelope(HmacSettings settings) : settings_(std::move(settings)), mac_(settings_.hash, settings_.key) {
        settings_.key.clear();
    }

    Status seal(Sealing& sealing) const override {
        const std::string timestamp = spelt(sealing.now, settings_.timestamp);
        const std::string body = digestOf(sealing);
        std::string message;
        message.reserve(sealing.method.size() + sealing.path.size() + timestamp.size() + sealing.nonce.size() + 68);
        message.append(sealing.method).append(1, '\n').append(sealing.path).append(1, '\n');
        message.append(timestamp).append(1, '\n').append(sealing.nonce).append(1, '\n').append(body);
        const std::string signature = spelt(mac_.of(message), settings_.spelling);
        if (sealing.steps != nullptr) {
            const std::string_view name = settings_.hash == Hash::Sm3 ? "hmac-sm3" : "hmac-sha256";
            sealing.note(name, "body_digest", body);
            sealing.note(name, "string_to_sign", message);
            sealing.note(name, "signature", signature);
        }
        sealing.headers.emplace_back(settings_.appIdHeader, settings_.appId);
        sealing.headers.emplace_back(settings_.timestampHeader, timestamp);
        sealing.headers.emplace_back(settings_.nonceHeader, sealing.nonce);
        sealing.headers.emplace_back(settings_.signatureHeader, signature);
        return ok();
    }
    Status sealLogin(Sealing& sealing) const override { return seal(sealing); }

private:
    std::string digestOf(Sealing& sealing) const {
        if (settings_.hash != Hash::Sm3) return lowerHex(digest(settings_.hash, sealing.body));
        if (sealing.bodySm3.empty()) sealing.bodySm3 = sm3Hex(sealing.body);
        return sealing.bodySm3;
    }

    HmacSettings settings_;
    Hmac mac_;
};

}  // namespace

std::unique_ptr<Envelope> makeHmacEnvelope(HmacSettings settings) {
    return std::make_unique<HmacEnvelope>(std::move(settings));
}

}  // namespace lianzheng
