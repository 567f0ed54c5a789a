#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace lianzheng::bench {

/// The server's side of the sm2 envelope (national interface, section 7): verifies the signature and decrypts what was
/// signed. The key is read once.
class Sm2Opener {
public:
    Sm2Opener(const std::string& publicPem, std::string sm4Key);
    Sm2Opener(Sm2Opener&&) noexcept;
    Sm2Opener& operator=(Sm2Opener&&) = delete;
    Sm2Opener(const Sm2Opener&) = delete;
    Sm2Opener& operator=(const Sm2Opener&) = delete;
    ~Sm2Opener();
    /// The business JSON; nothing when the signature is wrong.
    [[nodiscard]] std::optional<std::string> open(std::string_view body) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lianzheng::bench
