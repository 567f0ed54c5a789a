#include "gateway/reconcile/findings_writer.h"

#include <utility>

namespace lianzheng {
namespace {

constexpr std::size_t kGroup = 500;

}  // namespace

bool FindingsWriter::put(Finding& finding) {
    finding.lastRun = run_;
    finding.open = true;
    finding.dueAt = dueAt_;
    changes_.emplace_back(PutFinding{std::move(finding)});
    return changes_.size() < kGroup || flush();
}

bool FindingsWriter::keep(std::string_view number) {
    changes_.emplace_back(KeepFindings{run_, std::string(number), {}, ledgerOnly_});
    return changes_.size() < kGroup || flush();
}

bool FindingsWriter::flush() {
    if (changes_.empty()) return true;
    const Status status = store_.commit(changes_);
    changes_.clear();
    if (!status) failure_ = status.error();
    return status.has_value();
}

}  // namespace lianzheng
