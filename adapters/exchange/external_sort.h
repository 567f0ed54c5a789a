#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"

namespace lianzheng {

/// Sorts records by the bytes of their keys in bounded memory; equal keys keep their order. What does not fit lies in
/// files of `directory`, readable by their owner alone and without a name from the beginning, so that nothing stays
/// behind however the program ends. Faults: Corrupt `disk_full` or `io`.
class ExternalSort {
public:
    ExternalSort(std::string directory, std::size_t memoryBytes)
        : directory_(std::move(directory)), memoryBytes_(memoryBytes) {}

    Status add(std::string_view key, std::string_view record);
    using Sink = std::function<bool(std::string_view record)>;
    /// Gives all records in order, once; ends early when the sink returns false.
    Status drain(const Sink& sink);

private:
    struct Closing {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    using File = std::unique_ptr<std::FILE, Closing>;
    struct Entry {
        std::size_t at;
        std::uint32_t keySize;
        std::uint32_t recordSize;
    };
    class Run;

    [[nodiscard]] std::string_view keyOf(const Entry& entry) const;
    [[nodiscard]] std::string_view recordOf(const Entry& entry) const;
    void sortEntries();
    Result<File> newFile() const;
    Status spill();
    /// Merges all runs into one when there are too many to be open side by side.
    Status mergeRuns();
    using Each = std::function<Result<bool>(std::string_view key, std::string_view record)>;
    Status merge(const Each& each);

    std::string directory_;
    std::size_t memoryBytes_;
    std::string arena_;
    std::vector<Entry> entries_;
    std::vector<File> runs_;
};

}  // namespace lianzheng
