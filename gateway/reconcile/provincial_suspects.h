#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
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
    using PackedRows = std::unordered_map<std::string, std::string>;  ///< by their keys
    struct Page {
        std::vector<Suspect> suspects;
        PackedRows byKey;
    };
    Status readExpected(const std::stop_token& stop);
    Status nextCome();
    bool hasCome(std::span<const Cell> cells);
    Status readByKey(Page& page);
    Result<bool> give(const Suspect& suspect, Page& page, const RowSink& sink);
    Result<bool> giveCome(const std::string& number, const RowSink& sink);
    bool giveRows(std::string_view packed, const RowSink& sink);

    ProvincialSource& source_;
    const FieldMap& map_;
    std::size_t keyColumn_ = 0;
    std::vector<std::string> expected_;
    SpillSorter suspects_;
    SpillSorter come_;                          ///< rows of expected numbers, by the number under which both sides meet
    bool comeLeft_ = false;                     ///< it stands at a row
    std::unordered_set<std::string> comeRows_;  ///< the same rows: they do not come by their keys too
    std::vector<Cell> cells_;
    Desired mapped_;
};

}  // namespace lianzheng
