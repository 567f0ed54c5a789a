#include "mappings/checked.h"

namespace lianzheng {

std::string_view word(Rule rule) {
    switch (rule) {
        case Rule::Missing:
            return "missing";
        case Rule::Pattern:
            return "pattern";
        case Rule::TooLong:
            return "too_long";
        case Rule::NoCode:
            return "no_code";
        case Rule::BadDate:
            return "bad_date";
        case Rule::DateOrder:
            return "date_order";
        case Rule::CheckDigit:
            return "check_digit";
        case Rule::IdentityDisagrees:
            return "identity_disagrees";
        case Rule::Identity15:
            return "identity_15";
        case Rule::PrivateUse:
            return "private_use";
        case Rule::Encoding:
            return "encoding";
        case Rule::PhotoMissing:
            return "photo_missing";
        case Rule::PhotoTooLarge:
            return "photo_too_large";
        case Rule::PhotoFormat:
            return "photo_format";
        case Rule::Duplicate:
            return "duplicate";
    }
    return "unknown";
}

}  // namespace lianzheng
