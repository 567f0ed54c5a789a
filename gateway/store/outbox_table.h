#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"
#include "gateway/store/grouped_write.h"
#include "gateway/store/prepared.h"
#include "gateway/store/changes.h"

namespace lianzheng {

/// Intents, in the order of their claim. Errors: as Prepared, beside those that are returned.
/// What is put, moved or removed may wait until flush(), and is then written in the order: removed, moved, put.
class OutboxTable {
public:
    explicit OutboxTable(Database& database);

    void put(const OutboxRow& row);
    void move(const MoveIntent& change);
    void remove(const RemoveIntent& change);
    /// Whether a write of this intent, or a new one of this number, waits.
    [[nodiscard]] bool holds(std::int64_t id) const;
    [[nodiscard]] bool holds(std::string_view number) const { return insert_.holds(number); }
    /// Corrupt: `in_flight` when a certificate for which one was put has an intent that may have been sent;
    /// `outbox_state` when one to move or remove was not where it was expected.
    Status flush();
    void drop();
    /// What may have been sent by a pusher that is gone is unconfirmed, and due.
    void doubtSending(TimePoint now);

    Result<std::vector<OutboxRow>> due(std::string_view operation, Lane lane, TimePoint now, std::size_t limit);
    Result<std::optional<OutboxRow>> of(std::string_view number);
    Result<std::vector<OutboxRow>> ofPerson(std::string_view person);
    /// The earliest due time after `now`.
    std::optional<TimePoint> nextDue(TimePoint now);

private:
    template <class... Values>
    static Result<std::vector<OutboxRow>> all(Prepared& query, const Values&... values);

    GroupedWrite remove_;
    GroupedWrite claim_;
    GroupedWrite claimWithPhoto_;
    GroupedWrite move_;
    GroupedWrite moveBack_;
    GroupedWrite dropQueued_;
    GroupedWrite insert_;
    Prepared doubt_;
    Prepared due_;
    Prepared of_;
    Prepared ofPerson_;
    Prepared nextDue_;
};

}  // namespace lianzheng
