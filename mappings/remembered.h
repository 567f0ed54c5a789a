#pragma once

#include <optional>
#include <string>

#include "mappings/date.h"
#include "mappings/operation.h"

namespace lianzheng {

/// What a row of the province remembers of an earlier push (`adopt:` in the mapping). What it has no column for is
/// empty.
struct Remembered {
    bool pushed = false;  ///< a code id or an eCertID stands there
    std::string codeId;
    std::string eCertId;  ///< of the last accepted event, as sent
    std::string zzeCertId;
    bool collected = false;          ///< an identifier stands there, or there is no column that could say otherwise
    std::optional<CertState> state;  ///< as pushed; nothing: what stands there is no state
    std::optional<TimePoint> at;     ///< when
    bool unchangedSince = false;     ///< the row was changed at that time or before: its fields are what was pushed
};

}  // namespace lianzheng
