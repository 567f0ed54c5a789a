#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "adapters/exchange/gzip_lines.h"

namespace lianzheng {

/// Records of RFC 4180: quotes doubled, line ends inside quotes, LF or CR LF. Cells are reused from record to record.
/// Threads: one at a time. Errors: Corrupt, `line:N` of the record that cannot be read.
class CsvReader {
public:
    explicit CsvReader(GzipText text) : text_(std::move(text)) {}

    /// The next record that is not an empty line; nothing at the end.
    Result<bool> next();
    [[nodiscard]] std::size_t cells() const noexcept { return count_; }
    [[nodiscard]] const std::string& cell(std::size_t i) const { return cells_[i]; }
    /// Where the record began.
    [[nodiscard]] std::uint64_t line() const noexcept { return recordLine_; }
    /// Whether the text has been read to its end; may wait for more of it.
    bool atEnd() { return text_.peek() < 0; }

private:
    enum class End : std::uint8_t { Cell, Record, File, Bad };
    End readCell();
    End readQuoted(std::string& cell);
    /// After a cell whose last byte was read, `byte` ends it.
    End endOf(int byte);
    std::string& freshCell();

    GzipText text_;
    std::vector<std::string> cells_;
    std::size_t count_ = 0;
    std::size_t bytes_ = 0;
    std::uint64_t line_ = 1;
    std::uint64_t recordLine_ = 1;
};

}  // namespace lianzheng
