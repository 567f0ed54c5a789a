#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "adapters/http/fetch.h"
#include "adapters/runtime/result.h"

namespace lianzheng {

/// The URL of the picture `reference` under `prefix`: whatever is not a plain character or a slash is percent-encoded,
/// so that a reference stays a path and leads to no other host. Rejected `outside_root` for one that climbs (`..`).
Result<std::string> photoUrl(std::string_view prefix, std::string_view reference);

/// Pictures over HTTP. Threads, time: as HttpFetch.
class PhotoHttp {
public:
    PhotoHttp(std::string prefix, FetchSettings settings) : prefix_(std::move(prefix)), fetch_(std::move(settings)) {}

    /// The picture's bytes; empty when the server says that there is none (404, 410). Of one over 1 MiB the beginning:
    /// enough to see that it is too large. Faults: those of photoUrl(); Unavailable for every other answer.
    Result<std::string> bytes(std::string_view reference);

private:
    std::string prefix_;
    HttpFetch fetch_;
};

}  // namespace lianzheng
