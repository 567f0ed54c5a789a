#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "adapters/exchange/child_program.h"
#include "adapters/exchange/csv_reader.h"
#include "adapters/exchange/national_rows.h"
#include "adapters/exchange/row_shape.h"
#include "mappings/text.h"

namespace lianzheng {

namespace {

constexpr const char* kWhere = "exchange.file";

/// A CSV file, or the first sheet of a workbook as a program of the system writes it as CSV.
class CsvRows final : public NationalRows {
public:
    /// `converter`: the program that writes a workbook as CSV; empty when the file is CSV itself.
    CsvRows(std::string file, std::string converter) : file_(std::move(file)), converter_(std::move(converter)) {}

    Result<std::vector<Field>> shownFields() override;
    Status read(const Slots& wanted, Order order, const NationalSink& sink, const std::stop_token& stop) override;

private:
    /// Of each cell; nothing where the view has a column that is not known.
    using CellSlots = std::vector<std::optional<std::size_t>>;
    struct Opened {
        std::unique_ptr<ChildProgram> child;  ///< of a workbook
        CsvReader reader;
        CellSlots slots;
    };

    [[nodiscard]] bool isWorkbook() const noexcept { return !converter_.empty(); }
    Result<Opened> open();
    Status readHeader(Opened& opened);
    /// The next record; false at the end. That a converter failed goes before what its output looks like.
    Result<bool> next(Opened& opened);
    /// Whether a record has the header's shape; a workbook leaves out empty cells at the end, or adds some.
    [[nodiscard]] bool fits(const Opened& opened) const;
    [[nodiscard]] tl::unexpected<Error> failedBy(Fault fault, const std::string& code) const {
        return failed(fault, kWhere, code + ":" + std::filesystem::path(file_).filename().string());
    }

    std::string file_;
    std::string converter_;
};

Result<CsvRows::Opened> CsvRows::open() {
    if (!isWorkbook()) {
        return GzipText::open(file_).map([](GzipText text) { return Opened{nullptr, CsvReader(std::move(text)), {}}; });
    }
    std::error_code ignored;
    if (!std::filesystem::exists(file_, ignored)) return failed(Fault::Unavailable, kWhere, "no_file");
    // Numbers as the workbook keeps them: a spoiled one stays seen for what it is, and none is rounded.
    auto child =
        ChildProgram::start({converter_, "--dateformat", "%Y-%m-%d", "--ignore-formats", "float", "--", file_});
    if (!child) return failedBy(Fault::Unavailable, "no_converter");
    GzipText text = GzipText::of((*child)->takeOutput());
    return Opened{std::move(*child), CsvReader(std::move(text)), {}};
}

Result<bool> CsvRows::next(Opened& opened) {
    Result<bool> there = opened.reader.next();
    const bool ended = (!there || !*there) && opened.child != nullptr && opened.reader.atEnd();
    if (ended && !opened.child->endedWell()) return failedBy(Fault::Corrupt, "no_workbook");
    return there;
}

bool CsvRows::fits(const Opened& opened) const {
    const CsvReader& reader = opened.reader;
    if (!isWorkbook()) return reader.cells() == opened.slots.size();
    for (std::size_t i = opened.slots.size(); i < reader.cells(); ++i) {
        if (!reader.cell(i).empty()) return false;
    }
    return true;
}

Status CsvRows::readHeader(Opened& opened) {
    const CsvReader& reader = opened.reader;
    CellSlots& slots = opened.slots;
    const Result<bool> header = next(opened);
    if (!header) return tl::unexpected<Error>(header.error());
    std::vector<bool> seen(kRowSlots, false);
    for (std::size_t i = 0; *header && i < reader.cells(); ++i) {
        slots.push_back(slotOf(reader.cell(i)));
        if (!slots.back()) continue;
        if (seen[*slots.back()]) return badLine(reader.line());
        seen[*slots.back()] = true;
    }
    if (!seen[static_cast<std::size_t>(Field::CertNum)]) return failed(Fault::Corrupt, kWhere, "column_gone:certNum");
    return ok();
}

Result<std::vector<Field>> CsvRows::shownFields() {
    Result<Opened> opened = open();
    if (!opened) return tl::unexpected<Error>(std::move(opened.error()));
    if (Status header = readHeader(*opened); !header) return tl::unexpected<Error>(std::move(header.error()));
    std::vector<std::size_t> slots;
    for (const std::optional<std::size_t>& slot : opened->slots) {
        if (slot) slots.push_back(*slot);
    }
    return fieldsAmong(slots);
}

Status CsvRows::read(const Slots& wanted, Order /*order*/, const NationalSink& sink, const std::stop_token& stop) {
    Result<Opened> opened = open();
    if (!opened) return tl::unexpected<Error>(std::move(opened.error()));
    auto& [child, reader, slots] = *opened;
    // A converter may read for long before it writes: a stop does not wait for that.
    const std::stop_callback stopping(stop, [running = child.get()] {
        if (running != nullptr) running->kill();
    });
    if (Status header = readHeader(*opened); !header && !stop.stop_requested()) return header;
    NationalRow row;
    while (!stop.stop_requested()) {
        const Result<bool> there = next(*opened);
        if (stop.stop_requested()) break;
        if (!there) return tl::unexpected<Error>(there.error());
        if (!*there) break;
        if (!fits(*opened)) return badLine(reader.line());
        clear(row);
        bool any = false;
        for (std::size_t i = 0; i < std::min(slots.size(), reader.cells()); ++i) {
            any = any || !reader.cell(i).empty();
            if (!slots[i]) continue;
            if (!isText(reader.cell(i))) return badLine(reader.line());
            if (!wanted[*slots[i]]) continue;
            if (isWorkbook()) {
                assignOfWorkbook(row, *slots[i], reader.cell(i));
            } else {
                assign(row, *slots[i], reader.cell(i));
            }
        }
        // Rows of a workbook that have a format and nothing else are none.
        if (isWorkbook() && !any) continue;
        if (!sink(row)) break;
    }
    return ok();
}

}  // namespace

std::unique_ptr<NationalRows> makeCsvRows(std::string file) {
    return std::make_unique<CsvRows>(std::move(file), std::string{});
}

std::unique_ptr<NationalRows> makeWorkbookRows(std::string file, std::string converter) {
    return std::make_unique<CsvRows>(std::move(file), std::move(converter));
}

}  // namespace lianzheng
