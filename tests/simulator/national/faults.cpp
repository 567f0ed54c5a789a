#include "tests/simulator/national/faults.h"

#include <signal.h>

#include <fstream>

namespace lianzheng::sim::national {

namespace {

constexpr std::array<std::string_view, kFaultCount> kNames{
    "unavailable", "dropped", "lost",   "bad-gateway", "malformed", "truncated",     "huge",
    "wrapped",     "numeric", "sparse", "warn",        "latency",   "token-expired",
};

std::uint64_t mixed(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
}

}  // namespace

std::string_view nameOf(Fault fault) { return kNames[static_cast<std::size_t>(fault)]; }

std::optional<Fault> faultNamed(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i] == name) return static_cast<Fault>(i);
    }
    return std::nullopt;
}

double chanceOf(std::uint64_t seed, std::uint64_t call, std::uint64_t lane) {
    return static_cast<double>(mixed(mixed(mixed(seed) ^ call) ^ lane) >> 11U) * 0x1.0p-53;
}

FaultSet Faults::of(std::uint64_t call) const {
    FaultSet faults;
    const auto exact = at.find(call);
    if (exact != at.end()) faults = exact->second;
    for (std::size_t i = 0; i < kFaultCount; ++i) {
        if (probability[i] > 0 && chanceOf(seed, call, i) < probability[i]) faults.set(i);
    }
    if (tokenExpiryEvery != 0 && call % tokenExpiryEvery == 0) {
        faults.set(static_cast<std::size_t>(Fault::TokenExpired));
    }
    return faults;
}

bool killTarget(const Faults& faults) {
    std::int64_t pid = faults.killPid;
    if (pid == 0 && !faults.killPidFile.empty()) std::ifstream(faults.killPidFile) >> pid;
    return pid > 1 && ::kill(static_cast<pid_t>(pid), SIGKILL) == 0;
}

}  // namespace lianzheng::sim::national
