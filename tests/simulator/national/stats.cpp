#include "tests/simulator/national/stats.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace lianzheng::sim::national {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Writer& writer, const char* key, std::uint64_t value) {
    writer.Key(key);
    writer.Uint64(value);
}

void put(Writer& writer, const char* key, const std::map<std::string, std::uint64_t>& counts) {
    writer.Key(key);
    writer.StartObject();
    for (const auto& [name, count] : counts) put(writer, name.c_str(), count);
    writer.EndObject();
}

}  // namespace

std::uint64_t Stats::accepted() const {
    std::uint64_t sum = 0;
    for (const auto& [name, count] : operations) sum += count.accepted;
    return sum;
}

std::uint64_t Stats::refused() const {
    std::uint64_t sum = 0;
    for (const auto& [name, count] : operations) sum += count.refused;
    return sum;
}

std::string Stats::json() const {
    rapidjson::StringBuffer buffer;
    Writer writer{buffer};
    writer.StartObject();
    writer.Key("operations");
    writer.StartObject();
    for (const auto& [name, count] : operations) {
        writer.Key(name.c_str());
        writer.StartObject();
        put(writer, "requests", count.requests);
        put(writer, "items", count.items);
        put(writer, "accepted", count.accepted);
        put(writer, "refused", count.refused);
        writer.EndObject();
    }
    writer.EndObject();
    put(writer, "accepted", accepted());
    put(writer, "refused", refused());
    put(writer, "refusals", refusals);
    put(writer, "unlistedFields", unlistedFields);
    put(writer, "repeated", repeated);
    put(writer, "repeatedOtherwise", repeatedOtherwise);
    put(writer, "doubled", doubled);
    put(writer, "doubleRefused", doubleRefused);
    put(writer, "certificates", certificates);
    writer.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace lianzheng::sim::national
