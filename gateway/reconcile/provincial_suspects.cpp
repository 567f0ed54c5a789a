#include "gateway/reconcile/provincial_suspects.h"

#include <algorithm>
#include <utility>

#include "gateway/planner/ledger_key.h"
#include "gateway/reconcile/item.h"
#include "gateway/reconcile/packed_row.h"

namespace lianzheng {
namespace {

constexpr std::size_t kPage = 500;
/// So many are looked up in the hope that they have come.
constexpr std::size_t kMostExpected = 50'000;
/// The first byte of what is noted of a row.
constexpr char kByKey = 'k';
constexpr char kCells = 'c';
constexpr char kByNumber = 'n';

}  // namespace

ProvincialSuspects::ProvincialSuspects(ProvincialSource& source, const FieldMap& map, std::string scratchDirectory,
                                       std::size_t memory)
    : source_(source), map_(map), suspects_(std::move(scratchDirectory), memory) {
    const auto& columns = map.columns();
    keyColumn_ = static_cast<std::size_t>(std::ranges::find(columns, map.source().key) - columns.begin());
}

void ProvincialSuspects::note(std::string_view sourceKey, std::span<const Cell> cells, std::string& noted) {
    noted = sourceKey.empty() ? kCells : kByKey;
    if (sourceKey.empty()) {
        packRow(cells, noted);
    } else {
        noted += sourceKey;
    }
}

Status ProvincialSuspects::add(std::string_view number, std::string_view noted) { return suspects_.add(number, noted); }

Status ProvincialSuspects::expect(std::string_view number) {
    if (expected_ == kMostExpected) return ok();
    ++expected_;
    return suspects_.add(number, std::string_view(&kByNumber, 1));
}

Status ProvincialSuspects::readByKey(Page& page) {
    PackedRows& rows = page.byKey;
    std::vector<std::string> keys;
    for (const Suspect& suspect : page.suspects) {
        if (suspect.noted[0] != kByKey) continue;
        if (rows.try_emplace(suspect.noted.substr(1)).second) keys.push_back(suspect.noted.substr(1));
    }
    const RowSink taking = [&](std::span<const Cell> cells) {
        const auto found = rows.find(std::string(cells[keyColumn_].text));
        if (found != rows.end()) packRow(cells, found->second);
        return true;
    };
    if (keys.empty()) return ok();
    if (Status status = source_.byKeys(keys, taking); !status) return status;
    for (const Suspect& suspect : page.suspects) {
        // Gone, or its key is written in a way that does not find it: then its number does.
        if (suspect.noted[0] != kByKey || suspect.number.empty()) continue;
        const auto missed = rows.find(suspect.noted.substr(1));
        if (!missed->second.empty()) continue;
        const RowSink other = [&](std::span<const Cell> cells) {
            if (cells[keyColumn_].text == missed->first) packRow(cells, missed->second);
            return true;
        };
        if (Status status = source_.byNumber(suspect.number, other); !status) return status;
    }
    return ok();
}

Status ProvincialSuspects::readByNumber(Page& page) {
    std::vector<std::string> numbers;
    for (const Suspect& suspect : page.suspects) {
        if (suspect.noted[0] == kByNumber) numbers.push_back(suspect.number);
    }
    if (numbers.empty()) return ok();
    return source_.byNumbers(numbers, [&](std::span<const Cell> cells) {
        map_.mapRecord(cells, mapped_);
        const std::string& number = mapped_.record[Field::CertNum];
        // A row without a readable number is known by its key alone.
        if (ledgerKey(mapped_) == number) packRow(cells, page.byNumber[meetingNumber(number)]);
        return true;
    });
}

bool ProvincialSuspects::give(const Suspect& suspect, Page& page, const RowSink& sink) {
    std::string packed = suspect.noted.substr(1);
    // Several rows of one key or number come once.
    if (suspect.noted[0] == kByKey) packed = std::exchange(page.byKey[packed], {});
    if (suspect.noted[0] == kByNumber) packed = std::exchange(page.byNumber[suspect.number], {});
    std::string_view left = packed;
    while (!left.empty()) {
        if (!takeRow(left, map_.columns().size(), cells_)) return true;
        if (!sink(cells_)) return false;
    }
    return true;
}

Status ProvincialSuspects::read(const RowSink& sink, const std::stop_token& stop) {
    if (Status status = suspects_.sort(); !status) return status;
    for (bool more = true; more;) {
        if (stop.stop_requested()) return failed(Fault::Cancelled, "reconcile", "stopped");
        Page page;
        while (more && page.suspects.size() < kPage) {
            const Result<bool> there = suspects_.next();
            if (!there) return tl::unexpected<Error>(there.error());
            more = *there;
            if (more) page.suspects.push_back({std::string(suspects_.key()), std::string(suspects_.payload())});
        }
        if (Status status = readByKey(page); !status) return status;
        if (Status status = readByNumber(page); !status) return status;
        for (const Suspect& suspect : page.suspects) {
            if (!give(suspect, page, sink)) return ok();
        }
    }
    return ok();
}

}  // namespace lianzheng
