#pragma once

#include <map>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "gateway/store/brief_figures.h"
#include "gateway/store/store.h"

namespace lianzheng::testing {

/// The part of a store that reconciliation uses, in memory. The rest is empty.
class FakeStore final : public Store {
public:
    std::map<std::string, LedgerEntry, std::less<>> ledger;
    std::map<std::string, Acknowledged, std::less<>> records;
    std::map<std::string, OutboxRow, std::less<>> intents;
    std::map<std::string, std::vector<Attempt>, std::less<>> attempts;
    std::vector<BlockedRow> blockedRows;
    std::map<std::tuple<std::string, std::string, std::string>, Finding> kept;
    std::map<std::int64_t, RunRow> runRows;
    std::map<std::string, std::string, std::less<>> words;
    std::optional<Error> commitFails;

    Status commit(std::span<const Change> changes) override {
        if (commitFails) return tl::unexpected<Error>(*commitFails);
        for (const Change& change : changes) {
            if (const auto* put = std::get_if<PutFinding>(&change)) keep(put->finding);
            if (const auto* keep = std::get_if<KeepFindings>(&change)) keepOld(*keep);
            if (const auto* close = std::get_if<CloseFindings>(&change)) closeOld(*close);
            if (const auto* run = std::get_if<PutRun>(&change)) runRows[run->run.id] = run->run;
            if (const auto* word = std::get_if<PutWord>(&change)) words[word->name] = word->value;
        }
        return ok();
    }
    Result<std::optional<LedgerEntry>> find(std::string_view number) override {
        const auto found = ledger.find(number);
        return found == ledger.end() ? std::optional<LedgerEntry>{} : found->second;
    }
    Status ledgerPage(std::string_view after, std::size_t limit, std::vector<LedgerEntry>& out) override {
        out.clear();
        for (auto each = ledger.upper_bound(after); each != ledger.end() && out.size() < limit; ++each) {
            out.push_back(each->second);
        }
        return ok();
    }
    Status ledgerGlances(std::string_view after, std::size_t limit, std::string_view mappingVersion,
                         std::vector<LedgerGlance>& out) override {
        out.clear();
        for (auto each = ledger.upper_bound(after); each != ledger.end() && out.size() < limit; ++each) {
            const LedgerEntry& entry = each->second;
            if (entry.state == CertState::None) continue;
            const bool current = entry.digestVersion == kDigestVersion && entry.mappingVersion == mappingVersion;
            out.push_back({entry.number, entry.state, current ? entry.comparable : Digest{}});
        }
        return ok();
    }
    Result<Acknowledged> acknowledged(std::string_view number) override {
        const auto found = records.find(number);
        return found == records.end() ? Acknowledged{} : found->second;
    }
    Result<std::optional<OutboxRow>> intentOf(std::string_view number) override {
        const auto found = intents.find(number);
        return found == intents.end() ? std::optional<OutboxRow>{} : found->second;
    }
    Result<std::vector<BlockedRow>> blocked(std::string_view, bool) override { return blockedRows; }
    Result<std::string> wordOf(std::string_view name) override {
        const auto found = words.find(name);
        return found == words.end() ? std::string{} : found->second;
    }
    Result<std::vector<Finding>> findings(bool openOnly) override {
        std::vector<Finding> all;
        for (const auto& [key, finding] : kept) {
            if (finding.open || !openOnly) all.push_back(finding);
        }
        return all;
    }
    Result<std::vector<Finding>> findingsOfRun(const RunRow&, const Finding&, std::size_t) override {
        return std::vector<Finding>{};
    }
    Result<std::vector<std::string>> openWith(std::string_view kind, std::string_view provincialValue) override {
        std::vector<std::string> numbers;
        for (const auto& [key, finding] : kept) {
            const bool said = finding.kind == kind && finding.provincialValue == provincialValue;
            if (finding.open && said) numbers.push_back(finding.number);
        }
        return numbers;
    }
    Result<std::int64_t> newId(std::string_view) override { return ++lastId_; }

