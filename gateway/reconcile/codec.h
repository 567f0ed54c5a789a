#pragma once

#include <string>
#include <string_view>

#include "gateway/reconcile/item.h"

namespace lianzheng {

/// The two sides' rows as bytes for a scratch file of this process; never stored for longer.
void encode(const ProvincialItem& item, std::string& out);
void encode(const NationalItem& item, std::string& out);
/// False when `bytes` is not what encode() wrote.
bool decode(std::string_view bytes, ProvincialItem& out);
bool decode(std::string_view bytes, NationalItem& out);

}  // namespace lianzheng
