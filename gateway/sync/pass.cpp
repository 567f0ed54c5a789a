#include "gateway/sync/pass.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "gateway/planner/ledger_key.h"
#include "gateway/sync/merger_watch.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kDueAtOnce = 500;
constexpr std::size_t kOutcomesBetween = 2000;  // before what they made dirty is planned again
constexpr std::size_t kProbe = 200;

void add(Dispatcher::Tally& sum, const Dispatcher::Tally& more) {
    sum.accepted += more.accepted;
    sum.refused += more.refused;
    sum.deferred += more.deferred;
    sum.unconfirmed += more.unconfirmed;
    sum.denied = sum.denied || more.denied;
    sum.away = more.away;
}

}  // namespace

/// A full pass counts what it met; another one asks for a page of certificates that ought to be there.
Status Pass::probeSource(FuseSituation& situation) {
    std::vector<LedgerEntry> page;
    const std::string after = parts_.policy.provinceCharacter + "建安" + "ABC"[parts_.random.next() % 3] + "（20" +
                              std::to_string(20 + parts_.random.next() % 10);
    if (const Status read = parts_.store.ledgerPage(after, kProbe, page); !read) return read;
    if (page.size() < kProbe) {
        if (const Status read = parts_.store.ledgerPage("", kProbe, page); !read) return read;
    }
    std::set<std::string> keys;
    for (const LedgerEntry& entry : page) {
        if (!entry.sourceKey.empty()) keys.insert(entry.sourceKey);
    }
    const std::vector<std::string> asked(keys.begin(), keys.end());
    Desired row;
    std::set<std::string> there;
    const Status read = parts_.source.byKeys(asked, [&](std::span<const Cell> cells) {
        parts_.map.map(cells, row);
        there.insert(row.facts.sourceKey);
        return true;
    });
    if (!read) return read;
    situation.probed = asked.size();
    situation.lost = asked.size() - std::min(asked.size(), there.size());
    return ok();
}

/// Whether the ledger was planned under another mapping.
Result<bool> Pass::mappingChanged() {
    const auto mapping = parts_.store.wordOf("mapping");
    if (!mapping) return tl::unexpected(mapping.error());
    return !mapping->empty() && *mapping != parts_.map.version();
}

Result<bool> Pass::ledgerIsEmpty() {
    std::vector<LedgerEntry> first;
    if (const Status read = parts_.store.ledgerPage("", 1, first); !read) return tl::unexpected(read.error());
    return first.empty();
}

Result<FuseSituation> Pass::situation(const PassOptions& options, const Scanner::Read& read, const PassTally& tally,
                                      bool full) {
    FuseSituation situation;
    const bool whole = full && !read.limited;
    // Counting a large ledger takes longer than a small pass: only where the fuse looks at the count.
    if (whole || tally.steps > parts_.settings.fuse.massAtLeast) {
        const auto size = parts_.store.ledgerSize();
        if (!size) return tl::unexpected(size.error());
        situation.ledgerRows = *size;
    }
    const auto changed = mappingChanged();
    if (!changed) return tl::unexpected(changed.error());
    situation.mappingChanged = *changed;
    situation.firstRun = options.firstRun;
    situation.accepted = options.accept;
    if (whole) {
        situation.lost = situation.ledgerRows - std::min(situation.ledgerRows, read.matched);
    } else if (const Status probed = probeSource(situation); !probed) {
        return tl::unexpected(probed.error());
    }
    return situation;
}

Status Pass::conclude(const Scanner::Read& read) {
    if (read.limited) return ok();  // the rest is for the next pass: its cursor stays
    std::vector<Change> changes{MoveCursor{read.cursor}, PutWord{"mapping", parts_.map.version()}};
    if (!read.watermark.empty()) changes.emplace_back(PutWord{"watermark", read.watermark});
    return parts_.store.commit(changes);
}

