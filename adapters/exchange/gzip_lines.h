#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/runtime/result.h"

namespace lianzheng {

/// A text file, compressed with gzip or not by its first bytes, in bounded memory. A byte order mark is left out.
/// Threads: one at a time.
class GzipText {
public:
    /// Fault Unavailable, code `no_file`, when it cannot be opened.
    static Result<GzipText> open(const std::string& file);

    /// The text that comes through an open descriptor, such as a pipe; it is closed in the end.
    static GzipText of(int descriptor);

    /// The next byte, or -1 at the end and on failure.
    int get() { return at_ < size_ ? static_cast<unsigned char>(buffer_[at_++]) : fill(); }
    /// The next byte, left in place.
    int peek();
    /// The next line without its end (LF or CR LF) into `line`; false at the end and on failure. A line longer than
    /// `most` is a failure.
    bool line(std::string& line, std::size_t most);
    /// Past the next line; false where line() would be, but for its length.
    bool skipLine();
    [[nodiscard]] bool failedToRead() const noexcept { return failed_; }

private:
    struct Closing {
        void operator()(void* file) const;
    };
    explicit GzipText(void* file);
    void begin();
    int fill();

    std::unique_ptr<void, Closing> file_;
    std::unique_ptr<char[]> buffer_;
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    bool failed_ = false;
};

/// The longest record that is read, in bytes: far beyond any certificate, and it bounds the memory.
inline constexpr std::size_t kLongestRecord = 1U << 20U;

/// The error of a file's line (from 1).
[[nodiscard]] tl::unexpected<Error> badLine(std::uint64_t line);

}  // namespace lianzheng
