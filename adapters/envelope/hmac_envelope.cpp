#include <chrono>

#include "adapters/envelope/envelope.h"
#include "adapters/envelope/sm3.h"

namespace lianzheng {
namespace {

class HmacSm3Envelope final : public Envelope {
public:
    HmacSm3Envelope(std::string appId, std::string_view key) : appId_(std::move(appId)), mac_(key) {}

    Status seal(Sealing& sealing) const override {
        if (sealing.bodySm3.empty()) sealing.bodySm3 = sm3Hex(sealing.body);
        const std::string timestamp = std::to_string(sealing.now.time_since_epoch().count());
        std::string message;
        message.reserve(sealing.method.size() + sealing.path.size() + timestamp.size() + sealing.nonce.size() + 68);
        message.append(sealing.method).append(1, '\n').append(sealing.path).append(1, '\n');
        message.append(timestamp).append(1, '\n').append(sealing.nonce).append(1, '\n').append(sealing.bodySm3);
        sealing.headers.emplace_back("X-App-Id", appId_);
        sealing.headers.emplace_back("X-Timestamp", timestamp);
        sealing.headers.emplace_back("X-Nonce", sealing.nonce);
        sealing.headers.emplace_back("X-Signature", mac_.hex(message));
        return ok();
    }

private:
    std::string appId_;
    HmacSm3 mac_;
};

}  // namespace

std::unique_ptr<Envelope> makeHmacSm3Envelope(std::string appId, std::string key) {
    return std::make_unique<HmacSm3Envelope>(std::move(appId), key);
}

}  // namespace lianzheng
