#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "gateway/reconcile/tally.h"
#include "gateway/reporting/labels.h"
#include "gateway/store/store.h"
#include "mappings/districts.h"

namespace lianzheng {

/// Gives every finding in the order of city authority (as the directory lists them), class, number; each only during
/// the call. False ends it. May be asked more than once.
using FindingSource = std::function<Status(const std::function<bool(const Finding&)>& sink)>;

/// What a report is made of. `districts` is borrowed.
struct ReportInput {
    RunRow run;
    std::string against;  ///< exchange, ledger
    Tally tally;
    const Districts* districts = nullptr;
    std::string evidenceHead;  ///< `seq:hash`
    FindingSource findings;
    Language language = Language::Chinese;
    std::size_t detailLimit = 20'000;  ///< findings listed on the HTML page; CSV and JSON have them all
};

/// The report of run `run` (0: the last reconciliation) from the store: its counts, and the findings open now.
/// Corrupt `no_run` when there is none.
Result<ReportInput> reportInputOf(Store& store, std::int64_t run, const Districts& districts, Language language);

/// Findings held in memory, put into a report's order.
FindingSource findingSourceOf(std::vector<Finding> findings, const Districts& districts);

}  // namespace lianzheng
