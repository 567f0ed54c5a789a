#pragma once

#include <cstdint>
#include <stop_token>

#include "adapters/exchange/exchange_view.h"
#include "gateway/sync/parts.h"

namespace lianzheng {

struct AdoptResult {
    std::uint64_t rows = 0;        ///< of the view
    std::uint64_t adopted = 0;     ///< new in the ledger
    std::uint64_t restored = 0;    ///< whose lost code id came back
    std::uint64_t known = 0;       ///< left as they were: the ledger knows better
    std::uint64_t unreadable = 0;  ///< with a number that is none
};

/// Take-over: fills the ledger from what the platform's own view shows of earlier pushes. Fields that the view has no
/// column for stay unknown. Nothing is sent; again is harmless.
Result<AdoptResult> adoptFromExchange(ExchangeView& view, Store& store, const std::stop_token& stop);

}  // namespace lianzheng
