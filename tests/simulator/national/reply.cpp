#include "tests/simulator/national/reply.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string_view>

namespace lianzheng::sim::national {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Writer& writer, std::string_view text) {
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void putList(Writer& writer, const char* list, const char* guid, const char* text,
             const std::vector<ItemMessage>& messages, bool leaveOutEmpty) {
    if (leaveOutEmpty && messages.empty()) return;
    writer.Key(list);
    writer.StartArray();
    for (const ItemMessage& message : messages) {
        writer.StartObject();
        writer.Key(guid);
        put(writer, message.guid);
        writer.Key(text);
        put(writer, message.text);
        writer.EndObject();
    }
    writer.EndArray();
}

void putData(Writer& writer, const Reply& reply, bool leaveOutEmpty) {
    writer.StartObject();
    if (!leaveOutEmpty || !reply.success.empty()) {
        writer.Key("SuccessData");
        writer.StartArray();
        for (const Fields& item : reply.success) {
            writer.StartObject();
            for (const auto& [name, value] : item) {
                put(writer, name);
                put(writer, value);
            }
            writer.EndObject();
        }
        writer.EndArray();
    }
    putList(writer, "WarnData", "WarnGuid", "WarnMsg", reply.warnings, leaveOutEmpty);
    putList(writer, "ErrorData", "ErrorGuid", "ErrorMsg", reply.errors, leaveOutEmpty);
    writer.EndObject();
}

void putAnswer(Writer& writer, const Reply& reply, const Shape& shape) {
    writer.StartObject();
    writer.Key("ReturnCode");
    const int code = reply.returnCode();
    if (shape.numericCode) {
        writer.Int(code);
    } else {
        put(writer, std::to_string(code));
    }
    writer.Key("ReturnMsg");
    put(writer, reply.message);
    if (reply.total) {
        writer.Key("TotalCount");
        put(writer, std::to_string(*reply.total));
    }
    const bool nothingToSay =
        reply.errors.empty() && reply.warnings.empty() && (reply.success.empty() || !reply.successMatters);
    if (!nothingToSay || shape.sparse == SparseData::No || shape.sparse == SparseData::EmptyListsAbsent) {
        writer.Key("ReturnData");
        putData(writer, reply, shape.sparse != SparseData::No);
    } else if (shape.sparse != SparseData::Absent) {
        writer.Key("ReturnData");
        if (shape.sparse == SparseData::Null) {
            writer.Null();
        } else {
            put(writer, "");
        }
    }
    writer.EndObject();
}

}  // namespace

int Reply::returnCode() const {
    if (!errors.empty() || kind != Kind::Answer) return 0;
    return warnings.empty() ? 1 : 2;
}

std::string render(const Reply& reply, const Shape& shape) {
    rapidjson::StringBuffer buffer;
    Writer writer{buffer};
    if (shape.wrapped) {
        writer.StartObject();
        writer.Key("custom");
        putAnswer(writer, reply, shape);
        writer.Key("status");
        writer.StartObject();
        writer.Key("code");
        put(writer, "1");
        writer.EndObject();
        writer.EndObject();
    } else {
        putAnswer(writer, reply, shape);
    }
    return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace lianzheng::sim::national
