#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/sync/batch_limits.h"
#include "gateway/sync/holding_gate.h"
#include "gateway/sync/parts.h"
#include "gateway/sync/photo_fetcher.h"
#include "gateway/sync/settlement.h"
#include "gateway/sync/traffic.h"
#include "gateway/sync/visits.h"

namespace lianzheng {

/// Carries due intents to the platform: claims them durably, sends them with bounded concurrency below the ceiling,
/// and makes every outcome durable in groups.
/// Threads: one at a time, which is the platform's owner thread.
class Dispatcher {
public:
    explicit Dispatcher(SyncParts parts)
        : parts_(parts),
          settler_(parts.refusals, parts.settings),
          gate_(parts.store),
          limits_(parts.settings.batches),
          photos_(parts.source, parts.settings.retry.base),
          visits_(parts) {}

    struct Tally {
        std::uint64_t accepted = 0;
        std::uint64_t refused = 0;
        std::uint64_t deferred = 0;
        std::uint64_t unconfirmed = 0;
        std::uint64_t replanned = 0;  ///< events in doubt that turned out not accepted, and are planned anew
        bool denied = false;
        bool away = false;  ///< ended because the platform does not answer; intents rest until it does
    };
    /// Sends until nothing is due, `atMost` outcomes have come, the platform is away, or `stop` is requested. Calls
    /// under way at a stop are waited for, briefly, and what is then unknown is unconfirmed.
    /// Errors: those of the store; a province whose photos can no longer be read as the mapping says (Corrupt).
    /// Of the lanes up to `upTo` alone.
    Result<Tally> run(std::uint64_t atMost, const std::stop_token& stop, Lane upTo = Lane::Campaign);
    /// Called after each group of outcomes with the tally so far.
    std::function<void(const Tally&)> progress;
    /// Who waits for single certificates meanwhile, and is answered as soon as they are through. May be empty.
    Counter counter;
    /// Takes in who has come to the counter, and says whether anybody waits there.
    Result<bool> somebodyWaits();
    /// Nothing more is sent for a while: whoever is at the counter has his answer, or comes again.
    Status closeCounter();

private:
    struct Flight {
        OutboxRow row;
        std::string_view operation;     ///< under whose limit it went
        std::vector<OutboxRow> others;  ///< in the same call: a change of employer, or …
        bool batch = false;             ///< … events that are judged one by one
        bool told = false;              ///< of the call's fault the breaker and the pacer have heard from another item
        TimePoint startedAt{};
        std::string refusal;    ///< what led to the read-back
        Holdings holdings;      ///< read back so far
        int asked = 0;          ///< 0: the event itself, or its check; 1: by number; 2: by identity number
        bool check = false;     ///< the check before the event, which still rests in the queue
        Completion completion;  ///< of the event itself, when a read-back follows
    };
    struct Claimed {
        OutboxRow row;
        Request request;
        std::vector<OutboxRow> others{};
        /// Under which operation's limit it goes: a change of employer is 赋码 as well.
        [[nodiscard]] std::string_view pacedAs() const { return others.empty() ? operationName(request) : "assign"; }
        [[nodiscard]] std::size_t items() const { return 1 + others.size(); }
    };
    /// Rests in the queue until one of `on` has come to its end.
    struct Resting {
        std::int64_t id = 0;
        std::string number;
        int attempts = 0;
        int sends = 0;
        std::vector<std::string> on;
    };
    /// What each operation may send now, and how much of it was used.
    struct Grant {
        std::string_view operation;
        std::size_t granted = 0;
        std::size_t used = 0;
    };
    using Grants = std::array<Grant, kQueuedOperations.size()>;
    Status claim(std::vector<Change>& group);
    Status claimRows(std::vector<OutboxRow> rows, TimePoint now, std::vector<Change>& group);
    [[nodiscard]] Grants grants(std::size_t slots, TimePoint now);
    /// The rows whose turn it is, in the lanes' order, within the grants and the ceiling.
    Result<std::vector<OutboxRow>> nextRows(std::size_t slots, Grants& grants, TimePoint now);
    /// The first `most` that are due of one lane.
    Result<std::vector<OutboxRow>> dueOf(Lane lane, std::size_t most, const Grants& grants, TimePoint now);
    /// A repeat for which there is no budget rests a moment.
    bool affordable(const OutboxRow& row, TimePoint now, std::vector<Change>& group);
    [[nodiscard]] Breaker::Leave leaveOf(std::string_view operation, TimePoint now) const;
    /// As many items as all calls at once may bear.
    [[nodiscard]] std::size_t itemsInCalls() const {
        return parts_.settings.concurrency * parts_.settings.batches.widest();
    }
    [[nodiscard]] std::size_t underWay(std::string_view operation) const;
    /// How long a completion may be waited for before something may be sent again.
    [[nodiscard]] std::chrono::milliseconds patience() const;
    /// Whether the holding rules let the event leave; else what becomes of it is in `group`.
    Result<bool> passesRules(const OutboxRow& row, TimePoint now, std::vector<Change>& group);
    /// Claims a change of employer of one person's certificates as one call: all of them or none.
    Status claimTogether(std::vector<OutboxRow> rows, TimePoint now, std::vector<Change>& group);
    /// An event in doubt that was sent with others goes again with them. False: it is an event of its own.
    Result<bool> repeatsTogether(const OutboxRow& row, TimePoint now, std::vector<Change>& group);
    /// What the province says of the certificates that would have to move with this one.
    struct Partners {
        HoldingGate::Steps steps;               ///< move too, and are not queued
        std::set<std::string> later;            ///< move too, after something else
        std::map<std::string, Advice> blocked;  ///< move too, and cannot
    };
    Result<Partners> partnersOf(const std::string& number, const HeldCertificate& candidate);
    Status holdBack(const OutboxRow& row, const HoldingGate::Judgement& judged, TimePoint now,
                    std::vector<Change>& group);
    Status letWait(const OutboxRow& row, std::vector<std::string> on, TimePoint now, std::vector<Change>& group);
    /// An event of `number` has come to an end: what waited for it is due.
    void wake(const std::string& number, TimePoint now, std::vector<Change>& group);
    Status claimOne(OutboxRow row, TimePoint now, std::vector<Change>& group);
    /// Gives the event its picture. False: it cannot be sent as it is, and what becomes of it is in `group`.
    Result<bool> withPhoto(OutboxRow& row, AssignCode& assign, TimePoint now, std::vector<Change>& group);
    Status cannotRepeat(OutboxRow row, TimePoint now, std::vector<Change>& group);
    void append(Settlement settlement, std::vector<Change>& group);
    /// Starts what is durable as sending.
    void launch();
    /// Whether anything could still be sent now; waits out the ceiling.
    Result<bool> moreDue(const std::stop_token& stop);
    Status lookForPause();
    /// Takes in who came to the counter, asks for them, and answers whom it may. All that was claimed is durable.
    Status attend(bool ending);
    Status ask();
    [[nodiscard]] bool isUnderWay(const std::string& number) const;
    Status forgetReplaced(const std::vector<std::string>& numbers);
    void begin(Claimed claimed);
    void beginBatch(std::vector<Claimed> call);
    void fly(Flight flight, std::string_view pacedAs, Request request);
    [[nodiscard]] bool wantsCheck(const OutboxRow& row) const;
    void beginCheck(OutboxRow row);
    Status settle(std::vector<Completion> completions, std::vector<Change>& group);
    Status settleOne(Flight flight, const Standing& standing, const Completion& completion, std::vector<Change>& group);
    /// Every item's own outcome. Whoever a refusal of the whole call does not name is asked about apart, in calls of
    /// half the size.
    Status settleBatch(Flight flight, std::span<const Standing> standings, const Completion& completion,
                       std::vector<Change>& group);
    /// All the events of a call, in the order of its items.
    static std::vector<OutboxRow> rowsOf(Flight flight);
    /// The outcomes of a change of employer: each certificate's own.
    Status settleTogether(Flight flight, std::span<const Standing> standings, const Completion& completion,
                          std::vector<Change>& group);
    void askBack(Flight flight);
    void note(const Flight& flight, const Settlement& settlement);
    void countOutcome(Settlement::Tally outcome);
    Result<Standing> standingOf(const std::string& number);

