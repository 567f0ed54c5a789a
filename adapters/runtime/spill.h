#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"

namespace lianzheng {

/// A file for what does not fit into memory, readable by its owner alone and without a name from the beginning, so that
/// nothing stays behind however the program ends. Errors: Corrupt `disk_full` or `io`, where `exchange.scratch`.
class ScratchFile {
public:
    static Result<std::unique_ptr<ScratchFile>> make(const std::string& directory);
    ~ScratchFile();
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    Status append(std::string_view bytes);
    /// What is still in memory is written.
    Status flush();
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    /// Up to `count` bytes from `offset`; flush() came before.
    Result<std::size_t> read(std::uint64_t offset, char* into, std::size_t count) const;

private:
    explicit ScratchFile(int descriptor) : descriptor_(descriptor) {}
    [[nodiscard]] Status write(std::string_view bytes) const;
    int descriptor_;
    std::uint64_t size_ = 0;
    std::string pending_;
};

/// Reads key and payload pairs that were written by appendPair, from one part of a file.
class PairReader {
public:
    PairReader(const ScratchFile& file, std::uint64_t from, std::uint64_t to) : file_(&file), at_(from), end_(to) {}
    /// False at the end. The views hold until the next call.
    Result<bool> next();
    [[nodiscard]] std::string_view key() const noexcept { return key_; }
    [[nodiscard]] std::string_view payload() const noexcept { return payload_; }

private:
    Result<bool> need(std::size_t bytes);
    const ScratchFile* file_;
    std::uint64_t at_;
    std::uint64_t end_;
    std::string buffer_;
    std::size_t used_ = 0;
    std::string_view key_;
    std::string_view payload_;
};

Status appendPair(ScratchFile& file, std::string_view key, std::string_view payload);

/// Orders pairs by the bytes of their keys, equal ones as they came, in at most about `memory` bytes; runs go to one
/// scratch file, which is not made while everything fits.
class SpillSorter {
public:
    SpillSorter(std::string directory, std::size_t memory) : directory_(std::move(directory)), memory_(memory) {}
    Status add(std::string_view key, std::string_view payload);
    /// Ends adding.
    Status sort();
    /// The next pair in order; false at the end. The views hold until the next call.
    Result<bool> next();
    [[nodiscard]] std::string_view key() const noexcept { return key_; }
    [[nodiscard]] std::string_view payload() const noexcept { return payload_; }
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

private:
    struct Entry {
        std::uint64_t prefix;  ///< the key's first bytes as a number: decides nearly always
        std::size_t offset;
        std::uint32_t keySize;
        std::uint32_t payloadSize;
    };
    [[nodiscard]] std::string_view keyOf(const Entry& entry) const {
        return std::string_view(bytes_).substr(entry.offset, entry.keySize);
    }
    void sortEntries();
    Status spill();
    [[nodiscard]] bool after(std::size_t one, std::size_t other) const;
    Result<bool> nextOfRuns();

    std::string directory_;
    std::size_t memory_;
    std::string bytes_;
    std::vector<Entry> entries_;
    std::unique_ptr<ScratchFile> file_;
    std::vector<std::uint64_t> ends_;  ///< of the runs, in the file
    std::vector<PairReader> runs_;
    std::vector<std::size_t> heap_;
    std::size_t position_ = 0;
    bool advance_ = false;  ///< the run at the heap's front is yet to be moved on
    std::uint64_t size_ = 0;
    std::string_view key_;
    std::string_view payload_;
};

}  // namespace lianzheng
