#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>

#include "gateway/reconcile/judge.h"
#include "gateway/store/store.h"

namespace lianzheng {

/// The certificates of which a sample found that neither side shows what the ledger has as registered. Both sides tell
/// nothing about them, so that such a finding stays until one of them shows the certificate or the ledger has it ended.
/// They are few: a sample finds no more than it makes calls. Threads: one at a time.
class Unshown {
public:
    Status load(Store& store);
    /// One side shows a number of this meetingHash().
    void seen(std::uint64_t hash) {
        if (!numbers_.empty()) numbers_.erase(hash);
    }
    /// Those that are still as they were found. False from `sink` ends it.
    Status each(Memory& memory, const std::function<bool(const std::string& number)>& sink) const;

private:
    std::unordered_multimap<std::uint64_t, std::string> numbers_;
};

}  // namespace lianzheng
