#pragma once

#include <cstdint>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "gateway/service/composition.h"
#include "gateway/sync/pass.h"
#include "gateway/sync/resync.h"

namespace lianzheng {

/// What other processes ask of the pusher, through the store.

std::string syncPayload(const PassOptions& options);
std::string resyncPayload(const std::vector<std::string>& numbers, bool force);

/// How the pusher ended what it was asked: a word of endWord(), and its numbers.
struct PusherAnswer {
    std::string end;
    std::map<std::string, std::uint64_t> counts;
};

/// Leaves a request and watches it until it is done. Errors: those of the store, and whatever the pusher met.
Result<PusherAnswer> askPusher(Store& store, Clock& clock, const std::string& kind, const std::string& payload,
                               const std::string& reason, const std::stop_token& stop);

/// A pass with its row among the runs.
Result<PassResult> recordedPass(Composition& parts, Pass& pass, const PassOptions& options,
                                const std::stop_token& stop);

/// Resync of all numbers, then their steps are carried out.
Result<std::vector<ResyncItem>> resyncAll(Composition& parts, const std::vector<std::string>& numbers,
                                          const std::string& reason, bool force, const std::stop_token& stop);

/// Whoever asks for a resync or a dismissal while `pass` sends is served beside it, all at the same time.
void serveMeanwhile(Composition& parts, Pass& pass);

/// Marks blocked certificates as seen to, for the pusher.
Status dismissAll(Store& store, Clock& clock, const std::vector<std::string>& numbers, const std::string& reason);

/// Carries out what is asked; returns how many requests were done.
Result<std::size_t> serveRequests(Composition& parts, const std::stop_token& stop);

}  // namespace lianzheng
