#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "gateway/sync/parts.h"

namespace lianzheng {

/// Asks the platform what it holds of single certificates, one call after another: by number, and where that shows
/// nothing by identity number too, for absence is believed only when both were asked (national interface, section 3).
/// Threads: the platform's owner. Errors: those of the call; Throttled when it was refused for its speed and nobody
/// waits for the pace; Cancelled on a stop.
class NationalQuery {
public:
    /// Paced: each call waits for its turn at the pace of the query operation, and one that was refused for its speed
    /// is made again.
    enum class Manner : std::uint8_t { AtOnce, Paced };
    NationalQuery(const SyncParts& parts, Manner manner) : parts_(parts), manner_(manner) {}

    Result<Holdings> ask(const std::string& number, const std::string& identityCard, const std::stop_token& stop);
    /// Calls made so far.
    [[nodiscard]] std::uint64_t calls() const { return calls_; }

private:
    Result<Holdings> call(QueryCertificate query, const std::stop_token& stop);
    Status awaitTurn(const std::stop_token& stop);

    SyncParts parts_;
    Manner manner_;
    std::uint64_t calls_ = 0;
};

}  // namespace lianzheng
