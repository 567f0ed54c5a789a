#include "tests/simulator/province/truth_file.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>

#include "tests/simulator/province/database.h"

namespace lianzheng::sim::province {

namespace {

using rapidjson::Document;

std::ifstream opened(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw DatabaseError("cannot read " + path.string());
    return file;
}

Document parsed(const std::string& line) {
    Document document;
    if (document.Parse(line.c_str()).HasParseError() || !document.IsObject()) {
        throw DatabaseError("truth.jsonl has a line that is no JSON object");
    }
    return document;
}

void setText(rapidjson::Value& object, const std::string& key, const std::string& value,
             Document::AllocatorType& allocator) {
    rapidjson::Value text(value.c_str(), static_cast<rapidjson::SizeType>(value.size()), allocator);
    const auto found = object.FindMember(key.c_str());
    if (found != object.MemberEnd()) {
        found->value = text;
    } else {
        object.AddMember(rapidjson::Value(key.c_str(), allocator), text, allocator);
    }
}

std::string patched(const std::string& line, const TruthPatch& patch) {
    Document document = parsed(line);
    for (const auto& [name, value] : patch.fields) {
        setText(document["record"], name, value, document.GetAllocator());
    }
    if (!patch.mayBeRefused.empty()) {
        setText(document, "mayBeRefused", patch.mayBeRefused, document.GetAllocator());
    }
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    document.Accept(writer);
    return buffer.GetString();
}

/// The source key without parsing the whole line; certNum, which stands before it, holds no quotes.
std::string keyOf(const std::string& line) {
    static constexpr std::string_view kMark = "\"sourceKey\":\"";
    const auto at = line.find(kMark);
    if (at == std::string::npos) return {};
    const auto begin = at + kMark.size();
    return line.substr(begin, line.find('"', begin) - begin);
}

}  // namespace

void readTruth(const std::filesystem::path& path, const std::function<void(const TruthLine&)>& use) {
    std::ifstream file = opened(path);
    for (std::string line; std::getline(file, line);) {
        const Document document = parsed(line);
        TruthLine truth;
        truth.sourceKey = document["sourceKey"].GetString();
        truth.sound = document["sound"].GetBool();
        truth.pushed = document["pushed"].GetBool();
        truth.mayBeRefused = document.HasMember("mayBeRefused");
        if (document.HasMember("record")) {
            for (const auto& field : document["record"].GetObject()) {
                truth.record.emplace(field.name.GetString(), field.value.GetString());
            }
        }
        use(truth);
    }
}

void rewriteTruth(const std::filesystem::path& path, const std::unordered_map<std::string, TruthPatch>& patches,
                  const std::vector<std::string>& added) {
    const std::filesystem::path fresh = path.string() + ".new";
    {
        std::ifstream before = opened(path);
        std::ofstream after(fresh, std::ios::binary | std::ios::trunc);
        for (std::string line; std::getline(before, line);) {
            const auto patch = patches.find(keyOf(line));
            after << (patch == patches.end() ? line : patched(line, patch->second)) << '\n';
        }
        for (const std::string& line : added) after << line << '\n';
        if (!after.flush()) throw DatabaseError("cannot write " + fresh.string());
    }
    std::filesystem::rename(fresh, path);
}

}  // namespace lianzheng::sim::province
