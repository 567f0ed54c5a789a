#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/cli/exit_code.h"
#include "mappings/problem.h"

namespace lianzheng {

/// One row of a command's answer: names and texts in order.
using OutputItem = std::vector<std::pair<std::string, std::string>>;

/// What a command has to say: as text for people, or as the one JSON object {command, version, result, counts, items,
/// problems} of docs/schema/.
struct Output {
    std::string command;
    std::string result = "ok";
    std::map<std::string, std::uint64_t> counts;
    std::vector<OutputItem> items;
    std::vector<std::string> problems;
    std::vector<std::string> lines;  ///< the text; not part of the JSON object
    ExitCode exitCode = ExitCode::InStep;
    std::optional<Error> error;  ///< what ended the command; it is among the problems

    void line(std::string text) { lines.push_back(std::move(text)); }
    /// An error ends the command: its sentence, its exit code.
    void fail(const Error& found, bool english);
    void fail(const FileProblems& found);
};

/// Text to standard output and problems to standard error, or the object to standard output.
void print(const Output& output, bool json);
/// The JSON object.
std::string jsonText(const Output& output);

}  // namespace lianzheng
