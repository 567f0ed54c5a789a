#include "gateway/reporting/lookup_line.h"

#include <algorithm>

#include "gateway/reporting/lookup_numbers.h"
#include "mappings/cell_text.h"
#include "mappings/masked.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

using Kind = LookupLine::Kind;
using Why = LookupLine::Why;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kShortestEnding = 4;
constexpr std::size_t kLongestEnding = 6;
constexpr std::size_t kHidden = 8;  ///< digits in a row that are not shown again

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Digits, the last of which may be an X, as at the end of an identity number; in capitals. Spreadsheets put an
/// apostrophe before them.
std::string digitsOf(std::string_view cell) {
    std::string text = upper(cell);
    if (text.starts_with('\'')) text.erase(0, 1);
    if (text.empty() || !std::all_of(text.begin(), text.end() - 1, isDigit)) return {};
    return isDigit(text.back()) || text.back() == 'X' ? text : std::string{};
}

bool isIdentityLength(std::size_t size) { return size == 15 || size == 18; }

/// Of the last digits of an identity number, or of the whole.
bool isEnding(std::size_t size) {
    return (size >= kShortestEnding && size <= kLongestEnding) || isIdentityLength(size);
}

/// A name with its digits behind it and nothing between them.
void splitName(std::vector<std::string>& cells) {
    if (cells.size() != 1) return;
    const std::string& cell = cells.front();
    std::size_t begin = cell.size();
    if (begin > 0 && (cell[begin - 1] == 'X' || cell[begin - 1] == 'x')) begin -= 1;
    while (begin > 0 && isDigit(cell[begin - 1])) begin -= 1;
    if (begin == 0 || begin == cell.size() || digitsOf(cell.substr(begin)).empty()) return;
    cells = {std::string(trimmed(cell.substr(0, begin))), cell.substr(begin)};
}

/// A name has something beyond ASCII, or letters alone; a serial number in the first column is neither.
bool mayBeName(std::string_view cell) {
    return digitsOf(cell).empty() && std::any_of(cell.begin(), cell.end(), [](char c) {
               return static_cast<unsigned char>(c) >= 0x80U || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
           });
}

/// What is missing of a name with the last digits of an identity number; `odd`: the longest run of digits there is.
Why lacking(const LookupLine& line, const std::string& odd) {
    if (!line.ending.empty()) return Why::NoName;
    if (line.name.empty()) return Why::Nothing;
    if (odd.empty()) return Why::NoEnding;
    return odd.size() < kShortestEnding ? Why::ShortEnding : Why::LongEnding;
}

void readPerson(const std::vector<std::string>& cells, LookupLine& line) {
    std::string odd;
    for (const std::string& cell : cells) {
        const std::string digits = digitsOf(cell);
        if (!digits.empty()) {
            // The longest wins: a running number may stand before.
            if (isEnding(digits.size()) && digits.size() > line.ending.size()) line.ending = digits;
            if (digits.size() > odd.size()) odd = digits;
        } else if (line.name.empty() && mayBeName(cell)) {
            line.name = cell;
        }
    }
    const bool whole = !line.ending.empty() && !line.name.empty();
    line.kind = whole ? Kind::Person : Kind::Unreadable;
    if (!whole) line.why = lacking(line, odd);
}

