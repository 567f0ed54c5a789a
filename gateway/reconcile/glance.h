#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "gateway/reconcile/item.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// What the first look keeps of a row: what the row, the mapping and the compared fields make, whatever the day. The
/// texts are views of the row's.
struct Glance {
    Digest digest;                 ///< of the compared fields
    std::uint64_t identifier = 0;  ///< SharedIdentifiers::hashOf()
    std::uint32_t place = 0;       ///< of the other side: where the row stands, by its lowest 32 bits
    bool sound = false;            ///< the row says what is compared, and there is nothing to object to
    std::string_view number;       ///< as mapped; empty when it cannot be read
    std::string_view state;        ///< certState
    std::string_view expires;      ///< of the province: expiringDate, yyyy-MM-dd
    std::string_view authority;    ///< of the province
    std::string_view noted;        ///< of the province: ProvincialSuspects::note()
};

/// A row of the province; `noted` keeps what Glance::noted views.
Glance glanceAt(const Desired& desired, std::span<const Cell> cells, std::span<const Field> compared,
                std::string& noted);
/// An item of the other side.
Glance glanceAt(const NationalItem& item, std::span<const Field> compared);

/// Puts a glance behind `bytes`.
void pack(const Glance& glance, std::string& bytes);
/// Takes the first glance off `bytes`, which it then views; false when there is none.
bool take(std::string_view& bytes, Glance& glance);

}  // namespace lianzheng
