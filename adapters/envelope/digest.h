#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

namespace lianzheng {

/// The digests that hubs ask for: SM3 (GB/T 32905) and SHA-256 (FIPS 180-4). Both have 32 bytes.
enum class Hash : std::uint8_t { Sm3, Sha256 };
using HashBytes = std::array<unsigned char, 32>;

HashBytes digest(Hash hash, std::string_view bytes);

/// A digest of what comes in parts, such as a file.
/// Threads: one at a time.
class Digester {
public:
    explicit Digester(Hash hash);
    Digester(const Digester&) = delete;
    Digester& operator=(const Digester&) = delete;
    Digester(Digester&& other) noexcept;
    Digester& operator=(Digester&& other) noexcept;
    ~Digester();
    void add(std::string_view bytes);
    /// Of all that was added; then it begins anew.
    [[nodiscard]] HashBytes finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// HMAC (RFC 2104) with one key for many messages: the key's two blocks are digested once.
/// Threads: of() is const and runs on several at once.
class Hmac {
public:
    Hmac(Hash hash, std::string_view key);
    Hmac(const Hmac&) = delete;
    Hmac& operator=(const Hmac&) = delete;
    Hmac(Hmac&& other) noexcept;
    Hmac& operator=(Hmac&& other) noexcept;
    ~Hmac();
    [[nodiscard]] HashBytes of(std::string_view bytes) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lianzheng
