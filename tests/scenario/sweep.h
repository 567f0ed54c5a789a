#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "tests/scenario/world.h"

namespace lianzheng::test {

using Names = std::vector<std::string>;

/// A province in step, in which then one certificate each is new, changed, suspended, restored, ended, renumbered.
class Prepared : public World {
public:
    explicit Prepared(sim::national::Repeat repeat);
};

/// Where one run is broken: at its n-th writing call, or its n-th commit.
struct Cut {
    enum class Of : std::uint8_t {
        None,
        Unreached,
        LostBefore,
        LostAfter,
        KilledBefore,
        KilledAfter,
        FailedBefore,
        FailedAfter
    } of{};
    std::size_t n = 0;
};
std::string nameOf(Cut::Of of);
/// Every place of a kind, and some past the end of any run.
std::vector<Cut> cutsOf(Cut::Of of);
/// Every kind of break under either behaviour on a repeat, and what such a test is called.
using BrokenUnder = std::tuple<sim::national::Repeat, Cut::Of>;
inline const auto kEveryBreak = ::testing::Combine(
    ::testing::Values(sim::national::Repeat::SameReply, sim::national::Repeat::Exists),
    ::testing::Values(Cut::Of::Unreached, Cut::Of::LostBefore, Cut::Of::LostAfter, Cut::Of::KilledBefore,
                      Cut::Of::KilledAfter, Cut::Of::FailedBefore, Cut::Of::FailedAfter));
inline std::string breakName(const ::testing::TestParamInfo<BrokenUnder>& tested) {
    const bool exists = std::get<0>(tested.param) == sim::national::Repeat::Exists;
    return (exists ? "Exists" : "SameReply") + nameOf(std::get<1>(tested.param));
}

/// Whether the reply that carries a code may be lost for good by this.
bool losesCode(sim::national::Repeat repeat, const Cut& cut);

/// One run that is broken as told; a process that died or failed is followed by a new one. False: nothing broke.
bool brokenRun(World& world, const Cut& cut);
/// Each of the six steps was accepted exactly once, nothing is left to do, and the ledger says what the platform does.
/// A code that was lost with its reply stays missing, and its licence uncollected.
void expectAllOnce(World& world, bool mayLoseCode);

}  // namespace lianzheng::test
