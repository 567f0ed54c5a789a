#include "gateway/service/certificate_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>
#include <variant>

#include "adapters/envelope/certificate_life.h"

namespace lianzheng {
namespace {

using State = WatchedCertificate::State;

WatchedCertificate watched(const std::string& key, const std::string& file, TimePoint now) {
    WatchedCertificate out;
    out.key = key;
    std::ifstream in(file, std::ios::binary);
    std::ostringstream content;
    if (in) content << in.rdbuf();
    const auto lives = certificateLives(content.str());
    if (!lives) {
        out.state = State::Unreadable;
        return out;
    }
    const auto first = std::ranges::min_element(*lives, {}, &CertificateLife::until);
    out.subject = first->subject;
    out.until = first->until;
    out.left = std::chrono::floor<std::chrono::days>(first->until - now);
    const bool early = std::ranges::any_of(*lives, [&](const CertificateLife& life) { return life.from > now; });
    out.state = first->until <= now        ? State::Expired
                : early                    ? State::NotYet
                : out.left < kExpiryNotice ? State::Expiring
                                           : State::Good;
    return out;
}

}  // namespace

std::string WatchedCertificate::text(bool english) const {
    if (state == State::Unreadable) {
        return fmt::format(fmt::runtime(english ? "{}: no certificate in PEM" : "{}：不是 PEM 证书"), key);
    }
    const char* format = nullptr;
    switch (state) {
        case State::Expired:
            format = english ? "{}: {} has expired on {}; get a new one" : "{}：{} 已于 {} 过期，请更换";
            break;
        case State::Expiring:
            format =
                english ? "{}: {} expires on {}, in {} days; get a new one" : "{}：{} 将于 {} 过期，还有 {} 天，请更换";
            break;
        case State::NotYet:
            format =
                english ? "{}: {} (until {}) is not valid yet; check the clock" : "{}：{}（至 {}）尚未生效，请核对时钟";
            break;
        default:
            format = english ? "{}: {} is good until {}, {} days" : "{}：{} 有效期至 {}，还有 {} 天";
            break;
    }
    return fmt::format(fmt::runtime(format), key, subject, shanghaiText(until), left.count());
}

std::vector<WatchedCertificate> watchedCertificates(const Settings& settings, TimePoint now) {
    std::vector<WatchedCertificate> all;
    const auto add = [&](const char* key, const std::string& file) {
        if (!file.empty()) all.push_back(watched(key, file, now));
    };
    add("national.tls.ca.file", settings.national.caFile);
    add("national.tls.certificate.file", settings.national.clientCertificateFile);
    add("province.photo.tls.ca.file", settings.province.photos.caFile);
    for (const EnvelopeSettings& envelope : settings.envelopes) {
        if (const auto* sm2 = std::get_if<Sm2EnvelopeSettings>(&envelope)) {
            add("envelope.sm2.certificate.file", sm2->certificateFile);
        }
    }
    return all;
}

}  // namespace lianzheng
