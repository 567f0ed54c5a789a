#include "adapters/runtime/result.h"

namespace lianzheng {

std::string_view word(Fault fault) {
    switch (fault) {
        case Fault::Rejected:
            return "rejected";
        case Fault::Denied:
            return "denied";
        case Fault::Throttled:
            return "throttled";
        case Fault::Unavailable:
            return "unavailable";
        case Fault::InDoubt:
            return "in_doubt";
        case Fault::Corrupt:
            return "corrupt";
        case Fault::Cancelled:
            return "cancelled";
    }
    return "";
}

}  // namespace lianzheng
