#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/exchange/exchange_view.h"

namespace lianzheng {

/// One place of a NationalRow: a national field, or one of the four beside it.
enum class RowSlot : std::size_t { ZzeCertId = kFieldCount, CodeId, ECertId, Collected };
inline constexpr std::size_t kRowSlots = kFieldCount + 4;
/// Some of a row's slots.
using Slots = std::bitset<kRowSlots>;

/// The slot that a column or key of the view is named after (letter case does not count); nothing for others.
std::optional<std::size_t> slotOf(std::string_view name);
/// The name of a slot in the view.
std::string_view slotName(std::size_t slot);

/// Empties a row for the next use.
void clear(NationalRow& row);
/// Puts a value into its slot: trimmed, dates without their time, the number normalised or kept as rawNumber.
void assign(NationalRow& row, std::size_t slot, std::string_view text);

/// The same for a cell of a workbook: a day may also be written as the number of days since 1899-12-30, perhaps with a
/// fraction for the time.
void assignOfWorkbook(NationalRow& row, std::size_t slot, std::string_view text);

/// The national fields among `slots`.
std::vector<Field> fieldsAmong(std::span<const std::size_t> slots);

}  // namespace lianzheng
