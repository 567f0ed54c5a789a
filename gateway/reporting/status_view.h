#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "gateway/reporting/labels.h"
#include "gateway/store/records.h"

namespace lianzheng {

/// What `status` shows, from the store.
struct StatusInput {
    std::map<std::string, std::uint64_t> counts;  ///< Store::counts()
    std::optional<TimePoint> nextDue;
    bool paused = false;
    bool pusherAlive = false;
    std::optional<RunRow> lastSync;
    std::optional<RunRow> lastReconcile;
    std::uint64_t openFindings = 0;
    std::string evidenceHead;
};

std::string statusText(const StatusInput& status, Language language);
/// One JSON object, schema docs/schema/status.json.
std::string statusJson(const StatusInput& status);

}  // namespace lianzheng
