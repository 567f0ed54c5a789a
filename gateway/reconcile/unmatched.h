#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/reconcile/merger.h"
#include "adapters/runtime/spill.h"

namespace lianzheng {

/// What found no partner where it should stand: rows whose place in the province's order is not their number's, and
/// both ends of a change-over from `C` to `C3`. Brought together by the converted number once all rows have been seen.
/// Memory is bounded; the rest lies in scratch files.
class Leftovers final : public Unmatched {
public:
    Leftovers(Judge& judge, std::string scratchDirectory, std::size_t memory)
        : judge_(judge),
          directory_(scratchDirectory),
          provincial_(scratchDirectory, memory / 2),
          national_(std::move(scratchDirectory), memory / 2) {}

    /// Rows that may still have a partner are kept; others are judged at once.
    bool provincial(const ProvincialItem& item) override;
    bool national(const NationalItem& item) override;
    /// A row that stood out of order.
    bool late(const ProvincialItem& item);
    /// Every row that stood in order, as it passes: what tells a late one that its number is there already.
    bool passed(const ProvincialItem& item);
    /// Judges what is left.
    bool settle();
    /// Corrupt `disk_full` or `io`.
    [[nodiscard]] const std::optional<Error>& failure() const noexcept { return failure_; }

private:
    struct Group;
    bool keep(SpillSorter& sorter, const std::string& number);
    bool judge(Group& group);
    bool judgeLateOnes(Group& group);
    bool judgeNationalOnes(Group& group);
    /// The key of the row that stood in order under `number`; nothing when there is none. Numbers must ascend.
    bool findPassed(std::string_view number, std::optional<std::string>& key);
    bool readProvincial(Group& group);
    bool readNational(Group& group);
    bool check(const Status& status);
    bool check(const Result<bool>& result, bool& there);

    Judge& judge_;
    std::string directory_;
    SpillSorter provincial_;
    SpillSorter national_;
    std::unique_ptr<ScratchFile> passed_;
    std::optional<PairReader> passedReader_;
    bool passedThere_ = false;
    bool provincialThere_ = false;
    bool nationalThere_ = false;
    std::string bytes_;
    std::optional<Error> failure_;
};

}  // namespace lianzheng
