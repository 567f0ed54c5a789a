#include "gateway/sync/provincial_rows.h"

#include <span>
#include <utility>

#include "gateway/planner/ledger_key.h"

namespace lianzheng {

Result<std::vector<Desired>> provincialRows(ProvincialSource& source, const FieldMap& map, const std::string& number) {
    std::vector<Desired> rows;
    const Status read = source.byNumber(number, [&](std::span<const Cell> cells) {
        Desired row;
        map.map(cells, row);
        if (ledgerKey(row) == number) rows.push_back(std::move(row));
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    return rows;
}

}  // namespace lianzheng
