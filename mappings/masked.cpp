#include "mappings/masked.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "mappings/licence_identifier.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

constexpr std::size_t kShownFirst = 6;
constexpr std::size_t kShownLast = 4;
// With fewer characters, six and four would leave next to nothing hidden. It is the length of the older numbers, too.
constexpr std::size_t kLongEnough = 15;
constexpr std::size_t kLongestLicence = 80;  ///< a licence identifier's bytes at most
constexpr std::size_t kResident = 18;
constexpr std::size_t kRegion = 6;
/// Of blanks and hyphens between two characters of one number; more of them part two.
constexpr std::size_t kWidestGap = 3;
constexpr char kGap = ' ';

/// What a character may be of an identity number: a digit, X, a blank or hyphen within (kGap), or nothing (0).
struct Sign {
    char is = 0;
    std::size_t bytes = 1;
    [[nodiscard]] bool counts() const { return is != 0 && is != kGap; }
};

char asciiSign(char c) {
    if (c >= '0' && c <= '9') return c;
    if (c == 'X' || c == 'x') return 'X';
    return c == ' ' || c == '\t' || c == '-' ? kGap : '\0';
}

/// Beyond ASCII: blanks of all widths, U+2000–U+2015 with their dashes, the minus sign, and full-width characters.
Sign signAt(std::string_view text, std::size_t at) {
    const char first = text[at];
    if (static_cast<unsigned char>(first) < 0x80) return {asciiSign(first), 1};
    if (first == '\xC2' && text.substr(at, 2) == "\u00A0") return {kGap, 2};
    const std::string_view three = text.substr(at, 3);
    if (first == '\xE2' && ((three >= "\u2000" && three <= "\u2015") || three == "\u2212")) return {kGap, 3};
    if (first == '\xE3' || first == '\xEF') {
        const std::string narrow = halfWidth(three);
        if (narrow.size() == 1) return {asciiSign(narrow.front()), 3};
    }
    return {};
}

/// One digit or X of a text.
struct Character {
    std::size_t begin = 0;
    std::size_t bytes = 0;
    char is = 0;
    bool apart = false;  ///< from the one before it
    [[nodiscard]] std::size_t end() const { return begin + bytes; }
};
using Characters = std::vector<Character>;

/// The digits and X from `at` on, where one stands, as far as no more than blanks and hyphens part them.
void readCharacters(std::string_view text, std::size_t at, Characters& into) {
    into.clear();
    for (std::size_t gap = 0; at < text.size() && gap <= kWidestGap;) {
        const Sign sign = signAt(text, at);
        if (sign.is == 0) return;
        if (sign.counts()) into.push_back({at, sign.bytes, sign.is, gap != 0});
        gap = sign.counts() ? 0 : gap + 1;
        at += sign.bytes;
    }
}

std::size_t runEnd(const Characters& all, std::size_t from) {
    std::size_t end = from + 1;
    while (end < all.size() && !all[end].apart) ++end;
    return end;
}

/// The provinces' first two digits (GB/T 2260), residence permits and foreigners among them.
bool isRegion(char tens, char ones) {
    constexpr std::array<int, 10> kLast{0, 5, 3, 7, 6, 4, 5, 1, 3, 1};
    const int last = kLast.at(static_cast<std::size_t>(tens - '0'));
    return ones >= '1' && ones - '0' <= last;
}

/// Whether these are digits but for an X at the end, and begin as a person's number does.
bool mayBePerson(const Characters& all, std::size_t from, std::size_t length) {
    for (std::size_t i = from; i + 1 < from + length; ++i) {
        if (all[i].is == 'X') return false;
    }
    return isRegion(all[from].is, all[from + 1].is);
}

/// The number that two characters write.
int pairAt(const Characters& all, std::size_t at) { return (all[at].is - '0') * 10 + all[at + 1].is - '0'; }

/// Eighteen are told by their century, whatever day they write: a misspelt number is somebody's, too.
bool isResident(const Characters& all, std::size_t from) {
    const int century = pairAt(all, from + kRegion);
    return mayBePerson(all, from, kResident) && (century == 19 || century == 20);
}

