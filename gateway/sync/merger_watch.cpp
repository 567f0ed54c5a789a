#include "gateway/sync/merger_watch.h"

#include <algorithm>
#include <string>
#include <vector>

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::hours kPatience{1};
/// An end longer ago is no part of a merger.
constexpr std::chrono::hours kMemory{30 * 24};
constexpr std::string_view kWord = "merger_gaps";  // the numbers that were logged, each ended by a line feed

}  // namespace

Status watchMergers(Store& store, EventLog& log, TimePoint now) {
    const auto waiting = store.mergersWaiting(now - kPatience, now - kMemory);
    if (!waiting) return tl::unexpected(waiting.error());
    const auto logged = store.wordOf(kWord);
    if (!logged) return tl::unexpected(logged.error());
    std::string all;
    for (const std::string& number : *waiting) {
        all.append(number).append("\n");
        if (logged->find(number + "\n") == std::string::npos) log.error("merger.gap", {{"number", number}});
    }
    if (all == *logged) return ok();
    const std::vector<Change> changes{PutWord{std::string(kWord), all}};
    return store.commit(changes);
}

}  // namespace lianzheng
