#include <charconv>
#include <cstdint>
#include <vector>

#include "gateway/reporting/brief_page.h"
#include "gateway/reporting/xlsx_book.h"

namespace lianzheng {
namespace {

constexpr double kTextWidth = 30;
constexpr double kNumberWidth = 12;

XlsxCell numberCell(const std::string& text) {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? XlsxCell{number} : XlsxCell{std::string_view(text)};
}

void addTable(const BriefTable& table, XlsxBook& book) {
    const std::size_t texts = table.heads.size() - table.numbers;
    std::vector<XlsxColumn> columns;
    for (std::size_t i = 0; i < table.heads.size(); ++i) {
        columns.push_back({table.heads[i], i < texts ? kTextWidth : kNumberWidth});
    }
    XlsxBook::Sheet& sheet = book.sheet(table.title, columns);
    for (const auto& row : table.rows) {
        std::vector<XlsxCell> cells;
        for (std::size_t i = 0; i < row.size(); ++i) {
            cells.push_back(i < texts ? XlsxCell{std::string_view(row[i])} : numberCell(row[i]));
        }
        sheet.add(cells);
    }
    sheet.filtered();
}

}  // namespace

Status writeBriefBook(const Brief& brief, const Districts& districts, const std::string& evidenceHead,
                      Language language, const std::filesystem::path& file) {
    const bool chinese = language == Language::Chinese;
    const std::vector<BriefTable> tables = tablesOf(brief, districts, language);
    const std::vector<std::string> notes = notesOf(brief, language);
    XlsxBook book(file);
    for (const BriefTable& table : tables) addTable(table, book);
    const std::vector<XlsxColumn> columns{{chinese ? "口径与未知" : "How it is meant", 120}};
    XlsxBook::Sheet& sheet = book.sheet(chinese ? "口径" : "Notes", columns);
    const auto line = [&](std::string_view text) { sheet.add(std::vector<XlsxCell>{text}); };
    line(brief.scope.first.str() + " – " + brief.scope.last.str());
    for (const std::string& note : notes) line(note);
    for (const BriefTable& table : tables) {
        if (!table.note.empty()) line(table.title + ": " + table.note);
    }
    line(labels::kEvidence.in(language));
    line(evidenceHead.empty() ? std::string_view("–") : std::string_view(evidenceHead));
    return book.finish();
}

}  // namespace lianzheng
