#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace lianzheng::sim::national {

/// What can go wrong with one call. README.md says what each stands for.
enum class Fault {
    Unavailable,   ///< 503 before acting
    Dropped,       ///< the connection closes before acting
    Lost,          ///< the connection closes after acting
    BadGateway,    ///< 502 after acting
    Malformed,     ///< 200 with half of the JSON
    Truncated,     ///< Content-Length larger than what is sent
    Huge,          ///< a reply of hugeBytes
    Wrapped,       ///< {"custom":{…},"status":{…}}
    Numeric,       ///< ReturnCode as a number
    Sparse,        ///< empty lists and ReturnData absent, null or ""
    Warn,          ///< ReturnCode 2 with WarnData
    Latency,       ///< waits before acting
    TokenExpired,  ///< every token is forgotten before the call is judged
};
inline constexpr std::size_t kFaultCount = 13;
using FaultSet = std::bitset<kFaultCount>;

std::string_view nameOf(Fault fault);
std::optional<Fault> faultNamed(std::string_view name);

enum class KillWhen { Before, Acting, After };

/// Faults on demand. Business calls are counted from 1 since the start or the last restart of counting; tokens and
/// /sim/ calls are not counted. The same seed gives the same faults to the same call numbers.
struct Faults {
    std::uint64_t seed = 1;
    std::array<double, kFaultCount> probability{};
    std::map<std::uint64_t, FaultSet> at;  ///< exact call numbers
    unsigned latencyMs = 50;               ///< of the fault latency
    std::uint64_t tokenExpiryEvery = 0;    ///< every k calls; 0: never
    std::size_t hugeBytes = 100U << 20U;
    std::int64_t killPid = 0;
    std::string killPidFile;   ///< read when it is time
    std::uint64_t killAt = 0;  ///< the K-th writing call; 0: never
    KillWhen killWhen = KillWhen::Acting;

    /// What befalls the `call`-th business call.
    [[nodiscard]] FaultSet of(std::uint64_t call) const;
    void set(Fault fault, double chance) { probability[static_cast<std::size_t>(fault)] = chance; }
    void strike(std::uint64_t call, Fault fault) { at[call].set(static_cast<std::size_t>(fault)); }
};

inline bool has(const FaultSet& faults, Fault fault) { return faults.test(static_cast<std::size_t>(fault)); }

/// A number in [0, 1) that depends on the three alone.
double chanceOf(std::uint64_t seed, std::uint64_t call, std::uint64_t lane);

/// SIGKILL to the process named by the plan. Errors: false when there is none.
bool killTarget(const Faults& faults);

}  // namespace lianzheng::sim::national
