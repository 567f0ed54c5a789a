#include "gateway/sync/photo_fetcher.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "mappings/field_map.h"

namespace lianzheng {

Result<Photo> PhotoFetcher::fetch(const std::string& reference, TimePoint now) {
    Photo photo;
    if (breaker_.leave(now) == Breaker::Leave::None) {
        waits_.rows += 1;
        photo.notBefore = breaker_.opensAgainAt();
        return photo;
    }
    auto bytes = source_.photo(reference);
    if (!bytes) {
        switch (bytes.error().fault) {
            case Fault::Corrupt:
            case Fault::Cancelled:
                return tl::unexpected(bytes.error());
            case Fault::Rejected:  // what the row names leads to no picture
                photo.problem = Invalid{"photo", Rule::PhotoMissing};
                return photo;
            default:
                // It waits longer than the others, which then show whether it is the place or this one.
                breaker_.failed(now, std::chrono::milliseconds{0});
                waits_.rows += 1;
                waits_.code = bytes.error().code;
                photo.notBefore = std::max(now + pause_, breaker_.opensAgainAt().value_or(now));
                return photo;
        }
    }
    breaker_.succeeded();
    auto uri = FieldMap::photoDataUri(*bytes);
    if (!uri) {
        photo.problem = uri.error();
        return photo;
    }
    photo.uri = std::move(*uri);
    photo.digest = digestOf({}, {}, std::array{std::string_view{*bytes}});
    return photo;
}

PhotoFetcher::Waits PhotoFetcher::takeWaits() { return std::exchange(waits_, {}); }

}  // namespace lianzheng
