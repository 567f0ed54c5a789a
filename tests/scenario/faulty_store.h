#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>

#include "gateway/store/brief_figures.h"
#include "gateway/store/store.h"

namespace lianzheng::test {

/// The process was killed here: thrown through everything, caught by the test alone.
class Killed : public std::exception {
public:
    [[nodiscard]] const char* what() const noexcept override { return "killed"; }
};

/// A store whose n-th commit goes wrong. Everything else is the real store's, which is borrowed.
class FaultyStore final : public Store {
public:
    enum class When : std::uint8_t { Before, After };
    enum class How : std::uint8_t {
        Fail,  ///< before: Unavailable `injected`, nothing written; after: InDoubt `injected`, all of it written
        Kill   ///< throws Killed
    };

    explicit FaultyStore(Store& real) : real_(real) {}

    /// Breaks the `commit`-th commit from now on, counting from 1. One break is pending at a time.
    void breakAt(std::size_t commit, When when, How how) { pending_ = Break{commits_ + commit, when, how}; }
    void heal() { pending_.reset(); }
    /// How many commits were asked for so far.
    [[nodiscard]] std::size_t commits() const noexcept { return commits_; }
    /// Whether the break has happened.
    [[nodiscard]] bool broke() const noexcept { return broke_; }
    /// How many acknowledged records were asked for so far.
    [[nodiscard]] std::size_t recordsRead() const noexcept { return recordsRead_; }

    Status commit(std::span<const Change> changes) override;

    Result<bool> tryBecomePusher() override { return real_.tryBecomePusher(); }
    Result<bool> pusherAlive() override { return real_.pusherAlive(); }
    Result<std::optional<LedgerEntry>> find(std::string_view number) override { return real_.find(number); }
    Result<std::vector<LedgerEntry>> findMany(std::span<const std::string> numbers) override {
        return real_.findMany(numbers);
    }
    Result<std::vector<Standing>> standings(std::span<const std::string> numbers) override {
        return real_.standings(numbers);
    }
    Result<std::optional<LedgerEntry>> findBySourceKey(std::string_view sourceKey) override {
        return real_.findBySourceKey(sourceKey);
    }
    Status ledgerPage(std::string_view after, std::size_t limit, std::vector<LedgerEntry>& out) override {
        return real_.ledgerPage(after, limit, out);
    }
    Status ledgerGlances(std::string_view after, std::size_t limit, std::string_view mappingVersion,
                         std::vector<LedgerGlance>& out) override {
        return real_.ledgerGlances(after, limit, mappingVersion, out);
    }
    Result<Acknowledged> acknowledged(std::string_view number) override {
        ++recordsRead_;
        return real_.acknowledged(number);
    }
    Result<std::vector<HeldCertificate>> heldBy(std::string_view person) override { return real_.heldBy(person); }
    Result<std::vector<HeldCertificate>> legalAt(std::string_view company) override { return real_.legalAt(company); }
    Result<std::vector<std::string>> mergersWaiting(TimePoint endedBefore, TimePoint endedAfter) override {
        return real_.mergersWaiting(endedBefore, endedAfter);
    }
    Result<std::vector<OutboxRow>> intentsOfPerson(std::string_view person) override {
        return real_.intentsOfPerson(person);
    }
    Result<std::vector<LedgerEntry>> due(TimePoint now, std::size_t limit) override { return real_.due(now, limit); }
    Result<std::optional<TimePoint>> nextDue(TimePoint now) override { return real_.nextDue(now); }
    Result<std::uint64_t> ledgerSize() override { return real_.ledgerSize(); }
    Result<std::vector<OutboxRow>> dueIntents(std::string_view operation, Lane lane, TimePoint now,
                                              std::size_t limit) override {
        return real_.dueIntents(operation, lane, now, limit);
    }
    Result<std::optional<OutboxRow>> intentOf(std::string_view number) override { return real_.intentOf(number); }
    Result<std::optional<BlockedRow>> blockedOf(std::string_view number) override { return real_.blockedOf(number); }
    Result<std::vector<BlockedRow>> blocked(std::string_view authority, bool dismissedToo) override {
        return real_.blocked(authority, dismissedToo);
    }
    Result<std::vector<BlockedRow>> checksDue(TimePoint now, std::size_t limit) override {
        return real_.checksDue(now, limit);
    }
    Result<std::vector<Attempt>> attemptsOf(std::string_view number) override { return real_.attemptsOf(number); }
    Result<std::vector<WriteBack>> writeBacks(std::size_t limit) override { return real_.writeBacks(limit); }
    Result<ScanCursor> cursor() override { return real_.cursor(); }
    Result<std::string> wordOf(std::string_view name) override { return real_.wordOf(name); }
    Result<std::vector<PaceRow>> paces() override { return real_.paces(); }
    Result<std::vector<FindingEvent>> findingEvents(std::string_view number) override {
        return real_.findingEvents(number);
    }
    Result<FindingBalance> findingBalance() override { return real_.findingBalance(); }
    Result<std::vector<UnknownRefusal>> unknownRefusals(std::size_t limit) override {
        return real_.unknownRefusals(limit);
    }
    Result<std::vector<Finding>> findingsOfRun(const RunRow& run, const Finding& after, std::size_t limit) override {
        return real_.findingsOfRun(run, after, limit);
    }
    Result<std::vector<Finding>> findings(bool openOnly) override { return real_.findings(openOnly); }
    Result<std::vector<RunRow>> runs(std::size_t limit) override { return real_.runs(limit); }
    Result<std::vector<RequestRow>> openRequests() override { return real_.openRequests(); }
    Result<std::optional<RequestRow>> request(std::int64_t id) override { return real_.request(id); }
    Result<std::vector<AuditRow>> audits(std::size_t limit) override { return real_.audits(limit); }
    Result<std::optional<HumanLook>> lastLook(std::string_view number) override { return real_.lastLook(number); }
    Result<std::vector<Finding>> findingsOf(std::string_view number) override { return real_.findingsOf(number); }
    Result<std::vector<std::string>> openWith(std::string_view kind, std::string_view provincialValue) override {
        return real_.openWith(kind, provincialValue);
    }
    Result<std::vector<HolderOf>> holdersEndingIn(std::span<const std::string> endings) override {
        return real_.holdersEndingIn(endings);
    }
    Result<BriefFigures> briefFigures(const BriefQuestion& question) override { return real_.briefFigures(question); }
    Result<std::int64_t> newId(std::string_view of) override { return real_.newId(of); }
    Result<std::map<std::string, std::uint64_t>> counts() override { return real_.counts(); }
    Result<std::string> evidenceHead() override { return real_.evidenceHead(); }
    Result<ChainReport> verifyEvidence(std::string_view expected) override { return real_.verifyEvidence(expected); }
    Result<std::vector<Evidence>> evidenceOf(std::string_view number) override { return real_.evidenceOf(number); }
    Result<EvidenceExtract> evidenceExtract(std::string_view number) override { return real_.evidenceExtract(number); }
    Status forget(TimePoint attemptsBefore, TimePoint findingsBefore) override {
        return real_.forget(attemptsBefore, findingsBefore);
    }

private:
    struct Break {
        std::size_t commit;
        When when;
        How how;
    };

    Store& real_;
    std::optional<Break> pending_;
    std::size_t commits_ = 0;
    bool broke_ = false;
    std::size_t recordsRead_ = 0;
};

}  // namespace lianzheng::test
