#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/date.h"

namespace lianzheng {

/// One way in which a source writes a day, perhaps with a time: `yyyy`, `MM` or `M`, `dd` or `d`, `HH`, `mm`, `ss` and
/// anything else as it stands; a `*` at the end takes whatever follows (a time nobody needs).
class DateSpelling {
public:
    /// Nothing when `pattern` does not say year, month and day exactly once, has a `*` that is not its end, or a digit.
    static std::optional<DateSpelling> compile(std::string_view pattern);

    /// The parts as read; `part` of those that the pattern does not have is 0.
    struct Parts {
        int year = 0;
        unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
    };
    /// The parts of `text`, in range and of a day that exists; nothing when it is spelt otherwise.
    [[nodiscard]] std::optional<Parts> read(std::string_view text) const;

private:
    struct Token {
        enum class Kind : std::uint8_t { Year, Month, Day, Hour, Minute, Second, Literal, Rest };
        Kind kind{};
        std::uint8_t least = 0;  ///< digits
        std::uint8_t most = 0;
        std::string literal;
    };
    static constexpr std::int8_t kNotThere = -1;
    [[nodiscard]] bool fitsShape(std::string_view text) const;
    [[nodiscard]] Parts readFixed(std::string_view text) const;
    [[nodiscard]] std::optional<Parts> readFree(std::string_view text) const;
    void fix();

    std::vector<Token> tokens_;
    /// Where every part has its place: a 0 for each digit, the rest as it stands. Empty for a free spelling.
    std::string shape_;
    std::array<std::int8_t, 6> places_{};  ///< of year, month, day, hour, minute, second in `shape_`
};

/// All the spellings of one source, in order.
class DateSpellings {
public:
    void add(DateSpelling spelling) { spellings_.push_back(std::move(spelling)); }
    [[nodiscard]] bool empty() const noexcept { return spellings_.empty(); }
    [[nodiscard]] std::optional<DateSpelling::Parts> read(std::string_view text) const;
    /// Writes the day of `text` into `out` as yyyy-MM-dd. False when no spelling fits or the day does not exist.
    bool day(std::string_view text, std::string& out) const;
    /// The instant of `text`, which is local time `offset` ahead of UTC: in a spelling of the source's, or as databases
    /// write one (yyyy-MM-dd HH:mm:ss, perhaps with a T, a fraction, and a zone of its own).
    [[nodiscard]] std::optional<TimePoint> instant(std::string_view text, std::chrono::minutes offset) const;

private:
    std::vector<DateSpelling> spellings_;
};

/// Whether `text` is yyyy-MM-dd of a day that exists. Allocates nothing.
bool isIsoDay(std::string_view text) noexcept;

}  // namespace lianzheng
