#include "mappings/date_spelling.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace lianzheng {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

unsigned digitAt(std::string_view text, std::size_t at) { return static_cast<unsigned>(text[at] - '0'); }

bool dayExists(unsigned year, unsigned month, unsigned day) {
    constexpr std::array<unsigned, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year == 0 || month < 1 || month > 12 || day < 1) return false;
    if (month == 2 && day == 29) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= kDays.at(month - 1);
}

char digit(unsigned value) { return static_cast<char>('0' + value % 10); }

}  // namespace

std::optional<DateSpelling> DateSpelling::compile(std::string_view pattern) {
    struct Word {
        std::string_view text;
        Token::Kind kind;
        std::uint8_t least, most;
    };
    static constexpr std::array<Word, 8> kWords{{{"yyyy", Token::Kind::Year, 4, 4},
                                                 {"MM", Token::Kind::Month, 2, 2},
                                                 {"M", Token::Kind::Month, 1, 2},
                                                 {"dd", Token::Kind::Day, 2, 2},
                                                 {"d", Token::Kind::Day, 1, 2},
                                                 {"HH", Token::Kind::Hour, 2, 2},
                                                 {"mm", Token::Kind::Minute, 2, 2},
                                                 {"ss", Token::Kind::Second, 2, 2}}};
    DateSpelling spelling;
    if (std::ranges::any_of(pattern, isDigit)) return std::nullopt;
    for (std::size_t at = 0; at < pattern.size();) {
        if (pattern[at] == '*') {
            if (at + 1 != pattern.size()) return std::nullopt;
            spelling.tokens_.push_back({Token::Kind::Rest, 0, 0, {}});
            break;
        }
        const auto* const word =
            std::ranges::find_if(kWords, [&](const Word& w) { return pattern.substr(at).starts_with(w.text); });
        if (word != kWords.end()) {
            spelling.tokens_.push_back({word->kind, word->least, word->most, {}});
            at += word->text.size();
            continue;
        }
        if (spelling.tokens_.empty() || spelling.tokens_.back().kind != Token::Kind::Literal) {
            spelling.tokens_.push_back({Token::Kind::Literal, 0, 0, {}});
        }
        spelling.tokens_.back().literal.push_back(pattern[at++]);
    }
    const auto times = [&](Token::Kind kind) {
        return std::ranges::count_if(spelling.tokens_, [&](const Token& t) { return t.kind == kind; });
    };
    for (const auto kind : {Token::Kind::Year, Token::Kind::Month, Token::Kind::Day}) {
        if (times(kind) != 1) return std::nullopt;
    }
    for (const auto kind : {Token::Kind::Hour, Token::Kind::Minute, Token::Kind::Second}) {
        if (times(kind) > 1) return std::nullopt;
    }
    spelling.fix();
    return spelling;
}

void DateSpelling::fix() {
    places_.fill(kNotThere);
    std::string shape;
    for (const Token& token : tokens_) {
        if (token.kind == Token::Kind::Literal) {
            shape += token.literal;
            continue;
        }
        if (token.kind == Token::Kind::Rest || token.least != token.most) return;
        places_.at(static_cast<std::size_t>(token.kind)) = static_cast<std::int8_t>(shape.size());
        shape.append(token.most, '0');
    }
    constexpr std::size_t kLongest = 100;
    if (shape.size() <= kLongest) shape_ = std::move(shape);
}

bool DateSpelling::fitsShape(std::string_view text) const {
    if (text.size() != shape_.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (shape_[i] == '0' ? !isDigit(text[i]) : text[i] != shape_[i]) return false;
    }
    return true;
}

DateSpelling::Parts DateSpelling::readFixed(std::string_view text) const {
    const auto two = [&](std::size_t part) -> unsigned {
        if (places_[part] == kNotThere) return 0;
        const auto at = static_cast<std::size_t>(places_[part]);
        return digitAt(text, at) * 10 + digitAt(text, at + 1);
    };
    const auto year = static_cast<std::size_t>(places_[0]);
    const unsigned century = digitAt(text, year) * 10 + digitAt(text, year + 1);
    const unsigned inCentury = digitAt(text, year + 2) * 10 + digitAt(text, year + 3);
    return {static_cast<int>(century * 100 + inCentury), two(1), two(2), two(3), two(4), two(5)};
}

std::optional<DateSpelling::Parts> DateSpelling::read(std::string_view text) const {
    std::optional<Parts> parts;
    if (shape_.empty()) {
        parts = readFree(text);
    } else if (fitsShape(text)) {
        parts = readFixed(text);
    }
    if (!parts || parts->hour > 23 || parts->minute > 59 || parts->second > 59) return std::nullopt;
    if (!dayExists(static_cast<unsigned>(parts->year), parts->month, parts->day)) return std::nullopt;
    return parts;
}

