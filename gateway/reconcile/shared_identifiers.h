#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/hash_sorter.h"
#include "adapters/runtime/spill.h"
#include "gateway/reconcile/judge.h"

namespace lianzheng {

/// Finds the licence identifiers that two live certificates share, in bounded memory. The first look keeps hashes
/// alone, which tell whose identifier may be shared; the second sees those certificates whole. Identifiers that are
/// missing, and those of ended certificates, are passed over. Threads: one at a time.
class SharedIdentifiers {
public:
    SharedIdentifiers(const std::string& scratchDirectory, std::size_t memory)
        : hashes_(scratchDirectory, memory / 2), whole_(scratchDirectory, memory / 2) {}

    /// The hash of a live certificate's identifier; 0: it has none, or is not live.
    static std::uint64_t hashOf(const NationalItem& item);
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
    Status add(const NationalItem& item);
    /// Judges each certificate that is not the only one of its identifier.
    Status judge(Judge& judge, Memory& memory);

private:
    Status shared(Judge& judge, Memory& memory, const std::string& number, const std::string& other,
                  std::string_view identifier);
    HashSorter hashes_;
    bool none_ = true;
    std::vector<bool> shared_;  ///< a bit for each hash that came again; empty while none did
    SpillSorter whole_;
};

}  // namespace lianzheng
