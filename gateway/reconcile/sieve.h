#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/hash_sorter.h"
#include "gateway/reconcile/glance.h"
#include "gateway/reconcile/judge.h"
#include "gateway/reconcile/national_suspects.h"
#include "gateway/reconcile/provincial_suspects.h"
#include "gateway/reconcile/shared_identifiers.h"
#include "gateway/reconcile/tally.h"
#include "gateway/reconcile/unshown.h"

namespace lianzheng {

/// The first look at both sides, in no order: of each row little more than a digest is kept, and brought together by
/// the number under which both sides meet. What is beyond doubt equal is counted; everything else is a suspect.
/// Equal beyond doubt, and so in the eyes of Judge::both(), is one row on either side, of the same number, with nothing
/// to object to, the compared fields the same, and the same state; or past its end here, ended there and not blocked;
/// and with licence identifiers that are nobody else's.
/// Threads: the two sides may be added from two threads, each from one; then one.
class Sieve {
public:
    /// `today` is yyyy-MM-dd. Memory, suspects and identifiers are borrowed; null: nobody asks who shares one.
    /// `statesShown`: by the other side; else they neither agree nor differ.
    Sieve(std::string today, Memory& memory, ProvincialSuspects& provincial, NationalSuspects& national,
          SharedIdentifiers* identifiers, bool statesShown, const std::string& scratchDirectory, std::size_t bytes);

    Status provincial(const Glance& glance);
    Status provincialEnd();
    Status national(const Glance& glance);
    /// An item of the other side whose number cannot be read, and the glance at it.
    Status unreadable(const NationalItem& item, const Glance& glance);
    Status nationalEnd();

    /// After both ends. `unshown` is told of what either side shows.
    Status sift(Tally& tally, Unshown& unshown, const std::stop_token& stop);

private:
    std::uint32_t authority(std::string_view id);
    Status note(const Glance& glance);
    Status suspectGroup(bool& ours, bool& theirs, bool alone);
    Status pair(bool& ours, bool& theirs);
    bool equal(std::string_view ours, std::string_view theirs);
    static Status advance(HashSorter& sorter, bool& there);

    std::string today_;
    Memory& memory_;
    ProvincialSuspects& provincialSuspects_;
    NationalSuspects& nationalSuspects_;
    SharedIdentifiers* identifiers_;
    bool statesShown_;
    HashSorter provincial_;
    HashSorter national_;
    std::map<std::string, std::uint32_t, std::less<>> authorityIndex_;
    std::vector<std::string> authorities_;
    std::vector<std::uint64_t> equal_;  ///< by authority
    std::string provincialBytes_;
    std::string nationalBytes_;
    std::string firstOurs_;
    std::string firstTheirs_;
    std::uint64_t hash_ = 0;
};

}  // namespace lianzheng
