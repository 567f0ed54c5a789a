#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "gateway/sync/breaker.h"
#include "gateway/sync/parts.h"
#include "gateway/sync/rate.h"
#include "gateway/sync/settlement.h"

namespace lianzheng {

/// Carries due intents to the platform: claims them durably, sends them with bounded concurrency below the ceiling,
/// and makes every outcome durable in groups.
/// Threads: one at a time, which is the platform's owner thread.
class Dispatcher {
public:
    explicit Dispatcher(SyncParts parts)
        : parts_(parts), settler_(parts.refusals, parts.settings), rate_(parts.settings.rateCeiling) {}

    struct Tally {
        std::uint64_t accepted = 0;
        std::uint64_t refused = 0;
        std::uint64_t deferred = 0;
        std::uint64_t unconfirmed = 0;
        bool denied = false;
        bool away = false;  ///< ended because the platform does not answer; intents rest until it does
    };
    /// Sends until nothing is due, `atMost` outcomes have come, the platform is away, or `stop` is requested. Calls
    /// under way at a stop are waited for, briefly, and what is then unknown is unconfirmed.
    Result<Tally> run(std::uint64_t atMost, const std::stop_token& stop);
    /// Called after each group of outcomes with the tally so far.
    std::function<void(const Tally&)> progress;

private:
    struct Flight {
        OutboxRow row;
        TimePoint startedAt{};
        std::string refusal;    ///< what led to the read-back
        Holdings holdings;      ///< read back so far
        int asked = 0;          ///< 0: the event itself, or its check; 1: by number; 2: by identity number
        bool check = false;     ///< the check before the event, which still rests in the queue
        Completion completion;  ///< of the event itself, when a read-back follows
    };
    Status claim(std::vector<Change>& group);
    Result<Request> requestOf(const OutboxRow& row, std::optional<Invalid>& photoProblem);
    /// Starts what is durable as sending; what cannot be sent is settled into `group`.
    Status launch(std::vector<Change>& group);
    /// Whether anything could still be sent now; waits out the ceiling.
    Result<bool> moreDue(const std::stop_token& stop);
    void begin(OutboxRow row, Request request);
    [[nodiscard]] bool wantsCheck(const OutboxRow& row) const;
    void beginCheck(OutboxRow row);
    Status settle(std::vector<Completion> completions, std::vector<Change>& group);
    Status settleOne(Flight flight, const Completion& completion, std::vector<Change>& group);
    void askBack(Flight flight);
    void note(const Settlement& settlement);
    void countOutcome(Settlement::Tally outcome);
    Result<Standing> standingOf(const std::string& number);

    SyncParts parts_;
    Settler settler_;
    Rate rate_;
    Breaker breaker_;
    Tally tally_;
    std::map<Ticket, Flight> flights_;
    std::vector<OutboxRow> claimed_;   ///< durable as sending in the next group
    std::set<std::int64_t> checking_;    ///< intents whose check is under way: queued, and not to be claimed …
    std::vector<std::int64_t> checked_;  ///< … until what it came to is durable with the next group
    std::set<std::string> admitted_;     ///< eCertIDs that passed their check in this run
    bool mustStop_ = false;
};

}  // namespace lianzheng
