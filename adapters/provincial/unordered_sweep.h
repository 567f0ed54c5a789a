#pragma once

#include <cstdint>
#include <vector>

#include "adapters/provincial/sweep_portions.h"

namespace lianzheng {

/// Every row, read for the `wanted` columns alone (cells of others are null), in the order of the keys where an index
/// serves it (in portions, no statement open between them), else as the rows lie. How many the sink saw; throws as SOCI
/// does.
std::uint64_t sweepNarrowly(const Sweep& sweep, const std::vector<bool>& wanted);
/// A read of some ranges under way.
struct RangedSweep {
    Database& database;
    const SourceSql& sql;
    std::size_t pageRows;
    ReadPace& pace;
    const std::stop_token& stop;
};

/// What ProvincialSource::sweepRanges() says; throws as SOCI does.
bool sweepInRanges(const RangedSweep& sweep, const std::vector<bool>& wanted, const ChooseRanges& choose,
                   const RangedRowSink& sink);

}  // namespace lianzheng
