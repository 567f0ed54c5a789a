#include "gateway/reconcile/item.h"

#include <xxhash.h>

namespace lianzheng {

std::uint64_t meetingHash(std::string_view number) {
    const std::string meeting = meetingNumber(number);
    return XXH3_64bits(meeting.data(), meeting.size());
}

}  // namespace lianzheng
