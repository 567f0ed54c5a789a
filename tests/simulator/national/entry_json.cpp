#include "tests/simulator/national/entry_json.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <stdexcept>

#include "tests/simulator/national/file_text.h"
#include "tests/simulator/national/registry.h"

namespace lianzheng::sim::national {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;
using rapidjson::Value;

void put(Writer& writer, const char* key, std::string_view text) {
    writer.Key(key);
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void put(Writer& writer, const char* key, bool truth) {
    writer.Key(key);
    writer.Bool(truth);
}

void put(Writer& writer, const char* key, const std::vector<std::string>& texts) {
    writer.Key(key);
    writer.StartArray();
    for (const std::string& text : texts) writer.String(text.c_str());
    writer.EndArray();
}

void put(Writer& writer, const char* key, const Fields& fields) {
    writer.Key(key);
    writer.StartObject();
    for (const auto& [name, value] : fields) put(writer, name.c_str(), std::string_view{value});
    writer.EndObject();
}

std::string text(const Value& object, const char* key) {
    const auto member = object.FindMember(key);
    if (member == object.MemberEnd() || !member->value.IsString()) return {};
    return {member->value.GetString(), member->value.GetStringLength()};
}

bool truth(const Value& object, const char* key) {
    const auto member = object.FindMember(key);
    return member != object.MemberEnd() && member->value.IsBool() && member->value.GetBool();
}

std::vector<std::string> texts(const Value& object, const char* key) {
    std::vector<std::string> list;
    const auto member = object.FindMember(key);
    if (member == object.MemberEnd() || !member->value.IsArray()) return list;
    for (const auto& element : member->value.GetArray()) {
        if (element.IsString()) list.emplace_back(element.GetString());
    }
    return list;
}

Fields fieldsOf(const Value& object) {
    Fields fields;
    for (const auto& member : object.GetObject()) {
        if (member.value.IsString()) fields.emplace(member.name.GetString(), member.value.GetString());
    }
    return fields;
}

Fields fields(const Value& object, const char* key) {
    const auto member = object.FindMember(key);
    return member != object.MemberEnd() && member->value.IsObject() ? fieldsOf(member->value) : Fields{};
}

Event eventOf(const Value& object) {
    Event event;
    event.eCertId = text(object, "eCertID");
    event.operation = text(object, "operation");
    event.operateType = text(object, "operateType");
    event.at = text(object, "at");
    const auto request = object.FindMember("request");
    if (request != object.MemberEnd() && request->value.IsUint64()) event.request = request->value.GetUint64();
    event.content = text(object, "content");
    event.reply = fields(object, "reply");
    return event;
}

void load(Registry& registry, const std::string& lines, std::optional<Entry> (*read)(std::string_view)) {
    std::size_t number = 0;
    eachLine(lines, [&](std::string_view line) {
        number += 1;
        std::optional<Entry> entry = read(line);
        if (!entry) throw std::runtime_error("line " + std::to_string(number) + " is no certificate");
        registry.put(std::move(*entry));
    });
}

}  // namespace

std::string entryJson(const Entry& entry) {
    rapidjson::StringBuffer buffer;
    Writer writer{buffer};
    writer.StartObject();
    put(writer, "certNum", entry.certNum());
    put(writer, "state", entry.state());
    put(writer, "record", entry.record);
    put(writer, "zzeCertID", std::string_view{entry.zzeCertId});
    put(writer, "identifiers", entry.identifiers);
    put(writer, "codeId", std::string_view{entry.codeId});
    put(writer, "codes", entry.codes);
    put(writer, "collected", entry.collected);
    put(writer, "url", std::string_view{entry.url});
    put(writer, "eCertID", std::string_view{entry.eCertId});
    put(writer, "origin", std::string_view{entry.origin});
    put(writer, "lapsed", entry.lapsed);
    put(writer, "doubled", entry.doubled);
    writer.Key("events");
    writer.StartArray();
    for (const Event& event : entry.events) {
        writer.StartObject();
        put(writer, "eCertID", std::string_view{event.eCertId});
        put(writer, "operation", std::string_view{event.operation});
        put(writer, "operateType", std::string_view{event.operateType});
        put(writer, "at", std::string_view{event.at});
        writer.Key("request");
        writer.Uint64(event.request);
        put(writer, "content", std::string_view{event.content});
        put(writer, "reply", event.reply);
        writer.EndObject();
    }
    writer.EndArray();
    writer.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

std::optional<Entry> entryOf(std::string_view json) {
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject()) return std::nullopt;
    Entry entry;
    entry.record = fields(document, "record");
    if (entry.certNum().empty()) return std::nullopt;
    entry.zzeCertId = text(document, "zzeCertID");
    entry.identifiers = texts(document, "identifiers");
    entry.codeId = text(document, "codeId");
    entry.codes = texts(document, "codes");
    entry.collected = truth(document, "collected");
    entry.url = text(document, "url");
    entry.eCertId = text(document, "eCertID");
    entry.origin = text(document, "origin");
    entry.lapsed = truth(document, "lapsed");
    entry.doubled = truth(document, "doubled");
    const auto events = document.FindMember("events");
    if (events != document.MemberEnd() && events->value.IsArray()) {
        for (const auto& event : events->value.GetArray()) entry.events.push_back(eventOf(event));
    }
    return entry;
}

std::optional<Entry> seedEntryOf(std::string_view json) {
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject()) return std::nullopt;
    Entry entry;
    entry.record = fieldsOf(document);
    if (entry.certNum().empty()) return std::nullopt;
    entry.origin = "seed";
    entry.zzeCertId = text(document, "zzeCertID");
    if (!entry.zzeCertId.empty()) entry.identifiers.push_back(entry.zzeCertId);
    entry.codeId = text(document, "codeId");
    if (!entry.codeId.empty()) entry.codes.push_back(entry.codeId);
    entry.eCertId = text(document, "eCertID");
    entry.collected = truth(document, "collected");
    entry.url = text(document, "url");
    for (const char* beside : {"zzeCertID", "codeId", "eCertID", "url", "photo"}) entry.record.erase(beside);
    if (entry.state().empty()) entry.record["certState"] = "01";
    Event event;
    event.eCertId = entry.eCertId;
    event.operation = "seed";
    if (!event.eCertId.empty()) entry.events.push_back(std::move(event));
    return entry;
}

std::string registryLines(const Registry& registry) {
    std::string lines;
    registry.forEach([&](const Entry& entry) { lines.append(entryJson(entry)).append(1, '\n'); });
    return lines;
}

void loadRegistry(Registry& registry, const std::string& lines) { load(registry, lines, entryOf); }
void loadSeeds(Registry& registry, const std::string& lines) { load(registry, lines, seedEntryOf); }

}  // namespace lianzheng::sim::national
