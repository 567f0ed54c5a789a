#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/planner/plan.h"
#include "gateway/store/changes.h"
#include "gateway/sync/parts.h"

namespace lianzheng {

/// What a completed send of an intent means: the changes that make it durable, and what the dispatcher does next.
struct Settlement {
    std::vector<Change> changes;
    enum class Next : std::uint8_t {
        Done,      ///< the intent has ended or rests until its time
        ReadBack,  ///< ask the platform what it holds before anything is decided
        Stop       ///< our own state is wrong: the pass ends
    };
    Next next = Next::Done;
    enum class Health : std::uint8_t { Answered, Away, Throttled, Denied };
    Health health = Health::Answered;        ///< for the breaker and the pacer
    std::chrono::milliseconds notBefore{0};  ///< with Away and Throttled: the platform's own Retry-After
    enum class Tally : std::uint8_t { Accepted, Refused, Deferred, Unconfirmed, Replanned, None };
    Tally tally = Tally::None;
};

/// Turns completions into changes. Pure but for the hour and the dice it is given.
/// `row.state` is the state in which the store has the intent. While it is sending, `row.sends` counts the sends whose
/// bytes may have left, this one included.
class Settler {
public:
    Settler(const RefusalCatalogue& refusals, const SyncSettings& settings)
        : refusals_(refusals), settings_(settings) {}

    [[nodiscard]] Settlement settle(const OutboxRow& row, const Standing& standing, const Completion& completion,
                                    TimePoint startedAt, TimePoint now, double dice) const;
    /// The check that goes before an event (policy.check): `row` is queued and nothing of it has left. An admission
    /// changes nothing but what is written down; a refusal sets aside as the event's own would; a fault is tried again
    /// later and is never a doubt.
    [[nodiscard]] Settlement settleCheck(const OutboxRow& row, const Standing& standing, const Completion& completion,
                                         TimePoint startedAt, TimePoint now, double dice) const;
    /// After a read-back: `refusal` is the message that led there, empty when the event in doubt could not be sent
    /// again as it was. `holdings` is null when the platform could not be asked.
    [[nodiscard]] Settlement settleReadBack(const OutboxRow& row, const Standing& standing, const std::string& refusal,
                                            const Holdings* holdings, TimePoint now, double dice) const;

    /// Whether the call was refused for its speed, as HTTP says it or as an ordinary refusal.
    [[nodiscard]] static bool isThrottled(const Completion& completion, const RefusalCatalogue& refusals);
    /// A read-back was refused for its speed: the intent rests where it was, and no try is counted.
    [[nodiscard]] Settlement askedTooFast(const OutboxRow& row, const Completion& completion, TimePoint now) const;

    /// The event in doubt cannot be sent again as it was, and the platform cannot be asked: a person decides.
    [[nodiscard]] Settlement unrepeatable(const OutboxRow& row, const Standing& standing, TimePoint now) const;

    /// Whether the completion of a query says what the platform holds. A throttled one says nothing, though it comes as
    /// an ordinary refusal, which otherwise means that nothing was found.
    [[nodiscard]] static bool answersQuery(const Completion& completion, const RefusalCatalogue& refusals);

    /// A holding rule stands in the way of a queued event: nothing has left, and nothing does.
    [[nodiscard]] Settlement heldBack(const OutboxRow& row, const Standing& standing, const Advice& advice,
                                      TimePoint now) const;

    /// A change of employer was refused for what another certificate of the call is blamed for: nothing was accepted,
    /// and this one cannot go without the other.
    [[nodiscard]] Settlement settleBeside(const OutboxRow& row, const Standing& standing, const Completion& completion,
                                          const Advice& advice, TimePoint startedAt, TimePoint now) const;

    /// A call of several was refused as a whole, and nothing was said of this one: it is asked about apart, at once, by
    /// the same event. `sends`: how often its bytes may have been taken.
    [[nodiscard]] Settlement askApart(const OutboxRow& row, const Completion& completion, int sends,
                                      TimePoint startedAt, TimePoint now) const;

    /// The intent cannot be sent at all: its picture is missing or is none. Nothing has left.
    [[nodiscard]] Settlement unsendable(const OutboxRow& row, const Standing& standing, const Invalid& problem,
                                        TimePoint now) const;

private:
    [[nodiscard]] Settlement setAside(const OutboxRow& row, const Standing& standing, BlockedRow blocked,
                                      TimePoint now) const;
    [[nodiscard]] Settlement acceptedAs(const OutboxRow& row, const Standing& standing, const std::string& codeId,
                                        TimePoint now) const;
    [[nodiscard]] Settlement refused(const OutboxRow& row, const Standing& standing, const Refusal& refusal,
                                     const std::string& message, TimePoint now) const;
    [[nodiscard]] Settlement faulted(const OutboxRow& row, const Standing& standing, const Error& error, TimePoint now,
                                     double dice) const;
    /// Back to where it rested, nothing counted: this send did not happen as far as the platform is concerned.
    [[nodiscard]] Settlement notSent(const OutboxRow& row, TimePoint dueAt) const;
    [[nodiscard]] Settlement inDoubt(const OutboxRow& row, const Standing& standing, const Error& error, TimePoint now,
                                     double dice) const;

    /// The check of an intent that rests in the queue came to nothing, though somebody was there.
    [[nodiscard]] Settlement unchecked(const OutboxRow& row, const Standing& standing, const Error& error,
                                       TimePoint now, double dice) const;

    const RefusalCatalogue& refusals_;
    const SyncSettings& settings_;
};

}  // namespace lianzheng
