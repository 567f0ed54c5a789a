#include <optional>
#include <utility>

#include "adapters/exchange/gzip_lines.h"
#include "adapters/exchange/national_rows.h"
#include "adapters/exchange/row_shape.h"
#include "mappings/text.h"

namespace lianzheng {

namespace {

/// Records of RFC 4180: quotes doubled, line ends inside quotes, LF or CR LF. Cells are reused from record to record.
class CsvReader {
public:
    explicit CsvReader(GzipText text) : text_(std::move(text)) {}

    /// The next record that is not an empty line; nothing at the end.
    Result<bool> next();
    [[nodiscard]] std::size_t cells() const noexcept { return count_; }
    [[nodiscard]] const std::string& cell(std::size_t i) const { return cells_[i]; }
    /// Where the record began.
    [[nodiscard]] std::uint64_t line() const noexcept { return recordLine_; }

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

std::string& CsvReader::freshCell() {
    if (count_ == cells_.size()) cells_.emplace_back();
    std::string& cell = cells_[count_++];
    cell.clear();
    return cell;
}

CsvReader::End CsvReader::endOf(int byte) {
    if (byte == '\r' && text_.peek() == '\n') byte = text_.get();
    if (byte == ',') return End::Cell;
    if (byte == '\n') {
        ++line_;
        return End::Record;
    }
    return byte < 0 ? End::File : End::Bad;
}

CsvReader::End CsvReader::readQuoted(std::string& cell) {
    while (++bytes_ <= kLongestRecord) {
        const int byte = text_.get();
        if (byte < 0) return End::Bad;
        if (byte == '\n') ++line_;
        if (byte != '"') {
            cell += static_cast<char>(byte);
        } else if (text_.peek() == '"') {
            cell += static_cast<char>(text_.get());
        } else {
            return endOf(text_.get());
        }
    }
    return End::Bad;
}

CsvReader::End CsvReader::readCell() {
    std::string& cell = freshCell();
    int byte = text_.get();
    if (byte == '"') return readQuoted(cell);
    while (byte >= 0 && byte != ',' && byte != '\n' && !(byte == '\r' && text_.peek() == '\n')) {
        if (byte == '"' || ++bytes_ > kLongestRecord) return End::Bad;
        cell += static_cast<char>(byte);
        byte = text_.get();
    }
    return endOf(byte);
}

Result<bool> CsvReader::next() {
    while (text_.peek() >= 0) {
        recordLine_ = line_;
        count_ = 0;
        bytes_ = 0;
        End end = End::Cell;
        while (end == End::Cell) end = readCell();
        if (end == End::Bad || text_.failedToRead()) return badLine(recordLine_);
        if (count_ > 1 || !cells_[0].empty()) return true;
    }
    if (text_.failedToRead()) return badLine(line_);
    return false;
}

class CsvRows final : public NationalRows {
public:
    explicit CsvRows(std::string file) : file_(std::move(file)) {}

    Result<std::vector<Field>> shownFields() override;
    Status read(const Slots& wanted, Order order, const NationalSink& sink, const std::stop_token& stop) override;

private:
    /// Of each cell; nothing where the view has a column that is not known.
    using CellSlots = std::vector<std::optional<std::size_t>>;
    /// Opens the file and reads its header.
    Result<std::pair<CsvReader, CellSlots>> begin();

    std::string file_;
};

Result<std::pair<CsvReader, CsvRows::CellSlots>> CsvRows::begin() {
    Result<GzipText> text = GzipText::open(file_);
    if (!text) return tl::unexpected<Error>(std::move(text.error()));
    CsvReader reader(std::move(*text));
    const Result<bool> header = reader.next();
    if (!header) return tl::unexpected<Error>(header.error());
    CellSlots slots;
    std::vector<bool> seen(kRowSlots, false);
    for (std::size_t i = 0; *header && i < reader.cells(); ++i) {
        slots.push_back(slotOf(reader.cell(i)));
        if (!slots.back()) continue;
        if (seen[*slots.back()]) return badLine(reader.line());
        seen[*slots.back()] = true;
    }
    if (!seen[static_cast<std::size_t>(Field::CertNum)]) {
        return failed(Fault::Corrupt, "exchange.file", "column_gone:certNum");
    }
    return std::pair(std::move(reader), std::move(slots));
}

Result<std::vector<Field>> CsvRows::shownFields() {
    const auto begun = begin();
    if (!begun) return tl::unexpected<Error>(begun.error());
    std::vector<std::size_t> slots;
    for (const std::optional<std::size_t>& slot : begun->second) {
        if (slot) slots.push_back(*slot);
    }
    return fieldsAmong(slots);
}

Status CsvRows::read(const Slots& wanted, Order /*order*/, const NationalSink& sink, const std::stop_token& stop) {
    auto begun = begin();
    if (!begun) return tl::unexpected<Error>(std::move(begun.error()));
    auto& [reader, slots] = *begun;
    NationalRow row;
    while (!stop.stop_requested()) {
        const Result<bool> there = reader.next();
        if (!there) return tl::unexpected<Error>(there.error());
        if (!*there) break;
        if (reader.cells() != slots.size()) return badLine(reader.line());
        clear(row);
        for (std::size_t i = 0; i < slots.size(); ++i) {
            if (!slots[i]) continue;
            if (!isText(reader.cell(i))) return badLine(reader.line());
            if (wanted[*slots[i]]) assign(row, *slots[i], reader.cell(i));
        }
        if (!sink(row)) break;
    }
    return ok();
}

}  // namespace

std::unique_ptr<NationalRows> makeCsvRows(std::string file) { return std::make_unique<CsvRows>(std::move(file)); }

}  // namespace lianzheng
