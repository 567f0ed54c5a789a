#pragma once

#include <cstddef>

namespace lianzheng::test {

/// Sends a whole entangled province to the simulator's registry, certificate by certificate, each judged by the holding
/// rules first: what they let through is accepted, and what they block is refused when it is sent all the same.
/// Then employers and positions change, and the same holds.
void expectSameJudgement(std::size_t certificates);

}  // namespace lianzheng::test
