#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/simulator/province/defects.h"
#include "tests/simulator/province/model.h"

namespace lianzheng::sim::province {

/// National fields in a fixed order.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// Every comparable national field of the certificate, in state `certState` (seed_format.md, `record`).
Fields nationalRecord(const Certificate& certificate, const std::string& certState);
/// One line of truth.jsonl, without its end of line.
std::string truthLine(const Certificate& certificate, bool sound);
/// One line of national-seed.jsonl for a registered certificate; `seed` decides the identifiers it was given.
std::string seedLine(const Certificate& certificate, std::uint64_t seed);
/// One line of manifest.jsonl.
std::string manifestLine(const Defect& defect, const Certificate& certificate, const LocalRow& row);

}  // namespace lianzheng::sim::province