std::size_t lengthOf(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Whether a cell beside a number is somebody's name rather than a company's or a note: two to four characters, or with
/// a middle dot.
bool looksLikeName(std::string_view cell) {
    const bool ascii = std::ranges::any_of(cell, [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
    const std::size_t length = lengthOf(cell);
    return !ascii && ((length >= 2 && length <= 4) || foldedDots(cell).find("·") != std::string::npos);
}

/// Cells of one Chinese character each that follow one another are one name: blanks widen short names.
std::vector<std::string> withWholeNames(const std::vector<std::string>& cells) {
    std::vector<std::string> whole;
    bool single = false;
    for (const std::string& cell : cells) {
        const bool one = lengthOf(cell) == 1 && cell.size() > 1;
        if (one && single) whole.back() += cell;
        if (!one || !single) whole.push_back(cell);
        single = one;
    }
    return whole;
}

/// A line with numbers of certificates on it, or with what is meant for one.
void readNumbers(const NumbersOn& found, LookupLine& line) {
    if (found.read.size() == 1 && !found.malformed) {
        line.kind = Kind::Number;
        line.number = *found.read.begin();
        for (std::string& cell : withWholeNames(cellsOf(found.rest, ",;\t "))) {
            if (looksLikeName(cell)) line.beside.push_back(std::move(cell));
        }
        return;
    }
    line.kind = Kind::Unreadable;
    line.why = found.read.empty() ? Why::Malformed : Why::Several;
}

}  // namespace

LookupLine readLookupLine(std::string_view utf8, CertificateType type, bool first) {
    LookupLine line;
    const std::string_view text = trimmed(utf8);
    if (!isText(text)) {
        line.kind = Kind::Unreadable;
        line.why = Why::Encoding;
        return line;
    }
    const std::string half = halfWidth(text);
    if (text.empty() || half.find_first_not_of(",;\t \"") == std::string::npos) return line;
    const std::string hidden = withoutIdentities(half, kHidden);
    line.shown = hidden == half ? text : hidden;
    if (const NumbersOn found = numbersOn(half, type); found.malformed || !found.read.empty()) {
        readNumbers(found, line);
        return line;
    }
    if (first && std::none_of(half.begin(), half.end(), isDigit)) {
        line.kind = Kind::Header;
        return line;
    }
    std::vector<std::string> cells = cellsOf(half, ",;\t");
    if (cells.size() == 1) cells = withWholeNames(cellsOf(half, ",;\t "));
    splitName(cells);
    readPerson(cells, line);
    return line;
}

std::vector<LookupLine> readLookupLines(std::string_view file, CertificateType type) {
    if (file.starts_with(kByteOrderMark)) file.remove_prefix(kByteOrderMark.size());
    const bool utf8 = isText(file);
    std::vector<LookupLine> lines;
    std::string converted;
    while (!file.empty()) {
        const std::size_t end = std::min(file.find_first_of("\r\n"), file.size());
        std::string_view text = file.substr(0, end);
        file.remove_prefix(end);
        if (!file.empty()) file.remove_prefix(file.starts_with("\r\n") ? 2 : 1);
        if (!utf8 && !isText(text) && fromGb18030(text, converted)) text = converted;
        lines.push_back(readLookupLine(text, type, lines.empty()));
    }
    return lines;
}

Label reasonOf(LookupLine::Why why) {
    switch (why) {
        case Why::Encoding:
            return {"此行不是可识别的文字", "this line is no text that can be read"};
        case Why::NoEnding:
            return {"只有姓名，没有证件号码尾号", "a name without the end of an identity number"};
        case Why::ShortEnding:
            return {"证件号码尾号不足 4 位", "fewer than 4 characters of an identity number"};
        case Why::LongEnding:
            return {"证件号码位数不对", "neither the last 4 to 6 characters of an identity number nor all of it"};
        case Why::NoName:
            return {"只有证件号码，没有姓名", "an identity number without a name"};
        case Why::Malformed:
            return {"证书编号格式不对", "a certificate number that is malformed"};
        case Why::Several:
            return {"一行有多个证书编号", "more than one certificate number on this line"};
        case Why::Nothing:
            return {"没有证书编号，也没有姓名与证件号码尾号", "no certificate number, nor a name with an ending"};
        case Why::None:
            break;
    }
    return {};
}

Label helpFor(LookupLine::Why why) {
    switch (why) {
        case Why::Encoding:
            return {"请将文件另存为“CSV UTF-8”后重试", "save the file as CSV UTF-8 and ask again"};
        case Why::ShortEnding:
            return {"请填写最后 4 至 6 位；表格软件可能去掉了开头的 0，请将该列设为文本",
                    "give the last 4 to 6; a spreadsheet may have dropped leading zeros: make the column text"};
        case Why::NoEnding:
        case Why::LongEnding:
            return {"请补上证件号码最后 4 至 6 位，或改填证书编号",
                    "add the last 4 to 6 characters, or give the certificate number"};
        case Why::NoName:
            return {"请补上姓名，或改填证书编号", "add the name, or give the certificate number"};
        case Why::Malformed:
            return {"应为省份简称、建安、类别、圆括号内 4 位年份、7 位序号，例如 鲁建安B（2023）0000001",
                    "province, 建安, category, the year in round brackets, 7 digits: 鲁建安B（2023）0000001"};
        case Why::Several:
            return {"每行只填一个证书编号，请分行填写", "ask about one certificate a line"};
        case Why::Nothing:
            return {"请填写证书编号，例如 鲁建安B（2023）0000001；或“姓名,证件号码后 4 至 6 位”",
                    "give a certificate number such as 鲁建安B（2023）0000001, or NAME,LAST-4-TO-6"};
        case Why::None:
            break;
    }
    return {};
}

}  // namespace lianzheng
