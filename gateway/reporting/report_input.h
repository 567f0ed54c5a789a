#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/reconcile/tally.h"
#include "gateway/reporting/finding_shelf.h"
#include "gateway/reporting/labels.h"
#include "gateway/store/store.h"
#include "mappings/districts.h"

namespace lianzheng {

/// Gives findings in the order of city authority (as the directory lists them), class, number: all, or those of one
/// authority by its id. May be asked more than once.
using FindingSource = std::function<Status(std::string_view authority, const FindingSink& sink)>;

/// What an earlier run came to, for the trend.
struct TrendPoint {
    std::int64_t run = 0;
    TimePoint startedAt{};
    Tally tally{};
};

/// What a report is made of. `districts` is borrowed.
struct ReportInput {
    RunRow run;
    TimePoint madeAt{};       ///< what the findings say, and what has become of them, is of then
    bool superseded = false;  ///< a later run may have opened findings, which are none of these, or closed some
    std::string against;      ///< exchange, ledger
    Tally tally;
    const Districts* districts = nullptr;
    std::string evidenceHead;  ///< `seq:hash`
    FindingSource source;
    std::vector<TrendPoint> trend;    ///< runs against the same, oldest first, this one the last; at most 30
    const Authority* only = nullptr;  ///< the report is one authority's and names no other; borrowed
    bool inFull = false;              ///< identity numbers are not masked
    Language language = Language::Chinese;
    std::size_t detailLimit = 100'000;  ///< findings listed on the HTML page; the other files have them all

    [[nodiscard]] Status findings(const FindingSink& sink) const {
        return source(only != nullptr ? std::string_view(only->id) : "", sink);
    }
    /// The authorities that the report is about.
    [[nodiscard]] std::span<const Authority> authorities() const {
        return only != nullptr ? std::span<const Authority>(only, 1) : std::span<const Authority>(districts->all());
    }
};

/// The part of a report that is one authority's: its findings, what was compared of its certificates, its trend.
/// `authority` is borrowed, an entry of the directory.
Result<ReportInput> partOf(const ReportInput& input, const Authority& authority);

/// The report of run `run` (0: the last reconciliation that ended well) from the store: its counts, and the findings
/// that stood when it had ended (Store::findingsOfRun), which are kept in a scratch file made in `scratchDirectory`.
/// Corrupt `no_run` when there is none; `run_failed`, `run_stopped` or `run_unfinished` when that one compared a part
/// at the most.
Result<ReportInput> reportInputOf(Store& store, std::int64_t run, const Districts& districts, Language language,
                                  const std::string& scratchDirectory, TimePoint now);

}  // namespace lianzheng
