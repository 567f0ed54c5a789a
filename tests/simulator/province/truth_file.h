#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace lianzheng::sim::province {

/// What one line of truth.jsonl says, as far as the day's business asks.
struct TruthLine {
    std::string sourceKey;
    bool sound = false;
    bool pushed = false;
    bool mayBeRefused = false;
    std::map<std::string, std::string> record;
};

/// What a day changes in one line: fields of the record, and the rule the platform may refuse it for.
struct TruthPatch {
    std::map<std::string, std::string> fields;
    std::string mayBeRefused;
};

/// Calls `use` for every line in turn. Errors: DatabaseError for a file that cannot be read.
void readTruth(const std::filesystem::path& path, const std::function<void(const TruthLine&)>& use);
/// Rewrites the file with the patches (by source key) applied and `added` lines at its end.
void rewriteTruth(const std::filesystem::path& path, const std::unordered_map<std::string, TruthPatch>& patches,
                  const std::vector<std::string>& added);

}  // namespace lianzheng::sim::province
