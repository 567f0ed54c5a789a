#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "adapters/provincial/read_pace.h"
#include "adapters/provincial/source.h"
#include "adapters/sql/database.h"

namespace lianzheng {

/// A read in keyset pages: `first` begins it, `next` goes on behind the last row's `cursor` columns, whose texts are
/// its first parameters. No statement is open between pages.
struct PagedQuery {
    std::string first;
    std::vector<std::string> firstParameters;
    std::string next;
    std::vector<std::string> moreParameters;  ///< of `next`, behind the cursor's
    std::vector<std::size_t> cursor;          ///< positions of the columns
    std::size_t columns = 0;                  ///< that the sink sees
    std::size_t width = 0;                    ///< that the query gives
    std::size_t pageRows = 0;
    std::uint64_t limit = UINT64_MAX;
};

struct PagedOutcome {
    std::uint64_t rows = 0;
    bool ended = false;               ///< by the sink or a stop
    std::vector<std::string> cursor;  ///< of the last row; empty when there was none
};

/// Throws as SOCI does.
PagedOutcome readPages(Database& database, const PagedQuery& query, ReadPace& pace, const RowSink& sink,
                       const std::stop_token& stop);

}  // namespace lianzheng
