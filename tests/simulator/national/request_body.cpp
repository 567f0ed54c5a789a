#include "tests/simulator/national/request_body.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace lianzheng::sim::national {

namespace {

std::string textOf(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

bool isTextPair(const rapidjson::Value& element) {
    if (!element.IsObject()) return false;
    for (const auto& member : element.GetObject()) {
        const std::string name = textOf(member.name);
        if ((name != "itemvalue" && name != "itemtext") || !member.value.IsString()) return false;
    }
    return element.MemberCount() == 2;
}

std::optional<std::string> businessInformation(const rapidjson::Value& value) {
    if (value.IsString() && value.GetStringLength() == 0) return std::string{};
    if (!value.IsArray()) return std::nullopt;
    if (value.Empty()) return std::string{};
    for (const auto& element : value.GetArray()) {
        if (!isTextPair(element)) return std::nullopt;
    }
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
    value.Accept(writer);
    return std::string{buffer.GetString(), buffer.GetSize()};
}

Item itemOf(const rapidjson::Value& object) {
    Item item;
    for (const auto& member : object.GetObject()) {
        std::string name = textOf(member.name);
        std::optional<std::string> text;
        if (name == "businessInformation") {
            text = businessInformation(member.value);
        } else if (member.value.IsString()) {
            text = textOf(member.value);
        }
        if (!text) {
            if (item.problem.empty()) item.problem = name + "数据类型不正确";
            continue;
        }
        if (!item.fields.emplace(name, std::move(*text)).second) item.problem = name + "重复";
    }
    return item;
}

}  // namespace

std::optional<std::vector<Item>> parseItems(std::string_view body) {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseValidateEncodingFlag>(body.data(), body.size());
    if (document.HasParseError() || !document.IsObject()) return std::nullopt;
    const auto list = document.FindMember("AcceptData");
    if (list == document.MemberEnd() || !list->value.IsArray()) return std::nullopt;
    std::vector<Item> items;
    for (const auto& element : list->value.GetArray()) {
        if (!element.IsObject()) return std::nullopt;
        items.push_back(itemOf(element));
    }
    return items;
}

}  // namespace lianzheng::sim::national
