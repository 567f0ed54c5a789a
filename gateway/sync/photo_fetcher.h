#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/provincial/source.h"
#include "gateway/sync/breaker.h"
#include "mappings/checked.h"
#include "mappings/record_digest.h"

namespace lianzheng {

/// What is known of a picture at the moment at which its event wants to leave.
struct Photo {
    std::string uri;
    Digest digest;                       ///< of its bytes; none when there is no picture
    std::optional<Invalid> problem;      ///< it is missing, or none that the platform takes
    std::optional<TimePoint> notBefore;  ///< it could not be fetched; again then
};

/// Fetches pictures as their events leave. A place of pictures that does not answer is asked by single calls until it
/// does, so that one that is away costs a few time-outs and not one for each certificate.
/// Threads: one at a time. Errors: the source is no longer what the mapping says (Corrupt), or a stop.
class PhotoFetcher {
public:
    PhotoFetcher(ProvincialSource& source, std::chrono::milliseconds pause) : source_(source), pause_(pause) {}

    Result<Photo> fetch(const std::string& reference, TimePoint now);

    /// How many events had to wait for their picture since the last question, and the last fault's code.
    struct Waits {
        std::uint64_t rows = 0;
        std::string code;
    };
    Waits takeWaits();

private:
    ProvincialSource& source_;
    std::chrono::milliseconds pause_;  ///< before a picture that could not be fetched is asked for again
    Breaker breaker_;
    Waits waits_;
};

}  // namespace lianzheng
