#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/sync/pass.h"
#include "gateway/sync/resync.h"

namespace lianzheng {

/// done, fuse, paused, needs_first_run, stopped, denied, away.
std::string_view endWord(PassResult::End end);
/// The end whose word this is; Done for another one.
PassResult::End endOf(std::string_view word);
/// The numbers of a pass by name, for JSON, runs and metrics.
std::map<std::string, std::uint64_t> countsOf(const PassResult& result);
/// The same as JSON, as runs keep it.
std::string countsJson(const std::map<std::string, std::uint64_t>& counts);
/// Lines for people.
std::vector<std::string> summaryOf(const PassResult& result, bool english);
/// A state in words for people.
std::string stateName(CertState state, bool english);
/// One plan in words for people. Why one is blocked is said in Chinese only: it is for the holder and the authorities.
std::string describe(const Plan& plan, bool english);
/// What a resync found, names and texts in order.
std::vector<std::pair<std::string, std::string>> itemOf(const ResyncItem& item, bool english);

}  // namespace lianzheng
