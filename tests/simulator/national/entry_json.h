#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tests/simulator/national/entry.h"

namespace lianzheng::sim::national {

class Registry;

/// One line of the registry's dump, which is also its state file.
std::string entryJson(const Entry& entry);
/// An entry of such a line, or nothing.
std::optional<Entry> entryOf(std::string_view json);
/// An entry of a line of national-seed.jsonl (seed_format.md), or nothing.
std::optional<Entry> seedEntryOf(std::string_view json);

/// Every entry, a line each.
std::string registryLines(const Registry& registry);
/// Errors: std::runtime_error naming the line (not its content) that is none.
void loadRegistry(Registry& registry, const std::string& lines);
void loadSeeds(Registry& registry, const std::string& lines);

}  // namespace lianzheng::sim::national
