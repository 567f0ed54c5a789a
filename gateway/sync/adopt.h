#pragma once

#include <cstdint>
#include <stop_token>

#include "adapters/exchange/exchange_view.h"
#include "gateway/sync/parts.h"

namespace lianzheng {

struct AdoptResult {
    std::uint64_t rows = 0;        ///< of the view, or the province
    std::uint64_t adopted = 0;     ///< new in the ledger
    std::uint64_t restored = 0;    ///< whose lost code id came back
    std::uint64_t known = 0;       ///< left as they were: the ledger knows better
    std::uint64_t unreadable = 0;  ///< with a number, or a state as pushed, that is none
    std::uint64_t unpushed = 0;    ///< of the province: rows that do not say that they were pushed
    std::uint64_t unknown = 0;     ///< of the adopted: changed since, or nobody knows when, so that no field is known
};

/// Take-over: fills the ledger from what the platform's own view shows of earlier pushes. Fields that the view has no
/// column for stay unknown. Nothing is sent; again is harmless.
Result<AdoptResult> adoptFromExchange(ExchangeView& view, Store& store, const std::stop_token& stop);

/// The same from what the province's rows remember (`adopt:` in the mapping). `source` reads FieldMap::adoptColumns().
/// The fields of a row that was not changed since its push are known to be what the platform holds; of any other row
/// its number and its state alone.
Result<AdoptResult> adoptFromProvince(ProvincialSource& source, const FieldMap& map, Store& store,
                                      const std::stop_token& stop);

}  // namespace lianzheng
