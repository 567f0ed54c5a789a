#pragma once

#include <string>

#include "adapters/runtime/event_log.h"

namespace lianzheng {

/// Events as lines of text: time, level, `event key=value …`, through Poco's logger to standard error or a file (mode
/// 0600, turned over at 100 MB, ten kept).
class PocoEventLog final : public EventLog {
public:
    PocoEventLog(const std::string& level, const std::string& file);
    void write(Level level, std::string_view event, std::initializer_list<EventField> fields) override;
};

}  // namespace lianzheng
