#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "mappings/operation.h"
#include "tests/scenario/province.h"

namespace lianzheng::test {

/// A province of so many certificates, invented from a seed: one in twenty holders has several of random categories,
/// at companies and in positions that often clash. Ids count from 1.
std::vector<Holder> entangledProvince(std::size_t certificates, std::uint64_t seed);
/// The holder's certificate as an event of that type, complete; its eCertID is made of the id and `event`.
AssignCode assignOf(const Holder& holder, OperateType type, int event);

}  // namespace lianzheng::test