/// Reads the province and queues what it asks for, unless the fuse says no. False: nothing was queued.
Result<bool> Pass::gather(const PassOptions& options, PassResult& result, const std::stop_token& stop) {
    Intake intake(parts_);
    Scanner scanner(parts_, intake);
    const auto changed = mappingChanged();
    if (!changed) return tl::unexpected(changed.error());
    Scanner::Settings settings;
    settings.full = options.full || *changed;  // another mapping says something new of every row
    settings.limit = options.limit;
    settings.progress = [&](std::uint64_t rows) {
        if (progress) progress({PassProgress::Phase::Scan, rows});
    };
    auto cursor = parts_.store.cursor();
    if (!cursor) return tl::unexpected(cursor.error());
    const bool full = settings.full || parts_.map.source().changedAt.empty() || *cursor == ScanCursor{};
    auto read = scanner.read(settings, stop);
    if (!read) return tl::unexpected(read.error());
    result.tally = intake.tally();
    auto judged = situation(options, *read, result.tally, full);
    if (!judged) return tl::unexpected(judged.error());
    result.trip = judge(result.tally, *judged, parts_.settings.fuse);
    if (result.trip) {
        result.end = PassResult::End::Fuse;
        return false;
    }
    if (options.dryRun) return false;
    if (const Status done = intake.flush(); !done) return tl::unexpected(done.error());
    if (read->overflowed) {  // judged as a whole; what did not fit is read again and queued as it comes
        Intake rest(parts_);
        Scanner again(parts_, rest);
        settings.commitAsItGoes = true;
        const Scanner::Read before = *read;
        read = again.read(settings, stop);
        if (!read) return tl::unexpected(read.error());
        if (const Status done = rest.flush(); !done) return tl::unexpected(done.error());
        read->cursor = before.cursor;
    }
    if (const Status done = conclude(*read); !done) return tl::unexpected(done.error());
    return true;
}

Result<bool> Pass::onlyCollects(const Desired& row, const LedgerEntry& entry) {
    const auto acknowledged = parts_.store.acknowledged(entry.number);
    if (!acknowledged) return tl::unexpected(acknowledged.error());
    const Plan next = plan(row, entry, *acknowledged, nullptr, parts_.policy, parts_.clock.now());
    const auto* step = std::get_if<Step>(&next);
    return step != nullptr && std::holds_alternative<CollectLicence>(step->request);
}

/// Plans again what is dirty or due by time. Returns how many were looked at.
Result<std::uint64_t> Pass::lookAgain() {
    auto due = parts_.store.due(parts_.clock.now(), kDueAtOnce);
    if (!due) return tl::unexpected(due.error());
    if (due->empty()) return 0;
    std::vector<std::string> keys;
    std::map<std::string, const LedgerEntry*> byKey;
    for (const LedgerEntry& entry : *due) {
        keys.push_back(entry.sourceKey);
        byKey.emplace(entry.sourceKey, &entry);
    }
    Intake intake(parts_);
    std::set<std::string> met;
    std::vector<Desired> rows;
    const Status read = parts_.source.byKeys(keys, [&](std::span<const Cell> cells) {
        rows.emplace_back();
        parts_.map.map(cells, rows.back());
        return true;
    });
    if (!read) return tl::unexpected(read.error());
    for (const Desired& row : rows) {
        const auto found = byKey.find(row.facts.sourceKey);
        if (found == byKey.end()) continue;
        if (ledgerKey(row) != found->second->number) continue;
        // What the province has changed since is the scan's to bring in, where the fuse judges it; but for a licence
        // file, which only completes what was let through, and whose time need not move the row's.
        if (row.seen != found->second->seen) {
            const auto collects = onlyCollects(row, *found->second);
            if (!collects) return tl::unexpected(collects.error());
            if (!*collects) continue;
        }
        met.insert(row.facts.sourceKey);
        if (auto looked = intake.look(row, found->second, {}); !looked) return tl::unexpected(looked.error());
    }
    if (const Status done = intake.flush(); !done) return tl::unexpected(done.error());
    // A row that vanished is a finding of the reconciliation, never a cancellation: it is looked at again tomorrow, as
    // is one that the scan has yet to bring in.
    std::vector<Change> gone;
    for (const LedgerEntry& entry : *due) {
        if (met.contains(entry.sourceKey)) continue;
        LedgerEntry rested = entry;
        rested.dirty = false;
        rested.reviewAt = parts_.clock.now() + parts_.settings.blockedReview;
        gone.emplace_back(PutLedger{std::move(rested)});
    }
    if (!gone.empty()) {
        if (const Status done = parts_.store.commit(gone); !done) return tl::unexpected(done.error());
    }
    return due->size();
}

