#include "gateway/planner/admission.h"

#include <algorithm>
#include <variant>

namespace lianzheng {
namespace {

HeldCertificate settled(const Neighbour& other) {
    return other.pending != nullptr ? afterStep(other.held, *other.pending) : other.held;
}

std::vector<HeldCertificate> heldNow(std::span<const Neighbour> others) {
    std::vector<HeldCertificate> held;
    for (const Neighbour& other : others) held.push_back(other.held);
    return held;
}

/// Whether what is queued for `other` can go while everything else stays as it is.
bool goesAlone(const Neighbour& other, const HeldCertificate& now, std::vector<HeldCertificate> held) {
    if (!isJudged(other.held, *other.pending)) return true;
    held.push_back(now);
    return breachesOf(afterStep(other.held, *other.pending), held).empty();
}

bool changesEmployer(const HeldCertificate& now, const Step& step) {
    const auto* assign = std::get_if<AssignCode>(&step.request);
    return assign != nullptr && assign->operateType == OperateType::Change && counts(now) &&
           assign->record[Field::CreditCode] != now.company;
}

/// Those of one person that move to the candidate's company with it; empty when they could not go in one call either.
std::vector<std::string> together(const HeldCertificate& now, const Step& step, const HeldCertificate& candidate,
                                  std::span<const Neighbour> others) {
    std::vector<std::string> numbers;
    if (!changesEmployer(now, step)) return numbers;
    std::vector<HeldCertificate> moved{candidate};
    std::vector<HeldCertificate> all{candidate};
    for (const Neighbour& other : others) {
        const bool moves = other.pending != nullptr && other.held.person == candidate.person &&
                           changesEmployer(other.held, *other.pending) && settled(other).company == candidate.company;
        all.push_back(moves ? settled(other) : other.held);
        if (!moves) continue;
        numbers.push_back(other.held.number);
        moved.push_back(settled(other));
    }
    const bool good =
        std::all_of(moved.begin(), moved.end(), [&](const auto& one) { return breachesOf(one, all).empty(); });
    if (!good) numbers.clear();
    return numbers;
}

}  // namespace

HeldCertificate afterStep(const HeldCertificate& now, const Step& step) {
    HeldCertificate after = now;
    if (const auto* assign = std::get_if<AssignCode>(&step.request)) {
        after = heldOf(assign->record);
        after.number = now.number;
        after.state = step.after;
    } else if (const auto* identity = std::get_if<ChangeIdentity>(&step.request)) {
        after.person = identity->record[Field::IdentityCard];
    } else if (std::holds_alternative<UpdateState>(step.request)) {
        after.state = step.after;
    }
    return after;
}

bool isJudged(const HeldCertificate& now, const Step& step) {
    const HeldCertificate after = afterStep(now, step);
    return counts(after) && (std::holds_alternative<AssignCode>(step.request) || !counts(now));
}

Admission admit(const HeldCertificate& now, const Step& step, std::span<const Neighbour> others) {
    if (!isJudged(now, step)) return {};
    const HeldCertificate candidate = afterStep(now, step);
    const std::vector<HeldCertificate> held = heldNow(others);
    const std::vector<Breach> breaches = breachesOf(candidate, held);
    if (breaches.empty()) return {};

    std::vector<HeldCertificate> later;
    for (const Neighbour& other : others) later.push_back(settled(other));
    const std::vector<Breach> standing = breachesOf(candidate, later);
    if (!standing.empty()) return {Admission::Kind::Refused, {}, standing.front()};

    Admission waiting{Admission::Kind::Wait, {}, breaches.front()};
    for (const Neighbour& other : others) {
        if (other.pending == nullptr || settled(other) == other.held) continue;
        if (other.mayHaveBeenSent || goesAlone(other, now, held)) waiting.on.push_back(other.held.number);
    }
    if (!waiting.on.empty()) return waiting;
    std::vector<std::string> numbers = together(now, step, candidate, others);
    if (numbers.empty()) return {Admission::Kind::Refused, {}, breaches.front()};
    return {Admission::Kind::Together, std::move(numbers), breaches.front()};
}

}  // namespace lianzheng