std::optional<DateSpelling::Parts> DateSpelling::readFree(std::string_view text) const {
    Parts parts;
    std::size_t at = 0;
    for (const Token& token : tokens_) {
        if (token.kind == Token::Kind::Rest) {
            at = text.size();
            break;
        }
        if (token.kind == Token::Kind::Literal) {
            if (at >= text.size() || text[at] != token.literal[0]) return std::nullopt;
            if (text.substr(at, token.literal.size()) != token.literal) return std::nullopt;
            at += token.literal.size();
            continue;
        }
        unsigned value = 0;
        unsigned digits = 0;
        while (digits < token.most && at < text.size() && isDigit(text[at])) {
            value = value * 10 + digitAt(text, at++);
            ++digits;
        }
        if (digits < token.least) return std::nullopt;
        switch (token.kind) {
            case Token::Kind::Year:
                parts.year = static_cast<int>(value);
                break;
            case Token::Kind::Month:
                parts.month = value;
                break;
            case Token::Kind::Day:
                parts.day = value;
                break;
            case Token::Kind::Hour:
                parts.hour = value;
                break;
            case Token::Kind::Minute:
                parts.minute = value;
                break;
            case Token::Kind::Second:
                parts.second = value;
                break;
            case Token::Kind::Literal:
            case Token::Kind::Rest:
                break;
        }
    }
    return at == text.size() ? std::optional{parts} : std::nullopt;
}

std::optional<DateSpelling::Parts> DateSpellings::read(std::string_view text) const {
    for (const DateSpelling& spelling : spellings_) {
        if (auto parts = spelling.read(text)) return parts;
    }
    return std::nullopt;
}

bool DateSpellings::day(std::string_view text, std::string& out) const {
    const auto parts = read(text);
    if (!parts) return false;
    const auto year = static_cast<unsigned>(parts->year);
    const std::array<char, 10> written{digit(year / 1000),
                                       digit(year / 100),
                                       digit(year / 10),
                                       digit(year),
                                       '-',
                                       digit(parts->month / 10),
                                       digit(parts->month),
                                       '-',
                                       digit(parts->day / 10),
                                       digit(parts->day)};
    out.assign(written.data(), written.size());
    return true;
}

namespace {

/// The zone at the end of an instant, `Z`, `+08`, `+0800` or `+08:00`, taken off `text`; nothing when there is none or
/// it is no zone.
std::optional<std::chrono::minutes> takeZone(std::string_view& text) {
    if (text.ends_with('Z')) {
        text.remove_suffix(1);
        return std::chrono::minutes{0};
    }
    constexpr std::size_t kTime = 11;  // the signs before it belong to the day
    const std::size_t at = text.find_last_of("+-");
    if (at == std::string_view::npos || at < kTime) return std::nullopt;
    std::string digits;
    for (const char c : text.substr(at + 1)) {
        if (c == ':' && digits.size() == 2) continue;
        if (!isDigit(c)) return std::nullopt;
        digits += c;
    }
    if (digits.size() == 2) digits += "00";
    if (digits.size() != 4) return std::nullopt;
    const std::chrono::minutes ahead{(digitAt(digits, 0) * 10 + digitAt(digits, 1)) * 60 + digitAt(digits, 2) * 10 +
                                     digitAt(digits, 3)};
    const bool west = text[at] == '-';
    text = text.substr(0, at);
    return west ? -ahead : ahead;
}

/// yyyy-MM-dd HH:mm[:ss[.fraction]], with a blank or a T between, as databases write an instant.
std::optional<DateSpelling::Parts> databaseInstant(std::string_view text) {
    static const auto kMinutes = DateSpelling::compile("yyyy-MM-dd HH:mm");
    static const auto kSeconds = DateSpelling::compile("yyyy-MM-dd HH:mm:ss");
    std::string plain(text);
    if (plain.size() > 10 && plain[10] == 'T') plain[10] = ' ';
    if (const std::size_t dot = plain.find('.'); dot != std::string::npos) {
        const std::string fraction = plain.substr(dot + 1);
        if (fraction.empty() || !std::all_of(fraction.begin(), fraction.end(), isDigit)) return std::nullopt;
        plain.resize(dot);
        return kSeconds->read(plain);
    }
    if (auto parts = kSeconds->read(plain)) return parts;
    return kMinutes->read(plain);
}

}  // namespace

std::optional<TimePoint> DateSpellings::instant(std::string_view text, std::chrono::minutes offset) const {
    auto parts = read(text);
    if (!parts) {
        std::string_view local = text;
        if (const auto zone = takeZone(local)) offset = *zone;
        parts = databaseInstant(local);
    }
    if (!parts) return std::nullopt;
    const auto day = Date::of(parts->year, parts->month, parts->day);
    if (!day) return std::nullopt;
    return TimePoint{day->days()} + std::chrono::hours{parts->hour} + std::chrono::minutes{parts->minute} +
           std::chrono::seconds{parts->second} - offset;
}

bool isIsoDay(std::string_view text) noexcept {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    for (const std::size_t at : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
        if (!isDigit(text[at])) return false;
    }
    const unsigned year = digitAt(text, 0) * 1000 + digitAt(text, 1) * 100 + digitAt(text, 2) * 10 + digitAt(text, 3);
    return dayExists(year, digitAt(text, 5) * 10 + digitAt(text, 6), digitAt(text, 8) * 10 + digitAt(text, 9));
}

}  // namespace lianzheng
