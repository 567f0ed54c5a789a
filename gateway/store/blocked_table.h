#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "gateway/store/grouped_write.h"
#include "gateway/store/prepared.h"
#include "gateway/store/records.h"

namespace lianzheng {

/// Certificates that cannot go on without somebody. Errors: as Prepared.
class BlockedTable {
public:
    explicit BlockedTable(Database& database);

    /// Keeps `since` while reason and field stay; a dismissal also while the row of the province stays.
    void put(const BlockedRow& row);
    /// May wait until flush().
    void clear(std::string_view number);
    void flush() { clear_.flush(); }
    void drop() { clear_.drop(); }
    std::optional<BlockedRow> of(std::string_view number);
    /// Every authority's when `authority` is empty.
    std::vector<BlockedRow> list(std::string_view authority, bool dismissedToo);
    std::vector<BlockedRow> checksDue(TimePoint now, std::size_t limit);

private:
    Prepared put_;
    GroupedWrite clear_;
    Prepared of_;
    Prepared all_;
    Prepared ofAuthority_;
    Prepared checks_;
};

}  // namespace lianzheng
