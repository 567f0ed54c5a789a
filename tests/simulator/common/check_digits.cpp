#include "tests/simulator/common/check_digits.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>

namespace lianzheng::sim {

char identityCheck(std::string_view first17) {
    static constexpr std::array<int, 17> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size() && i < first17.size(); ++i) sum += kWeights[i] * (first17[i] - '0');
    return "10X98765432"[sum % 11];
}

char creditCheck(std::string_view first17) {
    static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    int weight = 1;
    int sum = 0;
    for (const char letter : first17) {
        sum += static_cast<int>(kAlphabet.find(letter) % kAlphabet.size()) * weight;
        weight = weight * 3 % 31;
    }
    return kAlphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

char licenceCheck(std::string_view text) {
    static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    int product = 36;
    for (const char letter : text) {
        int sum = (product + static_cast<int>(kAlphabet.find(letter) % kAlphabet.size())) % 36;
        if (sum == 0) sum = 36;
        product = sum * 2 % 37;
    }
    return kAlphabet[static_cast<std::size_t>((37 - product) % 36)];
}

std::string licenceIdentifier(std::string_view type, std::string_view issuer, std::string_view serial, int version) {
    const std::string number = fmt::format("{:03}", version);
    const char check = licenceCheck(fmt::format("{}{}{}{}", type, issuer, serial, number));
    return fmt::format("1.2.156.3005.2.{}.{}.{}.{}.{}", type, issuer, serial, number, check);
}

}  // namespace lianzheng::sim
