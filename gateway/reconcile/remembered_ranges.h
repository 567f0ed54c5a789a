#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/hash_sorter.h"
#include "adapters/runtime/result.h"
#include "adapters/sql/ranges.h"
#include "gateway/reconcile/glance.h"

namespace lianzheng {

/// What the first look of the last run made of one side, range by range, in a file from run to run: a range that comes
/// to the same again is not read again. The file only spares reading: without it, with one that is damaged, or with one
/// that was described otherwise, everything is read. It holds numbers, keys and digests, for its owner and group alone.
/// Threads: one at a time. Errors: those of scratch files; of keep(), Corrupt `disk_full` or `write` of
/// `reconcile.ranges`.
class RememberedRanges {
public:
    /// `described` is everything that a glance depends on beside its row.
    RememberedRanges(std::filesystem::path file, std::string_view described, std::string scratchDirectory,
                     std::size_t memory);

    using Sink = std::function<Status(const Glance& glance)>;
    /// The ranges that do not come to what they came to; glances at the rows of all others go to `known`. Once.
    Result<WantedRanges> recall(const RangeDigests& now, const Sink& known);
    /// A glance at a row of a wanted range. A range is kept up to 1 MB.
    Status put(std::uint32_t range, const Glance& glance);
    /// A glance does not tell enough of a row of that range: it is always read.
    void alwaysRead(std::uint32_t range) { digests_[range] = {}; }
    /// After a whole look: writes the file anew if anything has changed.
    Status keep();
    /// Rows that were not read.
    [[nodiscard]] std::uint64_t recalled() const noexcept { return recalled_; }

private:
    /// Where a range's glances lie in the file.
    struct Entry {
        Digest digest;  ///< that the range came to; none: nothing is known of it
        Digest glances;
        std::uint64_t from = 0;
        std::uint64_t size = 0;
    };
    void open();
    bool fetch(const Entry& entry);
    Result<bool> recallRange(std::uint32_t range, const Sink& known);
    Result<bool> gather(std::uint32_t range);
    Status nextFresh();
    Status write(std::ostream& out);

    std::filesystem::path file_;
    Digest described_;
    std::ifstream old_;
    std::vector<Entry> index_;  ///< of the old file
    RangeDigests digests_;      ///< that the new file will tell
    WantedRanges wanted_;
    HashSorter fresh_;
    bool freshLeft_ = false;  ///< it stands at a glance
    bool changed_ = false;
    std::uint64_t recalled_ = 0;
    std::string bytes_;  ///< of one range
};

}  // namespace lianzheng