/// Fifteen have no century: they must write a day, and none of them may be a mobile telephone's number.
bool isOlder(const Characters& all, std::size_t from) {
    constexpr std::size_t kMobile = 11;
    if (!mayBePerson(all, from, kLongEnough) || all[from + kLongEnough - 1].is == 'X') return false;
    for (std::size_t at = from; at < from + kLongEnough; at = runEnd(all, at)) {
        if (runEnd(all, at) - at == kMobile && all[at].is == '1') return false;
    }
    const int month = pairAt(all, from + kRegion + 2);
    const int day = pairAt(all, from + kRegion + 4);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/// Where a number ends that begins at `from` and is written with blanks or hyphens within; `from` when none is.
std::size_t partedEnd(const Characters& all, std::size_t from) {
    const auto ends = [&](std::size_t length) {
        const std::size_t end = from + length;
        return runEnd(all, from) < end && end <= all.size() && (end == all.size() || all[end].apart);
    };
    if (ends(kResident) && isResident(all, from)) return from + kResident;
    if (ends(kLongEnough) && isOlder(all, from)) return from + kLongEnough;
    return from;
}

/// The characters themselves, without what parts them.
std::string joined(std::string_view text, const Characters& all, std::size_t from, std::size_t end) {
    std::string out;
    for (std::size_t i = from; i < end; ++i) out += text.substr(all[i].begin, all[i].bytes);
    return out;
}

/// Appends the text of `all` with what is somebody's number masked.
void appendMasked(std::string_view text, const Characters& all, std::size_t hidden, std::string& out) {
    for (std::size_t from = 0; from < all.size();) {
        if (from != 0) out += text.substr(all[from - 1].end(), all[from].begin - all[from - 1].end());
        std::size_t end = partedEnd(all, from);
        const bool parted = end != from;
        if (!parted) end = runEnd(all, from);
        if (parted || end - from >= kLongEnough) {
            out += masked(joined(text, all, from, end));
        } else if (end - from >= hidden) {
            out.append(end - from, '*');
        } else {
            out += joined(text, all, from, end);
        }
        from = end;
    }
}

/// Bytes of the licence identifier that begins at `at`, 0 when none does.
std::size_t licenceAt(std::string_view text, std::size_t at) {
    // No further than an identifier can be: what is masked may be of any size.
    text = text.substr(at, kLongestLicence + 1);
    if (!text.starts_with("1.2.156.3005.")) return 0;
    std::string_view word = text.substr(0, text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ."));
    while (word.ends_with('.')) word.remove_suffix(1);  // a sentence's
    return LicenceIdentifier::parse(word) ? word.size() : 0;
}

}  // namespace

std::string masked(std::string_view identityCard) {
    // Where each character begins: a foreign document's number need not be ASCII.
    std::vector<std::size_t> begins;
    begins.reserve(identityCard.size() + 1);
    for (std::size_t at = 0; at < identityCard.size(); ++at) {
        if ((static_cast<unsigned char>(identityCard[at]) & 0xC0U) != 0x80U) begins.push_back(at);
    }
    const std::size_t count = begins.size();
    begins.push_back(identityCard.size());
    if (count <= 2) return std::string(count, '*');
    const std::size_t first = count >= kLongEnough ? kShownFirst : 1;
    const std::size_t last = count >= kLongEnough ? kShownLast : 1;
    std::string out(identityCard.substr(0, begins[first]));
    out.append(count - first - last, '*');
    out += identityCard.substr(begins[count - last]);
    return out;
}

std::string withoutIdentities(std::string_view text, std::size_t hidden) {
    std::string out;
    out.reserve(text.size());
    Characters characters;
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t licence = licenceAt(text, at); licence != 0) {
            out += text.substr(at, licence);
            at += licence;
            continue;
        }
        const Sign sign = signAt(text, at);
        if (!sign.counts()) {
            out += text.substr(at, sign.bytes);
            at += sign.bytes;
            continue;
        }
        readCharacters(text, at, characters);
        appendMasked(text, characters, hidden, out);
        at = characters.back().end();
    }
    return out;
}

}  // namespace lianzheng
