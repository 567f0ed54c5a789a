#include "tests/simulator/national/envelope_check.h"

#include <charconv>
#include <utility>

#include "tests/simulator/national/hashes.h"
#include "tests/simulator/national/sealed_body.h"

namespace lianzheng::sim::national {

std::optional<Envelope> envelopeNamed(std::string_view name) {
    static const std::map<std::string_view, Envelope> kNames{
        {"hmac-sm3", Envelope::HmacSm3}, {"hmac-sha256", Envelope::HmacSha256},
        {"tif", Envelope::TifSha256},    {"tif-sm3", Envelope::TifSm3},
        {"sm4", Envelope::Sm4},          {"sm2", Envelope::Sm2}};
    const auto found = kNames.find(name);
    return found == kNames.end() ? std::nullopt : std::optional{found->second};
}

EnvelopeCheck::EnvelopeCheck(EnvelopeOptions options, Now now) : options_(std::move(options)), now_(std::move(now)) {}

std::optional<std::string> EnvelopeCheck::problem(SignedRequest& request) {
    for (auto each = options_.require.rbegin(); each != options_.require.rend(); ++each) {
        if (auto wrong = judge(*each, request)) return wrong;
    }
    return std::nullopt;
}

std::optional<std::string> EnvelopeCheck::problemOfLogin(SignedRequest& request) {
    for (const Envelope each : options_.require) {
        if (each == Envelope::Sm4 || each == Envelope::Sm2) continue;
        if (auto wrong = judge(each, request)) return wrong;
    }
    return std::nullopt;
}

std::optional<std::string> EnvelopeCheck::judge(Envelope envelope, SignedRequest& request) {
    switch (envelope) {
        case Envelope::HmacSm3:
        case Envelope::HmacSha256:
            return hmac(request, envelope == Envelope::HmacSm3);
        case Envelope::TifSha256:
        case Envelope::TifSm3:
            return tif(request, envelope == Envelope::TifSm3);
        case Envelope::Sm4:
            return sm4(request);
        case Envelope::Sm2:
            return sm2(request);
    }
    return std::nullopt;
}

std::optional<std::string> EnvelopeCheck::hmac(const SignedRequest& request, bool sm) {
    const std::string timestamp = request.header("X-Timestamp");
    const std::string nonce = request.header("X-Nonce");
    if (!options_.appId.empty() && request.header("X-App-Id") != options_.appId) return "unknown application";
    if (auto stale = fresh(timestamp, 1000)) return stale;
    std::string text;
    text.append(request.method).append(1, '\n').append(request.path).append(1, '\n');
    text.append(timestamp).append(1, '\n').append(nonce).append(1, '\n');
    text.append(lowerHex(sm ? sm3(request.body) : sha256(request.body)));
    if (lowerHex(sm ? hmacSm3(options_.key, text) : hmacSha256(options_.key, text)) != request.header("X-Signature")) {
        return "bad signature";
    }
    return unseen("hmac", nonce);
}

std::optional<std::string> EnvelopeCheck::tif(const SignedRequest& request, bool sm) {
    const std::string timestamp = request.header("x-tif-timestamp");
    const std::string nonce = request.header("x-tif-nonce");
    if (!options_.appId.empty() && request.header("x-tif-paasid") != options_.appId) return "unknown application";
    if (auto stale = fresh(timestamp, 1)) return stale;
    std::string text = timestamp;
    text.append(options_.tifToken.empty() ? request.accessToken : std::string_view(options_.tifToken));
    text.append(nonce).append(timestamp);
    if (lowerHex(sm ? sm3(text) : sha256(text)) != request.header("x-tif-signature")) return "bad signature";
    return unseen("tif", nonce);
}

std::optional<std::string> EnvelopeCheck::sm4(SignedRequest& request) const {
    auto inside = openSm4(request.body, options_.sm4Key);
    if (!inside) return "bad encryption";
    request.body = std::move(*inside);
    return std::nullopt;
}

std::optional<std::string> EnvelopeCheck::sm2(SignedRequest& request) {
    auto inside = openSm2(request.body, options_.sm4Key, options_.sm2PublicPem);
    if (!inside) return "bad encryption or signature";
    if (!options_.appId.empty() && inside->appCode != options_.appId) return "unknown application";
    if (auto stale = fresh(inside->timestamp, 1000)) return stale;
    request.body = std::move(inside->body);
    return std::nullopt;
}

/// The time may be `options_.window` away from ours; it counts `perSecond` in a second.
std::optional<std::string> EnvelopeCheck::fresh(const std::string& timestamp, std::int64_t perSecond) {
    std::int64_t sent = 0;
    const char* end = timestamp.data() + timestamp.size();
    const auto [stop, error] = std::from_chars(timestamp.data(), end, sent);
    if (error != std::errc{} || stop != end) return "bad timestamp";
    const auto now =
        std::chrono::floor<std::chrono::milliseconds>(now_()).time_since_epoch().count() * perSecond / 1000;
    const std::int64_t window = options_.window.count() * perSecond;
    if (sent > now + window || sent < now - window) return "timestamp outside the window";
    return std::nullopt;
}

/// Each hub on the way remembers its own.
std::optional<std::string> EnvelopeCheck::unseen(const std::string& hub, const std::string& nonce) {
    if (nonce.empty()) return "no nonce";
    const TimePoint now = now_();
    const std::lock_guard lock{mutex_};
    if (now - swept_ > options_.window) {
        std::erase_if(nonces_, [&](const auto& seen) { return now - seen.second > 2 * options_.window; });
        swept_ = now;
    }
    if (!nonces_.emplace(hub + ' ' + nonce, now).second) return "nonce seen before";
    return std::nullopt;
}

}  // namespace lianzheng::sim::national
