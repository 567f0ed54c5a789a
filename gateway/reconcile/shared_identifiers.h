#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/runtime/hash_sorter.h"
#include "adapters/runtime/spill.h"
#include "gateway/reconcile/judge.h"

namespace lianzheng {

/// The licence identifiers of one side's live certificates, in bounded memory. The first look keeps hashes alone, which
/// tell whose identifier may be shared; the second keeps those certificates. Threads: one at a time.
class SideIdentifiers {
public:
    SideIdentifiers(const std::string& scratchDirectory, std::size_t memory)
        : hashes_(scratchDirectory, memory / 2), sharers_(scratchDirectory, memory / 2) {}

    /// The first look: every hash but 0.
    Status note(std::uint64_t hash) {
        none_ = false;
        return hashes_.add(hash, {});
    }
    /// Whether no identifier was shown.
    [[nodiscard]] bool none() const noexcept { return none_; }
    /// Ends noting.
    Status noted();
    /// After noted(): whether it may be another's as well.
    [[nodiscard]] bool perhaps(std::uint64_t hash) const;

    /// The second look: those that may share theirs, among others.
    Status add(std::string_view identifier, const Sharer& sharer);
    /// Is given each certificate that is not the only one of its identifier, and the number of another.
    using Sink = std::function<Status(std::string_view identifier, const Sharer& one, const std::string& other)>;
    Status each(const Sink& sink);

private:
    HashSorter hashes_;
    bool none_ = true;
    std::vector<bool> shared_;  ///< a bit for each hash that came again; empty while none did
    SpillSorter sharers_;
    std::string told_;
};

/// Finds the licence identifiers that two live certificates of one side share. Identifiers that are missing, and those
/// of certificates that have ended or are past their end in the province, are passed over.
/// Threads: the two sides of the first look may be noted from two threads, each from one; then one.
class SharedIdentifiers {
public:
    /// `today` is yyyy-MM-dd.
    SharedIdentifiers(const std::string& scratchDirectory, std::size_t memory, std::string today)
        : provincial_(scratchDirectory, memory / 2),
          national_(scratchDirectory, memory / 2),
          today_(std::move(today)) {}

    /// The hash of a live certificate's identifier; 0: it has none, or is not live. In the province it may be past its
    /// end.
    [[nodiscard]] static std::uint64_t hashOf(const Desired& desired);
    [[nodiscard]] static std::uint64_t hashOf(const NationalItem& item);
    SideIdentifiers& provincial() { return provincial_; }
    SideIdentifiers& national() { return national_; }

    /// The second look; nothing of a side of which none was noted.
    Status add(const Desired& desired);
    Status add(const NationalItem& item);
    /// Judges each certificate that shares its identifier.
    Status judge(Judge& judge, Memory& memory);

private:
    SideIdentifiers provincial_;
    SideIdentifiers national_;
    std::string today_;
};

}  // namespace lianzheng
