#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/provincial/source.h"
#include "adapters/runtime/spill.h"
#include "mappings/field_map.h"

namespace lianzheng {

/// The province's rows that the first look did not find equal. They are read once more, whole and in the order of their
/// numbers; a row that is gone by then does not come. So do rows of numbers that the other side alone had, if they have
/// come since. Memory is bounded; the rest lies in scratch files. Threads: one at a time.
class ProvincialSuspects {
public:
    /// `source` and `map` are borrowed.
    ProvincialSuspects(ProvincialSource& source, const FieldMap& map, std::string scratchDirectory, std::size_t memory);

    /// What add() wants of a row: its key, or else its cells, for a row without a key cannot be asked for again.
    static void note(std::string_view sourceKey, std::span<const Cell> cells, std::string& noted);
    /// `number` as mapped, empty when it cannot be read.
    Status add(std::string_view number, std::string_view noted);
    /// A number under which both sides meet, given once, that had no row and may have one by now. It is looked up while
    /// there are no more than 50,000.
    Status expect(std::string_view number);
    [[nodiscard]] bool none() const noexcept { return suspects_.size() == 0; }

    /// Ends adding. Rows without a number come first; rows of one number come together.
    Status read(const RowSink& sink, const std::stop_token& stop);

private:
    struct Suspect {
        std::string number;
        std::string noted;
    };
    using PackedRows = std::unordered_map<std::string, std::string>;
    struct Page {
        std::vector<Suspect> suspects;
        PackedRows byKey;
        PackedRows byNumber;  ///< by the one under which both sides meet
    };
    Status readByKey(Page& page);
    Status readByNumber(Page& page);
    bool give(const Suspect& suspect, Page& page, const RowSink& sink);

    ProvincialSource& source_;
    const FieldMap& map_;
    std::size_t keyColumn_ = 0;
    std::size_t expected_ = 0;
    SpillSorter suspects_;
    std::vector<Cell> cells_;
    Desired mapped_;
};

}  // namespace lianzheng
