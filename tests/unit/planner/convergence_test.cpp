#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

#include "plan_cases.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

constexpr std::array kStates{CertState::None,           CertState::Valid,     CertState::Suspended,
                             CertState::Revoked,        CertState::Cancelled, CertState::Lapsed,
                             CertState::TransferredOut, CertState::Rescinded, CertState::Other};

/// Random words of the province about one certificate; the seed is fixed.
class Province {
public:
    explicit Province(std::uint32_t seed) : random_(seed) {}

    bool chance(int percent) { return pick(100) < static_cast<std::size_t>(percent); }
    std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>{0, below - 1}(random_); }

    Desired says(TimePoint now) {
        Desired row = soundRow(kStates[1 + pick(kStates.size() - 1)]);
        if (chance(30))
            row.record[Field::ExpiringDate] = Date::inShanghai(now).plusDays(static_cast<int>(pick(900)) - 200).str();
        if (chance(30)) row.record[Field::IdentityCard] = "37010219900101" + std::to_string(1000 + pick(3));
        if (chance(10)) row.record[Field::IdentityCardType] = "999";
        if (chance(30)) row.record[Field::CompanyName] = "公司" + std::to_string(pick(4));
        if (chance(20)) row.facts.photoVersion = "photo-" + std::to_string(pick(3));
        if (chance(20)) row.facts.renewalInHand = true;
        if (chance(60)) {
            row.facts.licenceUrl = "https://licences.example/1";
            row.facts.licenceTime = now - 48h + std::chrono::hours{pick(96)};
        }
        if (chance(10)) row.problems.push_back({"photo", Rule::PhotoMissing});
        return sealed(std::move(row));
    }

private:
    std::mt19937 random_;
};

bool isFinal(const LedgerEntry& entry) {
    const bool ended = entry.state == CertState::Revoked || entry.state == CertState::Rescinded ||
                       (entry.state == CertState::Cancelled && !entry.endedByExpiry);
    return ended || entry.state == CertState::Other;
}

void start(Province& province, PlanCase& test) {
    const CertState held = kStates[province.pick(kStates.size())];
    test = held == CertState::None ? neverRegistered() : registered(held);
    if (held != CertState::None && province.chance(30)) {
        for (const Field field : kFields) {
            if (field != Field::CertNum && province.chance(30)) test.forget(field);
        }
    }
    if (province.chance(20) && held == CertState::Valid) test.ledger.stage = Stage::WaitingLicence;
    test.policy.expired = province.chance(50) ? Policy::Expired::Cancel : Policy::Expired::Lapse;
    test.policy.supersedeUncollected = province.chance(50);
    test.policy.pushAdopted = province.chance(50);
    test.policy.reviveOwnExpiry = province.chance(70);
}

TEST(ConvergenceTest, EveryWordIsSettledInAFewStepsAndNothingFinalIsRevived) {
    constexpr std::uint32_t kSeed = 20260310;
    constexpr int kAtMost = 6;
    Province province(kSeed);
    for (int life = 0; life < 400; ++life) {
        SCOPED_TRACE("seed " + std::to_string(kSeed) + ", life " + std::to_string(life));
        PlanCase test;
        start(province, test);
        std::uint64_t event = 0;
        for (int word = 0; word < 12; ++word) {
            test.now += std::chrono::hours{province.pick(24 * 90)};
            test.desired = province.says(test.now);
            std::string steps;
            int taken = 0;
            while (std::holds_alternative<Step>(test.plan())) {
                const bool wasFinal = isFinal(test.ledger);
                const Step step = test.advance("event" + std::to_string(++event), province.chance(10) ? "" : "CODE");
                steps += stepName(step) + " ";
                ASSERT_LE(++taken, kAtMost) << steps;
                ASSERT_FALSE(wasFinal && test.ledger.state != CertState::Other) << steps;
                test.now += 1s;
            }
        }
    }
}

}  // namespace
}  // namespace lianzheng
