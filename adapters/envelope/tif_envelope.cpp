#include <utility>

#include "adapters/envelope/envelope.h"

namespace lianzheng {
namespace {

class TifEnvelope final : public Envelope {
public:
    explicit TifEnvelope(TifSettings settings) : settings_(std::move(settings)) {}

    Status seal(Sealing& sealing) const override {
        const std::string timestamp = spelt(sealing.now, settings_.timestamp);
        std::string message = timestamp;
        message.append(settings_.token.empty() ? sealing.token : std::string_view(settings_.token));
        message.append(sealing.nonce).append(timestamp);
        const std::string signature = spelt(digest(settings_.hash, message), settings_.spelling);
        if (sealing.steps != nullptr) {
            sealing.note("tif", "string_to_sign", timestamp + "********" + sealing.nonce + timestamp);
            sealing.note("tif", "signature", signature);
        }
        sealing.headers.emplace_back(settings_.paasIdHeader, settings_.paasId);
        sealing.headers.emplace_back(settings_.timestampHeader, timestamp);
        sealing.headers.emplace_back(settings_.nonceHeader, sealing.nonce);
        sealing.headers.emplace_back(settings_.signatureHeader, signature);
        return ok();
    }
    /// There is no access token yet: without a token of its own, none is signed (assumed).
    Status sealLogin(Sealing& sealing) const override { return seal(sealing); }

private:
    TifSettings settings_;
};

}  // namespace

std::unique_ptr<Envelope> makeTifEnvelope(TifSettings settings) {
    return std::make_unique<TifEnvelope>(std::move(settings));
}

}  // namespace lianzheng
