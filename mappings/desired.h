#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/certificate.h"
#include "mappings/checked.h"
#include "mappings/date.h"
#include "mappings/record_digest.h"

namespace lianzheng {

/// The name under which a licence file's time that cannot be read is a problem of its row. It stands in the way of
/// collecting alone.
inline constexpr std::string_view kLicenceTime = "licenceTime";

/// What the source says beyond what the platform is told.
struct SourceFacts {
    std::string sourceKey;  ///< the row's key as text
    std::string changedAt;  ///< the watermark as the source's own text; empty when none
    std::string authority;  ///< id of the city authority (districts.yaml); the bucket for none is `province`
    std::string photoVersion;
    std::string photoReference;  ///< key, path or URL to fetch the photo by
    std::string licenceUrl;
    std::optional<TimePoint> licenceTime;  ///< when the licence file was made
    std::string licenceIdentifier;         ///< from the source when mapped, else empty
    std::string predecessorNumber;
    std::string predecessorIdentifier;
    bool renewalInHand = false;  ///< 延续办理中, confirmed by the new employer
    bool urgent = false;         ///< the holder generated the certificate himself
};

/// The province's word on one certificate: mapped, checked, digested. Reused from row to row: map() overwrites all of
/// it.
struct Desired {
    Certificate record;  ///< with the state that follows from the source as of the row
    SourceFacts facts;
    std::vector<Invalid> problems;  ///< empty when every check passed
    Digest push;                    ///< over what is loaded on push, the photo's version included
    Digest comparable;              ///< over what reconciliation compares
    Digest seen;                    ///< over all that planning depends on: push, facts, problems
};

}  // namespace lianzheng