    Result<bool> tryBecomePusher() override { return true; }
    Result<bool> pusherAlive() override { return false; }
    Result<std::vector<LedgerEntry>> findMany(std::span<const std::string>) override {
        return std::vector<LedgerEntry>{};
    }
    Result<std::vector<HeldCertificate>> heldBy(std::string_view) override { return std::vector<HeldCertificate>{}; }
    Result<std::vector<HeldCertificate>> legalAt(std::string_view) override { return std::vector<HeldCertificate>{}; }
    Result<std::vector<std::string>> mergersWaiting(TimePoint, TimePoint) override {
        return std::vector<std::string>{};
    }
    Result<std::vector<OutboxRow>> intentsOfPerson(std::string_view) override { return std::vector<OutboxRow>{}; }
    Result<std::vector<Standing>> standings(std::span<const std::string>) override { return std::vector<Standing>{}; }
    Result<std::optional<LedgerEntry>> findBySourceKey(std::string_view) override {
        return std::optional<LedgerEntry>{};
    }
    Result<std::vector<LedgerEntry>> due(TimePoint, std::size_t) override { return std::vector<LedgerEntry>{}; }
    Result<std::optional<TimePoint>> nextDue(TimePoint) override { return std::optional<TimePoint>{}; }
    Result<std::uint64_t> ledgerSize() override { return ledger.size(); }
    Result<std::vector<OutboxRow>> dueIntents(std::string_view, Lane, TimePoint, std::size_t) override {
        return std::vector<OutboxRow>{};
    }
    Result<std::vector<PaceRow>> paces() override { return std::vector<PaceRow>{}; }
    Result<std::vector<FindingEvent>> findingEvents(std::string_view) override { return std::vector<FindingEvent>{}; }
    Result<FindingBalance> findingBalance() override { return FindingBalance{}; }
    Result<std::vector<UnknownRefusal>> unknownRefusals(std::size_t) override { return std::vector<UnknownRefusal>{}; }
    Result<std::optional<BlockedRow>> blockedOf(std::string_view) override { return std::optional<BlockedRow>{}; }
    Result<std::vector<BlockedRow>> checksDue(TimePoint, std::size_t) override { return std::vector<BlockedRow>{}; }
    Result<std::vector<Attempt>> attemptsOf(std::string_view number) override {
        const auto found = attempts.find(number);
        return found == attempts.end() ? std::vector<Attempt>{} : found->second;
    }
    Result<std::vector<WriteBack>> writeBacks(std::size_t) override { return std::vector<WriteBack>{}; }
    Result<ScanCursor> cursor() override { return ScanCursor{}; }
    Result<std::vector<RunRow>> runs(std::size_t limit) override {
        std::vector<RunRow> rows;
        for (auto each = runRows.rbegin(); each != runRows.rend() && rows.size() < limit; ++each) {
            rows.push_back(each->second);
        }
        return rows;
    }
    Result<std::vector<RequestRow>> openRequests() override { return std::vector<RequestRow>{}; }
    Result<std::optional<RequestRow>> request(std::int64_t) override { return std::optional<RequestRow>{}; }
    Result<std::vector<AuditRow>> audits(std::size_t) override { return std::vector<AuditRow>{}; }
    Result<std::optional<HumanLook>> lastLook(std::string_view) override { return std::optional<HumanLook>{}; }
    Result<std::vector<Finding>> findingsOf(std::string_view) override { return std::vector<Finding>{}; }
    Result<std::vector<HolderOf>> holdersEndingIn(std::span<const std::string>) override {
        return std::vector<HolderOf>{};
    }
    Result<BriefFigures> briefFigures(const BriefQuestion&) override { return BriefFigures{}; }
    Result<std::map<std::string, std::uint64_t>> counts() override { return std::map<std::string, std::uint64_t>{}; }
    Result<std::string> evidenceHead() override { return std::string{}; }
    Result<ChainReport> verifyEvidence(std::string_view) override { return ChainReport{}; }
    Result<std::vector<Evidence>> evidenceOf(std::string_view) override { return std::vector<Evidence>{}; }
    Result<EvidenceExtract> evidenceExtract(std::string_view) override { return EvidenceExtract{}; }
    Status forget(TimePoint, TimePoint) override { return ok(); }

private:
    void keep(Finding finding) {
        auto& place = kept[{finding.number, finding.kind, finding.field}];
        if (place.open && place.lastRun != 0) finding.firstSeen = place.firstSeen;
        place = std::move(finding);
    }
    void closeOld(const CloseFindings& close) {
        for (auto& [key, finding] : kept) {
            const bool meant = close.kinds.empty() ||
                               std::find(close.kinds.begin(), close.kinds.end(), finding.kind) != close.kinds.end();
            const bool mine = !close.ledgerOnly || seenByLedger(finding);
            if (meant && mine && finding.lastRun < close.run) finding.open = false;
        }
    }
    void keepOld(const KeepFindings& keep) {
        for (auto& [key, finding] : kept) {
            const bool meant = (keep.number.empty() || keep.number == finding.number) &&
                               (keep.field.empty() || keep.field == finding.field) && finding.kind != "blocked" &&
                               finding.kind != "rule_conflict" && (!keep.ledgerOnly || seenByLedger(finding));
            if (meant && finding.open) finding.lastRun = keep.run;
        }
    }
    bool seenByLedger(const Finding& finding) {
        const auto run = runRows.find(finding.lastRun);
        return run != runRows.end() && againstOf(run->second.counts) == "ledger";
    }
    std::int64_t lastId_ = 0;
};

}  // namespace lianzheng::testing
