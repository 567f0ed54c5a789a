#pragma once

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

/// Leaves a request and watches it until it is done; its result as JSON text.
Result<std::string> askPusher(Store& store, Clock& clock, const std::string& kind, const std::string& payload,
                              const std::string& reason, const std::stop_token& stop);

/// A pass with its row among the runs.
Result<PassResult> recordedPass(Composition& parts, Pass& pass, const PassOptions& options,
                                const std::stop_token& stop);

/// Resync of all numbers, then their steps are carried out.
Result<std::vector<ResyncItem>> resyncAll(Composition& parts, const std::vector<std::string>& numbers,
                                          const std::string& reason, bool force, const std::stop_token& stop);

/// Carries out what is asked; returns how many requests were done.
Result<std::size_t> serveRequests(Composition& parts, const std::stop_token& stop);

}  // namespace lianzheng
