#pragma once

#include <string_view>

namespace lianzheng::sim::national {

/// 1.2.156.3005.2.TYPE.ISSUER.SERIAL.VERSION.CHECK: its form, and its check character when asked for.
bool isLicenceIdentifier(std::string_view text, bool checkDigit);

}  // namespace lianzheng::sim::national
