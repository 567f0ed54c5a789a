#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"
#include "adapters/runtime/spill.h"

namespace lianzheng {

/// Orders payloads by 64-bit hashes, equal ones as they came, in at most about `memory` bytes. Hashes spread evenly, so
/// what is added is dealt out by their first bits as it comes, and only one part at a time is sorted: cheaper than
/// sorting and merging runs. What does not fit goes to one scratch file, which is not made before.
/// Errors: as ScratchFile. Threads: one at a time.
class HashSorter {
public:
    HashSorter(std::string directory, std::size_t memory);
    Status add(std::uint64_t hash, std::string_view payload);
    /// Ends adding.
    Status sort();
    /// The next one in order; false at the end. The payload holds until the next call.
    Result<bool> next();
    [[nodiscard]] std::uint64_t hash() const noexcept { return hash_; }
    [[nodiscard]] std::string_view payload() const noexcept { return payload_; }

private:
    static constexpr unsigned kPartBits = 8;
    struct Span {
        std::uint64_t from = 0;
        std::size_t size = 0;
    };
    struct Part {
        std::string pending;      ///< what is not in the file
        std::vector<Span> spans;  ///< what is
        std::size_t bytes = 0;    ///< of both
    };
    struct Entry {
        std::uint64_t hash;
        std::uint32_t offset;
        std::uint32_t size;
    };
    Status spill(Part& part);
    /// Brings a part into order: in memory, or else by a sorter of its own.
    Status load(Part& part);
    Status loadLarge(Part& part);
    Status fetch(Span span);
    Result<bool> nextOfLarge();

    std::string directory_;
    std::size_t chunk_;  ///< bytes of a part that may wait in memory
    std::size_t most_;   ///< bytes of a part that are sorted in memory
    std::array<Part, std::size_t{1} << kPartBits> parts_;
    std::unique_ptr<ScratchFile> file_;
    std::size_t part_ = 0;  ///< the next one to be loaded
    std::string bytes_;     ///< of the part that is being given
    std::vector<Entry> entries_;
    std::size_t position_ = 0;
    std::optional<SpillSorter> large_;  ///< instead, for a part that does not fit
    std::uint64_t hash_ = 0;
    std::string_view payload_;
};

}  // namespace lianzheng
