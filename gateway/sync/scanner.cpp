#include "gateway/sync/scanner.h"

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <utility>

#include "gateway/planner/ledger_key.h"

namespace lianzheng {
namespace {

constexpr std::size_t kPage = 2000;
constexpr std::uint64_t kProgressEvery = 1000;

bool isKnown(const Desired& desired, const LedgerEntry* entry, const std::string& mappingVersion) {
    return entry != nullptr && entry->seen == desired.seen && entry->sourceKey == desired.facts.sourceKey &&
           entry->mappingVersion == mappingVersion && !entry->dirty;
}

/// Whether the row says something new of its certificate; another row of the same number is not a change of it.
bool isChange(const Desired& desired, const LedgerEntry* entry) {
    if (entry == nullptr) return true;
    return entry->seen != desired.seen && (entry->sourceKey.empty() || entry->sourceKey == desired.facts.sourceKey);
}

/// The ledger beside rows that come nearly in its order: pages forward, single look-ups for the rest.
class LedgerBeside {
public:
    explicit LedgerBeside(Store& store) : store_(store) {}

    /// The entry of `number`, null when there is none; valid until the next call.
    Result<const LedgerEntry*> find(const std::string& number) {
        const bool behind = number <= (index_ > 0 ? page_[index_ - 1].number : after_);
        if (behind) return lookUp(number);
        while (true) {
            while (index_ < page_.size() && page_[index_].number < number) index_ += 1;
            if (index_ < page_.size()) return page_[index_].number == number ? &page_[index_] : nullptr;
            if (ended_) return nullptr;
            if (const Status read = fill(); !read) return tl::unexpected(read.error());
        }
    }

private:
    Status fill() {
        if (!page_.empty()) after_ = page_.back().number;
        index_ = 0;
        const Status read = store_.ledgerPage(after_, kPage, page_);
        ended_ = page_.size() < kPage;
        return read;
    }
    Result<const LedgerEntry*> lookUp(const std::string& number) {
        auto found = store_.find(number);
        if (!found) return tl::unexpected(found.error());
        if (!*found) return nullptr;
        single_ = std::move(**found);
        return &single_;
    }

