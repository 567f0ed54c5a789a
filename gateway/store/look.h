#pragma once

#include <string>

#include "mappings/date.h"

namespace lianzheng {

/// Whose certificate a number is.
struct HolderOf {
    std::string person{};  ///< identity number, in clear
    std::string number{};
    friend bool operator==(const HolderOf&, const HolderOf&) = default;
};

/// What a person saw of a certificate where no machine can ask.
struct HumanLook {
    std::string number{};
    TimePoint at{};
    std::string who{};
    std::string saw{};  ///< in his own words, identity numbers masked
};

}  // namespace lianzheng
