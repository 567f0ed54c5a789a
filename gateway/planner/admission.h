#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/planner/holding_rules.h"
#include "gateway/planner/plan.h"

namespace lianzheng {

/// The certificate as it will be once `step` has been accepted; `now` is what the platform holds of it, in state None
/// when it does not know it.
HeldCertificate afterStep(const HeldCertificate& now, const Step& step);
/// Whether the platform judges the holding rules at this step: it assigns a code, or lets a certificate count again.
bool isJudged(const HeldCertificate& now, const Step& step);

/// Another certificate of the same person or company, as the platform holds it, and what is queued for it.
struct Neighbour {
    HeldCertificate held;
    const Step* pending = nullptr;  ///< null: nothing is queued
    bool mayHaveBeenSent = false;   ///< of `pending`: its outcome is still to come
};

/// What becomes of a step, by the holding rules.
struct Admission {
    enum class Kind : std::uint8_t {
        Send,      ///< the rules let it through
        Wait,      ///< a step that is queued or under way releases it: `on` is its certificate
        Together,  ///< none of them can go alone: a change of employer of `on` and of this one in one call
        Refused    ///< the platform would refuse it, whatever is queued: `breach`
    };
    Kind kind = Kind::Send;
    std::vector<std::string> on;
    std::optional<Breach> breach;
};
/// `step` of `now` beside all that its person holds and the 法定代表人 A certificates of the company it goes to. Pure.
Admission admit(const HeldCertificate& now, const Step& step, std::span<const Neighbour> others);

}  // namespace lianzheng