    Store& store_;
    std::vector<LedgerEntry> page_;
    std::size_t index_ = 0;
    std::string after_;  ///< what the page begins after
    bool ended_ = false;
    LedgerEntry single_;
};

}  // namespace

Status Scanner::consider(const Desired& desired, const LedgerEntry* entry, const Settings& settings, Read& read) {
    PassTally& tally = intake_.tally();
    tally.rows += 1;
    if (settings.progress && tally.rows % kProgressEvery == 0) settings.progress(tally.rows);
    if (isKnown(desired, entry, parts_.map.version()) && !intake_.holds(entry->number)) {
        tally.unchanged += 1;
        return ok();
    }
    if (settings.limit && intake_.size() >= *settings.limit) {
        read.limited = true;
        return ok();
    }
    Intake::Manner manner;
    manner.countOnly = !settings.commitAsItGoes && intake_.size() >= parts_.settings.holdLooks;
    read.overflowed = read.overflowed || manner.countOnly;
    if (auto looked = intake_.look(desired, entry, manner); !looked) return tl::unexpected(looked.error());
    if (settings.commitAsItGoes && intake_.size() >= kPage) return intake_.flush();
    return ok();
}

Result<Scanner::Read> Scanner::read(const Settings& settings, const std::stop_token& stop) {
    auto from = parts_.store.cursor();
    if (!from) return tl::unexpected(from.error());
    // The first read is whole: rows without a time, or with one in the future, are not seen by the watermark.
    const bool full = settings.full || parts_.map.source().changedAt.empty() || *from == ScanCursor{};
    return full ? whole(settings, *from, stop) : byWatermark(settings, *from, stop);
}

Result<Scanner::Read> Scanner::byWatermark(const Settings& settings, const ScanCursor& from,
                                           const std::stop_token& stop) {
    auto horizon = parts_.source.watermarkAt(parts_.settings.horizon);
    if (!horizon) return tl::unexpected(horizon.error());
    auto reopen = parts_.source.watermarkAt(parts_.settings.overlap);
    if (!reopen) return tl::unexpected(reopen.error());
    auto behind = parts_.store.wordOf("watermark");  // the newest row ever read: what changed before it came late
    if (!behind) return tl::unexpected(behind.error());

    Read read;
    std::deque<ScanCursor> pages;  // where each page began, as far back as the overlap may reach
    ScanCursor at = from;
    std::vector<Desired> rows;
    while (true) {
        if (stop.stop_requested()) return failed(Fault::Cancelled, "scan", "stop");
        std::size_t count = 0;
        const auto next = parts_.source.scan(at, *horizon, kPage, [&](std::span<const Cell> cells) {
            if (count == rows.size()) rows.emplace_back();
            parts_.map.map(cells, rows[count]);
            count += 1;
            return true;
        });
        if (!next) return tl::unexpected(next.error());
        std::vector<std::string> numbers;
        numbers.reserve(count);
        for (std::size_t i = 0; i < count; ++i) numbers.push_back(ledgerKey(rows[i]));
        auto entries = parts_.store.findMany(numbers);
        if (!entries) return tl::unexpected(entries.error());
        std::unordered_map<std::string_view, const LedgerEntry*> byNumber;
        for (const LedgerEntry& entry : *entries) byNumber.emplace(entry.number, &entry);
        for (std::size_t i = 0; i < count; ++i) {
            const auto found = byNumber.find(numbers[i]);
            const LedgerEntry* entry = found == byNumber.end() ? nullptr : found->second;
            const bool changed = isChange(rows[i], entry);
            if (const Status done = consider(rows[i], entry, settings, read); !done)
                return tl::unexpected(done.error());
            if (changed && rows[i].facts.changedAt < *behind) intake_.tally().late += 1;
        }
        if (count > 0) {
            pages.push_back(at);
            if (pages.size() > parts_.settings.overlapRows / kPage + 1) pages.pop_front();
            at = *next;
        }
        if (count < kPage || read.limited) break;
    }
    // The next read begins where the overlap does, but no more than its bound of rows back, and never behind this one's
    // start.
    read.cursor = at;
    if (*reopen < at.changedAt) {
        read.cursor = ScanCursor{*reopen, ""};
        if (!pages.empty() && pages.front().changedAt > *reopen) read.cursor = pages.front();
        if (read.cursor.changedAt < from.changedAt) read.cursor = from;
    }
    read.watermark = std::max(at.changedAt, *behind);
    return read;
}

Result<Scanner::Read> Scanner::whole(const Settings& settings, const ScanCursor& from, const std::stop_token& stop) {
    Read read;
    read.cursor = from;
    std::string reopen;
    if (!parts_.map.source().changedAt.empty()) {
        auto text = parts_.source.watermarkAt(parts_.settings.overlap);
        if (!text) return tl::unexpected(text.error());
        reopen = std::move(*text);
        auto newest = parts_.source.watermarkAt(parts_.settings.horizon);
        if (!newest) return tl::unexpected(newest.error());
        read.watermark = std::move(*newest);
    }
    LedgerBeside ledger(parts_.store);
    Desired row;
    std::optional<Error> error;
    const auto total = parts_.source.sweep(
        [&](std::span<const Cell> cells) {
            parts_.map.map(cells, row);
            const auto entry = ledger.find(ledgerKey(row));
            if (!entry) {
                error = entry.error();
                return false;
            }
            if (*entry != nullptr) read.matched += 1;
            if (isChange(row, *entry) && row.facts.changedAt < from.changedAt) intake_.tally().missed += 1;
            if (const Status done = consider(row, *entry, settings, read); !done) {
                error = done.error();
                return false;
            }
            return !read.limited;
        },
        stop);
    if (error) return tl::unexpected(*error);
    if (!total) return tl::unexpected(total.error());
    if (!read.limited && reopen > from.changedAt) read.cursor = ScanCursor{reopen, ""};
    return read;
}

}  // namespace lianzheng
