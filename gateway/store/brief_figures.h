#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sql/database.h"
#include "gateway/store/records.h"

namespace lianzheng {

/// What a brief wants to know.
struct BriefQuestion {
    TimePoint from{};  ///< the period
    TimePoint till{};  ///< not with it
    std::string today{};
    std::string in7{};  ///< the last day of each span of expiries, yyyy-MM-dd
    std::string in30{};
    std::string in90{};
    TimePoint overdueBefore{};  ///< what is to be done and has been since before this is overdue
    TimePoint at{};             ///< findings whose own deadline is not after this are overdue
    bool licences = true;       ///< an assigned code is closed when its licence is collected; else when it is accepted
    std::size_t listed = 500;   ///< rows of each list at the most
};

/// What the store knows of a period, and of this moment. Lists are cut at BriefQuestion::listed; their totals are not.
struct BriefFigures {
    std::uint64_t valid = 0;      ///< registered as 有效 by what the platform last acknowledged
    std::uint64_t collected = 0;  ///< of those, with the licence of their last code collected
    std::uint64_t transferredOut = 0;

    /// Sends that ended in the period, by stepName and outcome.
    struct Done {
        std::string operation;
        std::string outcome;
        std::uint64_t count = 0;
    };
    std::vector<Done> operations;

    /// What was decided in the period, by the days (since 1970-01-01, Asia/Shanghai) of decision and closing. A day of
    /// closing that is not there: still open.
    struct Closing {
        std::int64_t decided = 0;
        std::optional<std::int64_t> closed;
        std::uint64_t count = 0;
    };
    std::vector<Closing> closings;
    std::uint64_t undated = 0;  ///< accepted in the period, with no decision's time stored

    /// What is wrong now, by city; `kind` is a reason of what is blocked, or a finding's kind.
    struct Problem {
        std::string authority;
        bool blocked = false;
        std::string kind;
        Owner owner{};
        std::uint64_t count = 0;
        TimePoint since{};  ///< of the oldest
        std::string why;    ///< of one of them
        std::string help;   ///< of one of them
    };
    std::vector<Problem> problems;

    /// One certificate that waits.
    struct Waiting {
        std::string number;
        std::string authority;
        std::string what;  ///< why, or the operation under way
        std::string help;
        TimePoint since{};
    };
    std::vector<Waiting> foreign;  ///< that another province must act on, the oldest first
    std::uint64_t foreignTotal = 0;
    std::vector<Waiting> overdue;  ///< the oldest first; `what` is blocked, queued, sending, unconfirmed or licence
    std::uint64_t overdueTotal = 0;
    /// Open findings past their own deadline, the earliest deadline first; with what is shown of them in such a list:
    /// number, kind, field, help, authority, stage, assigned, dueAt.
    std::vector<Finding> lateFindings;
    std::uint64_t lateFindingsTotal = 0;

    /// Registered and not ended, with an end within so many days from today, by city.
    struct Expiring {
        std::string authority;
        std::uint64_t in7 = 0;
        std::uint64_t in30 = 0;
        std::uint64_t in90 = 0;
    };
    std::vector<Expiring> expiring;
    std::uint64_t endless = 0;  ///< registered and not ended, with no end stored

    std::optional<RunRow> reconciliation;  ///< the last that ended before the period did
};

/// Errors: exceptions of SOCI's, caught by guarded().
BriefFigures briefFigures(Database& database, const BriefQuestion& question);

}  // namespace lianzheng
