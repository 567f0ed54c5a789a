#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"
#include "gateway/store/prepared.h"
#include "gateway/store/records.h"

namespace lianzheng {

/// Intents, in the order of their claim. Errors: as Prepared, beside those that are returned.
class OutboxTable {
public:
    explicit OutboxTable(Database& database);

    /// Corrupt `in_flight` when the certificate has an intent that may have been sent.
    Status put(const OutboxRow& row);
    /// Corrupt `outbox_state` when it is not where it is expected.
    Status move(const MoveIntent& change);
    Status remove(const RemoveIntent& change);
    /// What may have been sent by a pusher that is gone is unconfirmed, and due.
    void doubtSending(TimePoint now);

    Result<std::vector<OutboxRow>> due(TimePoint now, std::size_t limit);
    Result<std::vector<OutboxRow>> due(std::string_view operation, Lane lane, TimePoint now, std::size_t limit);
    Result<std::optional<OutboxRow>> of(std::string_view number);
    Result<std::vector<OutboxRow>> ofPerson(std::string_view person);
    /// The earliest due time after `now`.
    std::optional<TimePoint> nextDue(TimePoint now);

private:
    template <class... Values>
    static Result<std::vector<OutboxRow>> all(Prepared& query, const Values&... values);

    Prepared dropQueued_;
    Prepared insert_;
    Prepared move_;
    Prepared moveWithPhoto_;
    Prepared remove_;
    Prepared doubt_;
    Prepared due_;
    Prepared dueOf_;
    Prepared of_;
    Prepared ofPerson_;
    Prepared nextDue_;
};

}  // namespace lianzheng
