#include "mappings/certificate_number.h"

#include <algorithm>
#include <cstddef>

namespace lianzheng {
namespace {

constexpr std::size_t kHan = 3;  // bytes of a Chinese character in UTF-8
constexpr std::size_t kCategoryAt = 3 * kHan;
constexpr std::size_t kYearDigits = 4;
constexpr std::size_t kSerialDigits = 7;
// From the end, because the category has one or two characters.
constexpr std::size_t kYearFromEnd = kSerialDigits + kHan + kYearDigits;
constexpr std::size_t kAfterCategory = kHan + kYearFromEnd;

// 鲁 first, as nearly every number is one. Where a province goes by two names, both.
constexpr std::string_view kProvinces = "鲁京津冀晋蒙辽吉黑沪苏浙皖闽赣豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新兵";

bool isProvince(std::string_view character) {
    for (std::size_t at = 0; at < kProvinces.size(); at += kHan) {
        if (kProvinces.substr(at, kHan) == character) return true;
    }
    return false;
}

/// Reads the characters of a number one by one: blanks left out, ASCII for full width, capitals.
class Characters {
public:
    explicit Characters(std::string_view text) : rest_(text) { skipBlanks(); }
    [[nodiscard]] bool atEnd() const { return rest_.empty(); }
    /// The next character when it is ASCII or the full width of it, else 0.
    [[nodiscard]] char ascii() const { return widthOf(rest_).first; }
    char takeAscii() {
        const auto [c, bytes] = widthOf(rest_);
        rest_.remove_prefix(bytes);
        skipBlanks();
        return c;
    }
    /// The next three bytes, or nothing.
    std::string_view takeHan() {
        if (rest_.size() < kHan) return {};
        const std::string_view character = rest_.substr(0, kHan);
        rest_.remove_prefix(kHan);
        skipBlanks();
        return character;
    }

private:
    static std::pair<char, std::size_t> widthOf(std::string_view text) {
        if (text.empty()) return {'\0', 0};
        const unsigned first = static_cast<unsigned char>(text[0]);
        if (first < 0x80) {
            const char c = text[0];
            return {c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c, 1};
        }
        if (first != 0xEF || text.size() < kHan) return {'\0', 0};
        const unsigned second = static_cast<unsigned char>(text[1]);
        const unsigned third = static_cast<unsigned char>(text[2]);
        if (second == 0xBC && third >= 0x81 && third <= 0xBF) return {static_cast<char>(third - 0x81 + '!'), kHan};
        if (second == 0xBD && third >= 0x80 && third <= 0x9E) {
            const char c = static_cast<char>(third - 0x80 + '`');
            return {c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c, kHan};
        }
        return {'\0', 0};
    }
    void skipBlanks() {
        while (!rest_.empty()) {
            const char c = rest_[0];
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                rest_.remove_prefix(1);
            } else if (c == '\xC2' && rest_.substr(0, 2) == "\u00A0") {
                rest_.remove_prefix(2);
            } else if (c == '\xE3' && rest_.substr(0, kHan) == "\u3000") {
                rest_.remove_prefix(kHan);
            } else {
                return;
            }
        }
    }

    std::string_view rest_;
};

bool areDigits(std::string_view text) {
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
    }
    return true;
}

/// Whether `text` is a number as it is printed: what nearly every one is, and cheap to see.
bool isPrinted(std::string_view text) {
    if (text.size() != kCategoryAt + 1 + kAfterCategory && text.size() != kCategoryAt + 2 + kAfterCategory)
        return false;
    const std::string_view category = text.substr(kCategoryAt, text.size() - kAfterCategory - kCategoryAt);
    const std::string_view year = text.substr(text.size() - kYearFromEnd, kYearDigits);
    if (text.substr(kHan, 2 * kHan) != "建安" || text.substr(text.size() - kAfterCategory, kHan) != "（" ||
        text.substr(text.size() - kSerialDigits - kHan, kHan) != "）") {
        return false;
    }
    const bool categoryFits = category.size() == 1 ? category[0] >= 'A' && category[0] <= 'C'
                                                   : category[0] == 'C' && category[1] >= '1' && category[1] <= '3';
    return categoryFits && (year[0] == '1' || year[0] == '2') && areDigits(year) &&
           areDigits(text.substr(text.size() - kSerialDigits)) && isProvince(text.substr(0, kHan));
}

/// Takes `count` digits to `out`.
bool takeDigits(Characters& in, std::size_t count, std::string& out) {
    for (std::size_t i = 0; i < count; ++i) {
        const char c = in.takeAscii();
        if (c < '0' || c > '9') return false;
        out += c;
    }
    return true;
}

