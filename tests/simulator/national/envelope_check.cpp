#include "tests/simulator/national/envelope_check.h"

#include <charconv>
#include <utility>

#include "tests/simulator/national/hashes.h"

namespace lianzheng::sim::national {

std::optional<Envelope> envelopeNamed(std::string_view name) {
    if (name == "none") return Envelope::None;
    if (name == "hmac-sm3") return Envelope::HmacSm3;
    if (name == "hmac-sha256") return Envelope::HmacSha256;
    return std::nullopt;
}

EnvelopeCheck::EnvelopeCheck(EnvelopeOptions options, Now now) : options_(std::move(options)), now_(std::move(now)) {}

std::optional<std::string> EnvelopeCheck::problem(const SignedRequest& request) {
    if (options_.require == Envelope::None) return std::nullopt;
    if (!options_.appId.empty() && request.appId != options_.appId) return "unknown application";
    std::int64_t milliseconds = 0;
    const char* end = request.timestamp.data() + request.timestamp.size();
    const auto [stop, error] = std::from_chars(request.timestamp.data(), end, milliseconds);
    if (error != std::errc{} || stop != end) return "bad timestamp";
    const TimePoint now = now_();
    const auto nowMs = std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count();
    const auto windowMs = std::chrono::milliseconds{options_.window}.count();
    if (milliseconds > nowMs + windowMs || milliseconds < nowMs - windowMs) return "timestamp outside the window";
    if (request.nonce.empty()) return "no nonce";

    const bool sm = options_.require == Envelope::HmacSm3;
    std::string text;
    text.append(request.method).append(1, '\n').append(request.path).append(1, '\n');
    text.append(request.timestamp).append(1, '\n').append(request.nonce).append(1, '\n');
    text.append(lowerHex(sm ? sm3(request.body) : sha256(request.body)));
    if (lowerHex(sm ? hmacSm3(options_.key, text) : hmacSha256(options_.key, text)) != request.signature) {
        return "bad signature";
    }
    const std::lock_guard lock{mutex_};
    if (now - swept_ > options_.window) {
        std::erase_if(nonces_, [&](const auto& seen) { return now - seen.second > 2 * options_.window; });
        swept_ = now;
    }
    if (!nonces_.emplace(request.appId + '\n' + request.nonce, now).second) return "nonce seen before";
    return std::nullopt;
}

}  // namespace lianzheng::sim::national
