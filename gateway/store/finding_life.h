#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/store/prepared.h"
#include "gateway/store/changes.h"

namespace lianzheng {

/// What findings say beside what has become of them, as f and l.
inline constexpr std::string_view kFindingWithLife =
    "finding f JOIN finding_life l ON l.number = f.number AND l.kind = f.kind AND l.field = f.field ";

/// Of a finding: :any is 1, or a run against the ledger saw it last (Tally::json() begins so).
inline constexpr std::string_view kSeenByLedgerOrAny =
    "(:any = 1 OR EXISTS (SELECT 1 FROM run r WHERE r.id = last_run AND r.counts LIKE '{\"against\":\"ledger\"%'))";

/// What becomes of findings: their stage beside what they say, and everything that ever happened to them. Each opening
/// is followed by its end in time: what was opened is what was closed, is accepted or is open. Errors: as Prepared.
class FindingLife {
public:
    explicit FindingLife(Database& database);

    /// A run sees the finding; before FindingTable::put. It is opened, opened again, or goes on: an acceptance that has
    /// run out or was of other values ends, and a repair that did not help is one no more.
    void seen(const Finding& finding);
    /// A whole run has not seen them; before FindingTable::close.
    void closing(const CloseFindings& change);
    /// That it is repaired leaves accepted ones as they are, and need find none; that a word is taken back is about
    /// those of which somebody has spoken. Rejected: see MoveFinding.
    Status move(const MoveFinding& change);
    /// Oldest first.
    std::vector<FindingEvent> events(std::string_view number);
    FindingBalance balance();
    /// Of findings that are there no more.
    void forget();

private:
    bool saysTheSame(const Finding& finding);
    void tell(const Finding& finding, std::string_view what);

    Prepared standing_;
    Prepared open_;
    Prepared reset_;
    Prepared tell_;
    Prepared close_;
    Prepared meant_;
    Prepared moved_;
    Prepared move_;
    Prepared events_;
    Prepared openings_;
    Prepared ends_;
    Prepared now_;
    Prepared forgetLives_;
    Prepared forgetEvents_;
};

}  // namespace lianzheng
