#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/runtime/result.h"

namespace lianzheng {

/// How a text is sealed: SM2 with SM3 (GB/T 32918.2), which anybody checks with the public key, or HMAC-SM3, which only
/// a holder of the key does.
enum class SealMethod : std::uint8_t { Sm2, HmacSm3 };
/// sm2, hmac-sm3.
std::string_view word(SealMethod method);

/// A key that seals what was written down, or only checks what it sealed once.
/// Threads: seal() and verifies() are const and run on several at once.
class SealKey {
public:
    /// The identity that an SM2 seal digests with its text.
    static constexpr std::string_view kUserId = "1234567812345678";

    /// `pem`: a private key on the SM2 curve, or a public one, which checks and cannot seal.
    /// Error code `key` (Fault::Corrupt) for anything else.
    static Result<SealKey> sm2(std::string_view pem);
    static SealKey hmacSm3(std::string_view key);
    SealKey(const SealKey&) = delete;
    SealKey& operator=(const SealKey&) = delete;
    SealKey(SealKey&& other) noexcept;
    SealKey& operator=(SealKey&& other) noexcept;
    ~SealKey();

    [[nodiscard]] SealMethod method() const;
    /// What names the key and tells nothing of a secret: SM3 of the public key's DER (SubjectPublicKeyInfo), or the
    /// HMAC of a constant; 64 lower-case hex characters.
    [[nodiscard]] const std::string& id() const;
    /// The public key in PEM; empty for HMAC.
    [[nodiscard]] const std::string& publicPem() const;
    [[nodiscard]] bool canSeal() const;
    /// Lower-case hex: the signature in DER, or the HMAC. Error code `seal` when the library gives out or the key only
    /// checks.
    [[nodiscard]] Result<std::string> seal(std::string_view text) const;
    [[nodiscard]] bool verifies(std::string_view text, std::string_view seal) const;

private:
    struct State;
    explicit SealKey(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace lianzheng
