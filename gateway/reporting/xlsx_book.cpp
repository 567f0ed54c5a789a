#include "gateway/reporting/xlsx_book.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace lianzheng {
namespace {

/// A cell holds 32,767 characters; that many bytes are never more.
constexpr std::size_t kTextLimit = 32'767;
constexpr std::uint8_t kA4 = 9;

/// `text` up to the limit, not ending within a character.
std::string cut(std::string_view text) {
    if (text.size() > kTextLimit) {
        std::size_t end = kTextLimit;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        text = text.substr(0, end);
    }
    return std::string(text);
}

bool outOfRoom(int error) { return error == ENOSPC || error == EFBIG || error == EDQUOT; }

}  // namespace

void XlsxBook::Sheet::put(std::span<const XlsxCell> cells, lxw_format* text, lxw_format* number) {
    if (full()) return;
    std::uint16_t column = 0;
    for (const XlsxCell& cell : cells) {
        lxw_error error = LXW_NO_ERROR;
        if (const auto* words = std::get_if<std::string_view>(&cell)) {
            if (!words->empty()) error = worksheet_write_string(sheet_, row_, column, cut(*words).c_str(), text);
        } else {
            error = worksheet_write_number(sheet_, row_, column, static_cast<double>(std::get<std::uint64_t>(cell)),
                                           number);
        }
        good_ = good_ && error == LXW_NO_ERROR;
        ++column;
    }
    ++row_;
}

void XlsxBook::Sheet::add(std::span<const XlsxCell> cells) { put(cells, book_->text_, book_->number_); }
void XlsxBook::Sheet::addHeads(std::span<const XlsxCell> cells) { put(cells, book_->head_, book_->head_); }

XlsxBook::XlsxBook(const std::filesystem::path& file)
    : file_(file.string()), scratch_(file.has_parent_path() ? file.parent_path().string() : ".") {
    errno = 0;
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = scratch_.data();
    book_ = workbook_new_opt(file_.c_str(), &options);
    if (book_ == nullptr) return;
    text_ = workbook_add_format(book_);
    number_ = workbook_add_format(book_);
    head_ = workbook_add_format(book_);
    // 49 is Excel's text format: what is typed over such a cell stays text too. 3 groups thousands.
    format_set_num_format_index(text_, 49);
    format_set_align(text_, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format_index(number_, 3);
    format_set_align(number_, LXW_ALIGN_VERTICAL_TOP);
    format_set_bold(head_);
    format_set_bg_color(head_, 0xE4ECF7);
    format_set_bottom(head_, LXW_BORDER_THIN);
}

XlsxBook::~XlsxBook() {
    if (book_ != nullptr) lxw_workbook_free(book_);
}

XlsxBook::Sheet& XlsxBook::sheet(const std::string& name, std::span<const XlsxColumn> columns) {
    sheets_.push_back(std::make_unique<Sheet>());
    Sheet& made = *sheets_.back();
    made.book_ = this;
    made.columns_ = static_cast<std::uint16_t>(columns.size());
    if (book_ == nullptr) {
        made.row_ = Sheet::kRows;
        return made;
    }
    made.sheet_ = workbook_add_worksheet(book_, name.c_str());
    if (made.sheet_ == nullptr) {
        made.good_ = false;
        made.row_ = Sheet::kRows;
        return made;
    }
    std::vector<XlsxCell> heads;
    std::uint16_t at = 0;
    for (const XlsxColumn& column : columns) {
        worksheet_set_column(made.sheet_, at, at, column.width, nullptr);
        heads.emplace_back(std::string_view(column.head));
        ++at;
    }
    worksheet_freeze_panes(made.sheet_, 1, 0);
    worksheet_repeat_rows(made.sheet_, 0, 0);
    worksheet_set_landscape(made.sheet_);
    worksheet_set_paper(made.sheet_, kA4);
    worksheet_fit_to_pages(made.sheet_, 1, 0);
    worksheet_set_footer(made.sheet_, "&C&P / &N");
    made.addHeads(heads);
    return made;
}

Status XlsxBook::finish() {
    const auto refused = [](const char* code) { return failed(Fault::Corrupt, "report.xlsx", code); };
    if (book_ == nullptr) return refused(outOfRoom(errno) ? "disk_full" : "write");
    bool good = true;
    for (const auto& sheet : sheets_) {
        good = good && sheet->good_;
        if (sheet->filtered_ && sheet->row_ > 0) {
            worksheet_autofilter(sheet->sheet_, 0, 0, sheet->row_ - 1, static_cast<std::uint16_t>(sheet->columns_ - 1));
        }
    }
    // What the library could not write of its scratch files it tells nobody but errno.
    const int before = errno;
    errno = 0;
    const lxw_error error = workbook_close(std::exchange(book_, nullptr));
    const bool full = outOfRoom(before) || outOfRoom(errno);
    if (good && !full && error == LXW_NO_ERROR) return ok();
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
    return refused(full ? "disk_full" : "write");
}

}  // namespace lianzheng
