#pragma once

#include <string>
#include <string_view>

namespace lianzheng::sim {

/// GB 11643 (MOD 11-2): the 18th character of a resident identity number's first 17 digits.
char identityCheck(std::string_view first17);
/// GB 32100 (MOD 31): the 18th character of a unified social credit code's first 17.
char creditCheck(std::string_view first17);
/// ISO/IEC 7064 MOD 37,36: the check character of `text` (digits and capital letters).
char licenceCheck(std::string_view text);
/// The whole licence identifier 1.2.156.3005.2.TYPE.ISSUER.SERIAL.VERSION.CHECK.
std::string licenceIdentifier(std::string_view type, std::string_view issuer, std::string_view serial, int version);

}  // namespace lianzheng::sim
