#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace lianzheng {

/// One key and its value. Values are ids, counts, codes: never a holder, a body or an exception's text.
struct EventField {
    EventField(std::string_view key, std::string_view value) : name(key), text(value) {}
    EventField(std::string_view key, std::string value) : name(key), text(std::move(value)) {}
    EventField(std::string_view key, const char* value) : name(key), text(value) {}
    EventField(std::string_view key, std::uint64_t value) : name(key), text(std::to_string(value)) {}
    EventField(std::string_view key, std::int64_t value) : name(key), text(std::to_string(value)) {}
    EventField(std::string_view key, int value) : name(key), text(std::to_string(value)) {}
    EventField(std::string_view key, unsigned value) : name(key), text(std::to_string(value)) {}
    std::string_view name;
    std::string text;
};

/// Where events go: one line each, the event's name first.
/// Error: a human must act (docs/runbook.md). Warning: it heals by itself. Information: a run began or ended.
/// Threads: any.
class EventLog {
public:
    enum class Level : std::uint8_t { Debug, Information, Warning, Error };
    virtual ~EventLog() = default;
    virtual void write(Level level, std::string_view event, std::initializer_list<EventField> fields) = 0;

    void error(std::string_view event, std::initializer_list<EventField> fields) { write(Level::Error, event, fields); }
    void warning(std::string_view event, std::initializer_list<EventField> fields) {
        write(Level::Warning, event, fields);
    }
    void information(std::string_view event, std::initializer_list<EventField> fields) {
        write(Level::Information, event, fields);
    }
    void debug(std::string_view event, std::initializer_list<EventField> fields) { write(Level::Debug, event, fields); }
};

/// Says nothing.
class SilentLog final : public EventLog {
public:
    void write(Level /*level*/, std::string_view /*event*/, std::initializer_list<EventField> /*fields*/) override {}
};

}  // namespace lianzheng
