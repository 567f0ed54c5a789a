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

/// What a row of an expected number is known by: its key and the number under which both sides meet.
std::string known(const Desired& row) { return row.facts.sourceKey + '\n' + meetingNumber(row.record[Field::CertNum]); }

}  // namespace

ProvincialSuspects::ProvincialSuspects(ProvincialSource& source, const FieldMap& map, std::string scratchDirectory,
                                       std::size_t memory)
    : source_(source), map_(map), suspects_(scratchDirectory, memory), come_(std::move(scratchDirectory), memory / 4) {
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
    if (expected_.size() == kMostExpected) return ok();
    expected_.emplace_back(number);
    return suspects_.add(number, std::string_view(&kByNumber, 1));
}

/// Whether the row comes with those of an expected number.
bool ProvincialSuspects::hasCome(std::span<const Cell> cells) {
    if (comeRows_.empty()) return false;
    map_.mapRecord(cells, mapped_);
    return comeRows_.contains(known(mapped_));
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
        if (found != rows.end() && !hasCome(cells)) packRow(cells, found->second);
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

/// All before the first is given: a row that has changed its number stands among them and among the suspects.
Status ProvincialSuspects::readExpected(const std::stop_token& stop) {
    Status kept = ok();
    std::string packed;
    const RowSink keeping = [&](std::span<const Cell> cells) {
        map_.mapRecord(cells, mapped_);
        const std::string& number = mapped_.record[Field::CertNum];
        if (ledgerKey(mapped_) != number) return true;  // without a readable number it is known by its key alone
        packed.clear();
        packRow(cells, packed);
        kept = come_.add(meetingNumber(number), packed);
        comeRows_.insert(known(mapped_));
        return kept.has_value();
    };
    for (std::size_t at = 0; at < expected_.size(); at += kPage) {
        if (stop.stop_requested()) return failed(Fault::Cancelled, "reconcile", "stopped");
        const std::span<const std::string> all(expected_);
        if (Status read = source_.byNumbers(all.subspan(at, std::min(kPage, all.size() - at)), keeping); !read) {
            return read;
        }
        if (!kept) return kept;
    }
    expected_ = {};
    if (Status status = come_.sort(); !status) return status;
    return nextCome();
}

Status ProvincialSuspects::nextCome() {
    const Result<bool> next = come_.next();
    comeLeft_ = next.value_or(false);
    return next.map([](bool) {});
}

bool ProvincialSuspects::giveRows(std::string_view packed, const RowSink& sink) {
    while (!packed.empty()) {
        if (!takeRow(packed, map_.columns().size(), cells_)) return true;
        if (!sink(cells_)) return false;
    }
    return true;
}

/// Numbers are asked for in their order.
Result<bool> ProvincialSuspects::giveCome(const std::string& number, const RowSink& sink) {
    while (comeLeft_ && come_.key() <= number) {
        if (come_.key() == number && !giveRows(come_.payload(), sink)) return false;
        if (Status status = nextCome(); !status) return tl::unexpected<Error>(status.error());
    }
    return true;
}

Result<bool> ProvincialSuspects::give(const Suspect& suspect, Page& page, const RowSink& sink) {
    if (suspect.noted[0] == kByNumber) return giveCome(suspect.number, sink);
    const std::string noted = suspect.noted.substr(1);
    if (suspect.noted[0] == kCells) return giveRows(noted, sink);
    return giveRows(std::exchange(page.byKey[noted], {}), sink);  // several rows of one key come once
}

Status ProvincialSuspects::read(const RowSink& sink, const std::stop_token& stop) {
    if (Status status = readExpected(stop); !status) return status;
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
        for (const Suspect& suspect : page.suspects) {
            const Result<bool> given = give(suspect, page, sink);
            if (!given) return tl::unexpected<Error>(given.error());
            if (!*given) return ok();
        }
    }
    return ok();
}

}  // namespace lianzheng
