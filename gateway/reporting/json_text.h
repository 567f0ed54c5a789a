#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <rapidjson/ostreamwrapper.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace lianzheng {

/// A JSON writer that takes our strings. `Stream` is RapidJSON's.
template <class Stream>
class JsonText {
public:
    explicit JsonText(Stream& stream) : writer_(stream) {}
    void begin() { writer_.StartObject(); }
    void begin(std::string_view key) { name(key), begin(); }
    void end() { writer_.EndObject(); }
    void beginList(std::string_view key) { name(key), writer_.StartArray(); }
    void endList() { writer_.EndArray(); }
    void name(std::string_view key) { writer_.Key(key.data(), static_cast<rapidjson::SizeType>(key.size())); }
    void text(std::string_view value) { writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); }
    void number(std::uint64_t value) { writer_.Uint64(value); }
    void put(std::string_view key, std::string_view value) { name(key), text(value); }
    void put(std::string_view key, const std::string& value) { put(key, std::string_view(value)); }
    void put(std::string_view key, const char* value) { put(key, std::string_view(value)); }
    void put(std::string_view key, std::uint64_t value) { name(key), writer_.Uint64(value); }
    void put(std::string_view key, std::int64_t value) { name(key), writer_.Int64(value); }
    void put(std::string_view key, int value) { name(key), writer_.Int(value); }
    void put(std::string_view key, bool value) { name(key), writer_.Bool(value); }

private:
    rapidjson::Writer<Stream> writer_;
};

}  // namespace lianzheng
