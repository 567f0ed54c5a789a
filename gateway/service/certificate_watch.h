#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/service/settings.h"

namespace lianzheng {

/// A certificate that the configuration names, and how long it is good.
struct WatchedCertificate {
    enum class State : std::uint8_t { Good, Expiring, Expired, NotYet, Unreadable };
    std::string key;  ///< the setting that names its file
    std::string subject;
    TimePoint until{};
    std::chrono::days left{};  ///< whole days; negative when it has expired
    State state = State::Good;
    [[nodiscard]] bool isGood() const { return state == State::Good; }
    /// For people.
    [[nodiscard]] std::string text(bool english) const;
};

/// Days ahead of its end from which a certificate wants a person.
inline constexpr std::chrono::days kExpiryNotice{60};

/// The client certificate, the authorities, and that of the SM2 key: of each file the one that ends first.
std::vector<WatchedCertificate> watchedCertificates(const Settings& settings, TimePoint now);

}  // namespace lianzheng