/// A, B, C or C1 to C3, to `out`.
bool takeCategory(Characters& in, std::string& out) {
    const char letter = in.takeAscii();
    if (letter < 'A' || letter > 'C') return false;
    out += letter;
    const char digit = in.ascii();
    if (letter == 'C' && digit >= '1' && digit <= '3') out += in.takeAscii();
    return true;
}

std::string fullWidthFrom(std::string_view text, std::size_t from) {
    std::string out(text.substr(0, from));
    for (const char c : text.substr(from)) {
        if (static_cast<unsigned char>(c) >= 0x80) {
            out += c;
        } else if (c < '`') {
            out += {'\xEF', '\xBC', static_cast<char>(c - '!' + 0x81)};
        } else {
            out += {'\xEF', '\xBD', static_cast<char>(c - '`' + 0x80)};
        }
    }
    return out;
}

std::string withHalfBrackets(const CertificateNumber& number) {
    std::string out = number.str().substr(0, kCategoryAt);
    out += number.category();
    out += '(';
    out += number.year();
    out += ')';
    out += number.serial();
    return out;
}

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

void addSpellings(const CertificateNumber& number, std::vector<std::string>& all) {
    const std::string& text = number.str();
    const std::size_t afterCategory = kCategoryAt + number.category().size();
    const std::string half = withHalfBrackets(number);
    all.push_back(text);
    all.push_back(half);
    all.push_back(lower(text));
    all.push_back(lower(half));
    all.push_back(fullWidthFrom(text, afterCategory));
    all.push_back(fullWidthFrom(text, kCategoryAt));
}

}  // namespace

Checked<CertificateNumber> CertificateNumber::parse(std::string_view text) {
    const auto refuse = [](Rule rule) { return tl::make_unexpected(Invalid{"certNum", rule}); };
    if (isPrinted(text)) return CertificateNumber(std::string(text));
    Characters in(text);
    if (in.atEnd()) return refuse(Rule::Missing);
    std::string out;
    out.reserve(kCategoryAt + 2 + kAfterCategory);
    const std::string_view province = in.takeHan();
    if (!isProvince(province) || in.takeHan() != "建" || in.takeHan() != "安") return refuse(Rule::Pattern);
    out += province;
    out += "建安";
    if (!takeCategory(in, out) || in.takeAscii() != '(') return refuse(Rule::Pattern);
    out += "（";
    const char century = in.ascii();
    if ((century != '1' && century != '2') || !takeDigits(in, kYearDigits, out)) return refuse(Rule::Pattern);
    if (in.takeAscii() != ')') return refuse(Rule::Pattern);
    out += "）";
    if (!takeDigits(in, kSerialDigits, out) || !in.atEnd()) return refuse(Rule::Pattern);
    return CertificateNumber(std::move(out));
}

std::vector<CertificateNumber> CertificateNumber::namedIn(std::string_view message) {
    constexpr std::size_t kLongest = kCategoryAt + 2 + kAfterCategory;
    constexpr std::size_t kShortest = kCategoryAt + 1 + kAfterCategory - 2 * (kHan - 1);  // with half-width brackets
    std::vector<CertificateNumber> all;
    for (auto at = message.find("建安"); at != std::string_view::npos; at = message.find("建安", at + 1)) {
        if (at < kHan) continue;
        for (std::size_t length = kLongest; length >= kShortest; --length) {
            const auto number = parse(message.substr(at - kHan, length));
            if (!number) continue;
            if (std::find(all.begin(), all.end(), *number) == all.end()) all.push_back(*number);
            break;
        }
    }
    return all;
}

std::string_view CertificateNumber::province() const noexcept { return std::string_view(text_).substr(0, kHan); }

std::string_view CertificateNumber::category() const noexcept {
    return std::string_view(text_).substr(kCategoryAt, text_.size() - kAfterCategory - kCategoryAt);
}

std::string_view CertificateNumber::year() const noexcept {
    return std::string_view(text_).substr(text_.size() - kYearFromEnd, kYearDigits);
}

std::string_view CertificateNumber::serial() const noexcept {
    return std::string_view(text_).substr(text_.size() - kSerialDigits);
}

CertificateNumber CertificateNumber::converted() const {
    if (!legacy()) return *this;
    std::string text = text_;
    text.insert(kCategoryAt + 1, 1, '3');
    return CertificateNumber(std::move(text));
}

std::vector<std::string> CertificateNumber::spellings() const {
    std::vector<std::string> all;
    addSpellings(*this, all);
    if (category() == "C3") {
        std::string old = text_;
        old.erase(kCategoryAt + 1, 1);
        addSpellings(CertificateNumber(std::move(old)), all);
    }
    return all;
}

}  // namespace lianzheng
