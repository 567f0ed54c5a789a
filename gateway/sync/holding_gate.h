#pragma once

#include <map>
#include <string>

#include "gateway/planner/admission.h"
#include "gateway/store/store.h"

namespace lianzheng {

/// Judges a step by the holding rules before it leaves: against what the ledger says the platform holds of its person
/// and its company, and what is queued for those certificates.
/// Costs one look-up by person for a step that breaks nothing, and a second one by company for A certificates.
/// Threads: one at a time. Errors: those of the store, which is borrowed.
class HoldingGate {
public:
    explicit HoldingGate(Store& store) : store_(store) {}

    struct Judgement {
        Admission admission;
        HeldCertificate candidate;  ///< as it would be once accepted
    };
    using Steps = std::map<std::string, Step>;
    /// `planned` are steps of other certificates that are not queued yet, by number.
    Result<Judgement> judge(const std::string& number, const Step& step, const Steps& planned = {});

    /// What leaves is not in the ledger until its outcome is: a second 法定代表人 of its company waits for that.
    void left(const std::string& number, const Step& step);
    void ended(const std::string& number);

private:
    Result<std::vector<HeldCertificate>> beside(const HeldCertificate& candidate);
    Result<Admission> admitBeside(const HeldCertificate& now, const Step& step, const HeldCertificate& candidate,
                                  std::vector<HeldCertificate> others, const Steps& planned);

    Store& store_;
    std::map<std::string, std::string> legalUnderWay_;  ///< number → company
};

}  // namespace lianzheng
