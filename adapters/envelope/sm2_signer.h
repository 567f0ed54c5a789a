#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/runtime/result.h"

namespace lianzheng {

/// How an SM2 signature is laid out: r and s of 32 bytes each, or the DER sequence of both.
enum class Sm2Layout : std::uint8_t { RawRs, Der };

/// SM2 with SM3 (GB/T 32918.2) under one private key, which is read once: reading it costs more than a signature.
/// Threads: sign() is const and runs on several at once.
class Sm2Signer {
public:
    /// `pem`: a private key on the SM2 curve; `userId`: the identity that is digested with the message.
    /// Error code `key` (Fault::Corrupt) for anything else.
    static Result<Sm2Signer> load(std::string_view pem, std::string userId);
    Sm2Signer(const Sm2Signer&) = delete;
    Sm2Signer& operator=(const Sm2Signer&) = delete;
    Sm2Signer(Sm2Signer&& other) noexcept;
    Sm2Signer& operator=(Sm2Signer&& other) noexcept;
    ~Sm2Signer();
    /// The signature's bytes. Error code `sm2` when the library gives out.
    [[nodiscard]] Result<std::string> sign(std::string_view message, Sm2Layout layout) const;

private:
    struct State;
    explicit Sm2Signer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace lianzheng
