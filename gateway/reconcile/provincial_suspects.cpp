#include "gateway/reconcile/provincial_suspects.h"

#include <algorithm>
#include <utility>

#include "gateway/reconcile/packed_row.h"

namespace lianzheng {
namespace {

constexpr std::size_t kPage = 500;
/// The first byte of what is noted of a row.
constexpr char kByKey = 'k';
constexpr char kCells = 'c';

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

Status ProvincialSuspects::readPage(const std::vector<Suspect>& page, RowsByKey& rows) {
    std::vector<std::string> keys;
    for (const Suspect& suspect : page) {
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
    for (const Suspect& suspect : page) {
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

bool ProvincialSuspects::give(const Suspect& suspect, RowsByKey& rows, const RowSink& sink) {
    std::string packed = suspect.noted.substr(1);
    if (suspect.noted[0] == kByKey) {
        const auto found = rows.find(packed);
        packed = std::exchange(found->second, {});  // several rows of one key come once
    }
    std::string_view left = packed;
    while (!left.empty()) {
        if (!takeRow(left, map_.columns().size(), cells_)) return true;
        if (!sink(cells_)) return false;
    }
    return true;
}

Status ProvincialSuspects::read(const RowSink& sink, const std::stop_token& stop) {
    if (Status status = suspects_.sort(); !status) return status;
    std::vector<Suspect> page;
    for (bool more = true; more;) {
        if (stop.stop_requested()) return failed(Fault::Cancelled, "reconcile", "stopped");
        page.clear();
        while (more && page.size() < kPage) {
            const Result<bool> there = suspects_.next();
            if (!there) return tl::unexpected<Error>(there.error());
            more = *there;
            if (more) page.push_back({std::string(suspects_.key()), std::string(suspects_.payload())});
        }
        RowsByKey rows;
        if (Status status = readPage(page, rows); !status) return status;
        for (const Suspect& suspect : page) {
            if (!give(suspect, rows, sink)) return ok();
        }
    }
    return ok();
}

}  // namespace lianzheng
