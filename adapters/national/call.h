#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "adapters/envelope/envelope.h"
#include "adapters/national/platform.h"
#include "adapters/national/transfer.h"

namespace lianzheng {

/// One call on its way through the rooms of rest_platform; recycled with its buffers when it has been reported.
/// It belongs to one thread at a time: the owner, or the pool while it is sealed or decoded.
struct Call {
    explicit Call(const RestPlatformSettings& settings) : transfer(settings) {}

    Request request;
    Completion completion;
    std::string url;  ///< carries the token: never logged
    std::string token;
    std::uint64_t tokenGeneration = 0;
    std::array<std::string, 2> nonces;  ///< one for each of the two times it may be sent
    bool repeated = false;              ///< the one repetition after a new login has been used
    Sealing sealing;
    Transfer transfer;
};

}  // namespace lianzheng
