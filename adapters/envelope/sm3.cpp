#include "adapters/envelope/sm3.h"

#include "adapters/envelope/digest.h"
#include "adapters/envelope/hex.h"

namespace lianzheng {

std::string sm3Hex(std::string_view bytes) { return lowerHex(digest(Hash::Sm3, bytes)); }

std::string hmacSm3Hex(std::string_view key, std::string_view bytes) {
    return lowerHex(Hmac(Hash::Sm3, key).of(bytes));
}

}  // namespace lianzheng