    SyncParts parts_;
    Settler settler_;
    HoldingGate gate_;
    BatchLimits limits_;
    Tally tally_;
    std::map<Ticket, Flight> flights_;
    std::size_t itemsUnderWay_ = 0;  ///< of all flights
    PhotoFetcher photos_;
    Visits visits_;
    std::map<Ticket, Visits::Question> questions_;               ///< asked for somebody at the counter …
    std::vector<std::pair<Visits::Question, Completion>> told_;  ///< … and the answers
    bool looked_ = false;                                        ///< since the last commit at who may leave the counter
    std::vector<Claimed> claimed_;                               ///< durable as sending in the next group
    std::set<std::int64_t> asking_;  ///< intents that rest while the platform is asked about them: not to be sent …
    std::vector<std::int64_t> answered_;  ///< … until what it said is durable with the next group
    std::vector<std::string> ended_;  ///< numbers whose outcomes are durable, and in the ledger, with the next group
    std::vector<Resting> waits_;      ///< of this run
    std::set<std::string> admitted_;  ///< eCertIDs that passed their check in this run
    /// Queues that were found empty are not looked at again for a moment.
    std::array<std::array<TimePoint, kLanes>, kQueuedOperations.size()> emptyTill_{};
    bool committed_ = false;
    std::size_t ahead_ = 0;  ///< how many more than there are connections may be claimed
    bool mustStop_ = false;
    bool paused_ = false;        ///< nothing is sent, but who stands at the counter is heard
    bool heard_ = false;         ///< in this run the platform has answered …
    bool unreached_ = false;     ///< … or a call has not got through to it
    TimePoint lookAgainAt_{};    ///< for a pause
    TimePoint listenAgainAt_{};  ///< for somebody who comes
    Lane upTo_ = Lane::Campaign;
};

}  // namespace lianzheng
