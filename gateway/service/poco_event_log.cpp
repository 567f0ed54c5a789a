#include "gateway/service/poco_event_log.h"

#include <Poco/AutoPtr.h>
#include <Poco/ConsoleChannel.h>
#include <Poco/FileChannel.h>
#include <Poco/FormattingChannel.h>
#include <Poco/Logger.h>
#include <Poco/PatternFormatter.h>

#include <exception>
#include <iostream>

#include <sys/stat.h>

namespace lianzheng {
namespace {

Poco::Logger& logger() { return Poco::Logger::get("lianzheng"); }

Poco::Message::Priority priorityOf(EventLog::Level level) {
    switch (level) {
        case EventLog::Level::Debug:
            return Poco::Message::PRIO_DEBUG;
        case EventLog::Level::Information:
            return Poco::Message::PRIO_INFORMATION;
        case EventLog::Level::Warning:
            return Poco::Message::PRIO_WARNING;
        case EventLog::Level::Error:
            return Poco::Message::PRIO_ERROR;
    }
    return Poco::Message::PRIO_ERROR;
}

}  // namespace

PocoEventLog::PocoEventLog(const std::string& level, const std::string& file) {
    Poco::AutoPtr<Poco::Channel> sink;
    if (file.empty()) {
        sink = new Poco::ConsoleChannel(std::cerr);
    } else {
        umask(0077);
        Poco::AutoPtr<Poco::FileChannel> disk(new Poco::FileChannel(file));
        disk->setProperty("rotation", "100 M");
        disk->setProperty("purgeCount", "10");
        sink = disk;
    }
    Poco::AutoPtr<Poco::Formatter> format(new Poco::PatternFormatter("%Y-%m-%dT%H:%M:%S.%iZ %p %t"));
    Poco::AutoPtr<Poco::Channel> lines(new Poco::FormattingChannel(format, sink));
    logger().setChannel(lines);
    logger().setLevel(level);
}

void PocoEventLog::write(Level level, std::string_view event, std::initializer_list<EventField> fields) {
    const Poco::Message::Priority priority = priorityOf(level);
    if (logger().getLevel() < priority) return;
    std::string line(event);
    for (const EventField& field : fields) {
        line.append(" ").append(field.name).append("=");
        for (const char c : field.text)
            line.push_back(c == '\n' || c == '\r' || c == ' ' ? '_' : c);  // one line, one event
    }
    try {
        logger().log(Poco::Message("lianzheng", line, priority));
    } catch (const std::exception&) {
        std::cerr << line << '\n';  // a full disk stops the store, not the log of it
    }
}

}  // namespace lianzheng