Status Pass::settleDue(PassResult& result, const std::stop_token& stop) {
    const std::uint64_t before = result.pushed.accepted + result.pushed.refused;
    dispatcher_.progress = [&](const Dispatcher::Tally& tally) {
        if (progress) progress({PassProgress::Phase::Push, before + tally.accepted + tally.refused});
    };
    while (!stop.stop_requested()) {
        const auto paused = parts_.store.wordOf("paused");
        if (!paused) return tl::unexpected(paused.error());
        if (!paused->empty()) {
            result.end = PassResult::End::Paused;
            break;
        }
        std::uint64_t work = 0;
        while (true) {
            const auto looked = lookAgain();
            if (!looked) return tl::unexpected(looked.error());
            work += *looked;
            if (*looked < kDueAtOnce || stop.stop_requested()) break;
        }
        const auto pushed = dispatcher_.run(kOutcomesBetween, stop);
        if (!pushed) return tl::unexpected(pushed.error());
        add(result.pushed, *pushed);
        work += pushed->accepted + pushed->refused + pushed->replanned;
        if (pushed->denied || pushed->away) break;
        if (work != 0) continue;
        const auto checked = askChecks(stop);
        if (!checked) return tl::unexpected(checked.error());
        if (*checked == 0) break;
    }
    return dispatcher_.closeCounter();
}

Status Pass::settleUrgent(PassResult& result, const std::stop_token& stop) {
    const auto pushed = dispatcher_.run(kOutcomesBetween, stop, Lane::Manual);
    if (!pushed) return tl::unexpected(pushed.error());
    add(result.pushed, *pushed);
    return dispatcher_.closeCounter();
}

Status Pass::writeBack(PassResult& result) {
    while (true) {
        const auto rows = parts_.store.writeBacks(kDueAtOnce);
        if (!rows) return tl::unexpected(rows.error());
        if (rows->empty()) return ok();
        if (const Status written = parts_.source.writeBack(*rows); !written) {
            parts_.log.warning("writeback.deferred", {{"rows", rows->size()}, {"code", written.error().code}});
            return ok();
        }
        std::vector<Change> changes;
        for (const WriteBack& row : *rows) changes.emplace_back(RemoveWriteBack{row.sourceKey, row.pushedAt});
        if (const Status done = parts_.store.commit(changes); !done) return done;
        result.writtenBack += rows->size();
    }
}

Result<PassResult> Pass::run(const PassOptions& options, const std::stop_token& stop) {
    PassResult result;
    const auto paused = parts_.store.wordOf("paused");
    if (!paused) return tl::unexpected(paused.error());
    if (!paused->empty()) {
        result.end = PassResult::End::Paused;
        return result;
    }
    const auto empty = ledgerIsEmpty();
    if (!empty) return tl::unexpected(empty.error());
    if (*empty && !options.firstRun && !options.dryRun && !options.accept) {
        result.end = PassResult::End::NeedsFirstRun;
        return result;
    }
    const auto gathered = gather(options, result, stop);
    if (!gathered) {
        if (gathered.error().fault != Fault::Cancelled) return tl::unexpected(gathered.error());
        result.end = PassResult::End::Stopped;
        return result;
    }
    if (options.dryRun || result.trip) return result;
    const TimePoint until = parts_.clock.now() + options.wait;
    while (true) {
        if (const Status done = settleDue(result, stop); !done) {
            if (done.error().fault != Fault::Cancelled) return tl::unexpected(done.error());
        }
        const auto next = parts_.store.nextDue(parts_.clock.now());
        if (!next) return tl::unexpected(next.error());
        result.nextDue = *next;
        const bool over = stop.stop_requested() || result.pushed.denied || result.end == PassResult::End::Paused;
        if (over || !*next || **next > until) break;
        parts_.clock.sleepUntil(std::max(**next, parts_.clock.now() + 100ms), stop);
    }
    if (const Status done = writeBack(result); !done) return tl::unexpected(done.error());
    if (const Status done = watchMergers(parts_.store, parts_.log, parts_.clock.now()); !done) {
        return tl::unexpected(done.error());
    }
    if (stop.stop_requested()) result.end = PassResult::End::Stopped;
    if (result.pushed.away) result.end = PassResult::End::Away;
    if (result.pushed.denied) result.end = PassResult::End::Denied;
    return result;
}

}  // namespace lianzheng
