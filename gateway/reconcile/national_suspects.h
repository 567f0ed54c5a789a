#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/reconcile/other_side.h"
#include "adapters/runtime/spill.h"

namespace lianzheng {

/// The other side's items that the first look did not find equal. They are read once more, whole, and come in the order
/// of their numbers; what is gone by then does not come. So do items of numbers that the province alone had, if they
/// have come since. Memory is bounded; the rest lies in scratch files. Threads: one at a time.
class NationalSuspects {
public:
    NationalSuspects(std::string scratchDirectory, std::size_t memory);

    /// `place` is that of its row, 0 when it has none; by its lowest 32 bits.
    Status add(std::string_view number, std::uint32_t place);
    /// A number that was not there and may have come. It is looked up while there are no more than 50,000, or seen
    /// where everything is read anyway; all is not read for the sake of such numbers alone.
    Status expect(std::string_view number);
    /// An item without a readable number is kept as it is.
    Status addUnreadable(const NationalItem& item);
    [[nodiscard]] bool none() const noexcept { return numbers_.size() == 0 && unreadable_.size() == 0; }

    /// Ends adding and reads the side again.
    Status fetch(OtherSide& side, const std::stop_token& stop);
    /// After fetch(): the unreadable ones, then the others by number. False in `wanted` ends it.
    Status each(const std::function<bool(const NationalItem& item)>& sink);

private:
    Status keep(const NationalItem& item);
    void mark(std::vector<std::string>& numbers);
    [[nodiscard]] std::size_t bitOf(std::string_view number) const;
    std::vector<std::size_t> gather(std::vector<std::string>& asked);
    Result<bool> fetchFew(OtherSide& side, const std::stop_token& stop);
    Status fetchAmongAll(OtherSide& side, const std::stop_token& stop);

    std::string directory_;
    std::size_t memory_;
    SpillSorter numbers_;
    SpillSorter unreadable_;
    std::optional<SpillSorter> items_;
    std::vector<std::string> few_;       ///< the suspects' numbers, one a row, while they are few
    std::vector<std::string> expected_;  ///< the others, while they are few
    bool many_ = false;                  ///< suspects
    bool manyExpected_ = false;
    std::vector<bool> suspicious_;  ///< a bit for each hash of a number, once either are many
    std::vector<bool> places_;      ///< a bit for each place
    bool placeless_ = false;        ///< one had no place
    std::string bytes_;
};

}  // namespace lianzheng
