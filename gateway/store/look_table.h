#pragma once

#include <optional>
#include <string_view>

#include "gateway/store/prepared.h"
#include "gateway/store/records.h"

namespace lianzheng {

/// What people saw when they looked certificates up by hand; every look stays. Errors: as Prepared.
class LookTable {
public:
    explicit LookTable(Database& database);
    void add(const HumanLook& look);
    std::optional<HumanLook> last(std::string_view number);

private:
    Prepared add_;
    Prepared last_;
};

}  // namespace lianzheng
