#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/runtime/result.h"

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

namespace lianzheng {

/// Text stays text, digits or not: a certificate's number is nothing to count with.
using XlsxCell = std::variant<std::string_view, std::uint64_t>;

/// A column's head and its width, in digits of the sheet's type.
struct XlsxColumn {
    std::string head;
    double width = 12;
};

/// A workbook on its way to a file. Each sheet takes its rows from the first to the last, and keeps one in memory; the
/// rest lies in files of the directory that the workbook is for, which have no name and vanish with the process.
/// Threads: one at a time. Errors: told by finish().
class XlsxBook {
public:
    /// A sheet whose first row is its columns' heads, which stay in sight and on every printed page.
    class Sheet {
    public:
        /// What is beyond the million rows of a sheet is left out; full() says so.
        void add(std::span<const XlsxCell> cells);
        /// A row like the heads, as of another table on the same sheet.
        void addHeads(std::span<const XlsxCell> cells);
        void blank() { ++row_; }
        [[nodiscard]] bool full() const noexcept { return row_ >= kRows; }
        /// The heads get a filter over all rows there are when the book is finished.
        void filtered() { filtered_ = true; }

    private:
        friend class XlsxBook;
        static constexpr std::uint32_t kRows = 1'048'576;
        void put(std::span<const XlsxCell> cells, lxw_format* text, lxw_format* number);

        lxw_worksheet* sheet_ = nullptr;
        const XlsxBook* book_ = nullptr;
        std::uint32_t row_ = 0;
        std::uint16_t columns_ = 0;
        bool filtered_ = false;
        bool good_ = true;
    };

    explicit XlsxBook(const std::filesystem::path& file);
    XlsxBook(const XlsxBook&) = delete;
    XlsxBook& operator=(const XlsxBook&) = delete;
    /// Without finish() no file is left.
    ~XlsxBook();

    /// A new sheet; the reference holds as long as the book.
    Sheet& sheet(const std::string& name, std::span<const XlsxColumn> columns);
    /// Writes the file. Corrupt, where `report.xlsx`, code `write` or `disk_full`.
    Status finish();

private:
    std::string file_;
    std::string scratch_;
    lxw_workbook* book_ = nullptr;
    lxw_format* text_ = nullptr;
    lxw_format* number_ = nullptr;
    lxw_format* head_ = nullptr;
    std::vector<std::unique_ptr<Sheet>> sheets_;
};

}  // namespace lianzheng
