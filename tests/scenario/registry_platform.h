#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/national/platform.h"
#include "adapters/national/reply_decoder.h"
#include "tests/scenario/manual_clock.h"
#include "tests/simulator/national/registry.h"

namespace lianzheng::test {

/// The simulator's strict registry as a platform, without a wire: bodies are written and replies are read as on the
/// wire. Writing calls can be broken by their number, and the whole platform can be away.
class RegistryPlatform final : public Platform {
public:
    explicit RegistryPlatform(const ManualClock& clock, CertificateType type = CertificateType::Anguan);

    Ticket start(Request request) override;
    std::vector<Completion> poll(std::chrono::milliseconds timeout, const std::stop_token& stop) override;

    /// What happens to one writing call.
    enum class Break : std::uint8_t {
        Unreached,   ///< not connected: Unavailable, without effect
        LostBefore,  ///< InDoubt, without effect
        LostAfter    ///< InDoubt, with effect
    };
    /// Breaks the `call`-th writing call from now on, counting from 1.
    void breakAt(std::size_t call, Break how) { breaks_[writingCalls_ + call] = how; }
    void heal() { breaks_.clear(); }
    /// What was under way is forgotten: its process is gone.
    void hangUp() { ended_.clear(); }

    [[nodiscard]] sim::national::Registry& registry() { return *registry_; }
    [[nodiscard]] std::size_t writingCalls() const { return writingCalls_; }
    /// The stepName-like names of the calls since the last clear, e.g. assign.01, update.05, collect, check.01, query.
    std::vector<std::string> calls;
    bool away = false;                  ///< nothing connects
    std::string poison{};               ///< a certificate's number: every writing call that bears it ends in HTTP 500
    std::optional<Fault> checkFault{};  ///< what becomes of every check: answered, but not with a verdict

private:
    Result<std::string> answer(const Request& request);

    std::unique_ptr<sim::national::Registry> registry_;
    CertificateType type_;
    ReplyDecoder decoder_;
    std::map<std::size_t, Break> breaks_;
    std::vector<Completion> ended_;
    std::size_t writingCalls_ = 0;
    std::uint64_t tickets_ = 0;
};

}  // namespace lianzheng::test
