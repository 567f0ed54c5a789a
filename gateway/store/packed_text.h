#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mappings/record_digest.h"

namespace lianzheng {

/// Values in one line of text: separated by tabs, exact for any bytes (`\t \\ \n \r`, and `\xHH` for what is no UTF-8),
/// so that every database takes it and gives it back as it was.
class PackedWriter {
public:
    PackedWriter& add(std::string_view value);
    PackedWriter& add(std::int64_t value);
    PackedWriter& add(const Digest& value) { return add(value.hex()); }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    void separate();
    std::string text_;
    bool begun_ = false;
};

/// Reads what PackedWriter wrote, in the same order. A value that is not there or not of its form makes `good` false
/// for the rest of the reader's life.
class PackedReader {
public:
    explicit PackedReader(std::string_view text) : rest_(text) {}
    std::string text();
    std::int64_t integer();
    Digest digest();
    [[nodiscard]] bool good() const noexcept { return good_; }
    /// Everything was read, and all of it was good.
    [[nodiscard]] bool finished() const noexcept { return good_ && ended_; }

private:
    std::string_view field();
    std::string_view rest_;
    bool good_ = true;
    bool ended_ = false;
};

/// Length in bytes of the well-formed UTF-8 character at the beginning of `text`; 0 when there is none, or it is NUL.
std::size_t utf8Length(std::string_view text) noexcept;

}  // namespace lianzheng
