#include "gateway/store/look_table.h"

namespace lianzheng {

LookTable::LookTable(Database& database)
    : add_(database, "INSERT INTO look (number, looked_at, who, saw) VALUES (:number, :looked_at, :who, :saw)"),
      last_(database,
            "SELECT number, looked_at, who, saw FROM look WHERE number = :number ORDER BY looked_at DESC, id DESC "
            "LIMIT 1",
            "titt") {}

void LookTable::add(const HumanLook& look) { add_.run(look.number, look.at, look.who, look.saw); }

std::optional<HumanLook> LookTable::last(std::string_view number) {
    if (!last_.one(number)) return std::nullopt;
    return HumanLook{.number = last_.text(0), .at = last_.time(1), .who = last_.text(2), .saw = last_.text(3)};
}

}  // namespace lianzheng
