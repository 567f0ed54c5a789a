#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace lianzheng {

/// SM3 (GB/T 32905) as 64 lower-case hex characters.
std::string sm3Hex(std::string_view bytes);
/// HMAC-SM3 as 64 lower-case hex characters.
std::string hmacSm3Hex(std::string_view key, std::string_view bytes);

/// HMAC-SM3 with one key for many messages: the key's two blocks are digested once.
/// Threads: hex() is const and runs on several at once.
class HmacSm3 {
public:
    explicit HmacSm3(std::string_view key);
    HmacSm3(HmacSm3&&) noexcept;
    HmacSm3& operator=(HmacSm3&&) noexcept;
    ~HmacSm3();
    /// 64 lower-case hex characters.
    [[nodiscard]] std::string hex(std::string_view bytes) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lianzheng
