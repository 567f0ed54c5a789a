#pragma once

#include <string_view>

namespace lianzheng {

/// GB 11643 (ISO 7064 MOD 11-2): the 18th character of a resident identity number's first 17 digits; 0 for other text.
char identityCheckCharacter(std::string_view first17);
/// GB 32100 (MOD 31): the 18th character of a unified social credit code's first 17; 0 for other text.
char creditCheckCharacter(std::string_view first17);
/// ISO/IEC 7064 MOD 37,36 (GB/T 17710) over digits and capital letters, fed piece by piece.
class Mod3736 {
public:
    /// False when a character is neither a digit nor a capital letter.
    bool feed(std::string_view piece);
    [[nodiscard]] char checkCharacter() const;

private:
    unsigned product_ = 36;
};

}  // namespace lianzheng
