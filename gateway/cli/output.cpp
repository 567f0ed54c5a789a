#include "gateway/cli/output.h"

#include <fmt/format.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <cstdio>

namespace lianzheng {
namespace {

template <class Writer>
void put(Writer& writer, std::string_view text) {
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

template <class Writer>
void putKey(Writer& writer, std::string_view text) {
    writer.Key(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

}  // namespace

void Output::fail(const Error& found, bool english) {
    result = word(found.fault);
    problems.push_back(explain(found, english));
    exitCode = exitCodeOf(found);
    error = found;
}

void Output::fail(const FileProblems& found) {
    result = "configuration";
    for (const FileProblem& problem : found) problems.push_back(str(problem));
    exitCode = ExitCode::Configuration;
}

std::string jsonText(const Output& output) {
    rapidjson::StringBuffer buffer;
    rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
    writer.SetIndent(' ', 2);
    writer.StartObject();
    putKey(writer, "command");
    put(writer, output.command);
    putKey(writer, "version");
    put(writer, LIANZHENG_VERSION);
    putKey(writer, "result");
    put(writer, output.result);
    putKey(writer, "counts");
    writer.StartObject();
    for (const auto& [name, count] : output.counts) {
        putKey(writer, name);
        writer.Uint64(count);
    }
    writer.EndObject();
    putKey(writer, "items");
    writer.StartArray();
    for (const OutputItem& item : output.items) {
        writer.StartObject();
        for (const auto& [name, value] : item) {
            putKey(writer, name);
            put(writer, value);
        }
        writer.EndObject();
    }
    writer.EndArray();
    putKey(writer, "problems");
    writer.StartArray();
    for (const std::string& problem : output.problems) put(writer, problem);
    writer.EndArray();
    writer.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

void print(const Output& output, bool json) {
    if (json) {
        fmt::print("{}\n", jsonText(output));
        return;
    }
    for (const std::string& line : output.lines) fmt::print("{}\n", line);
    static_cast<void>(std::fflush(stdout));
    for (const std::string& problem : output.problems) fmt::print(stderr, "{}\n", problem);
}

}  // namespace lianzheng
