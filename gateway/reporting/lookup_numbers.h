#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/certificate_type.h"

namespace lianzheng {

/// The numbers of certificates on a line in half-width signs, and what is left of it.
struct NumbersOn {
    std::set<std::string> read{};  ///< each once, whatever its spelling
    bool malformed = false;        ///< something that begins as one, and is none
    std::string rest{};
};

/// Pure. What may be a number and is none is looked for where numbers have their province and 建安.
NumbersOn numbersOn(std::string_view half, CertificateType type);

/// The cells of a line in half-width signs, without their quotes; empty ones left out.
std::vector<std::string> cellsOf(std::string_view half, std::string_view separators);

}  // namespace lianzheng
