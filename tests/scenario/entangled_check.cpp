#include "tests/scenario/entangled_check.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "adapters/national/body_writer.h"
#include "adapters/runtime/random.h"
#include "gateway/planner/holding_rules.h"
#include "tests/scenario/entangled.h"
#include "tests/simulator/national/registry.h"

namespace lianzheng::test {
namespace {

namespace national = sim::national;

/// Both sides: the registry, and what we remember of what it accepted.
class Judged {
public:
    void send(const Holder& holder, OperateType type, int event) {
        AssignCode assign = assignOf(holder, type, event);
        const HeldCertificate candidate = heldOf(assign.record);
        const std::vector<Breach> breaches = breachesOf(candidate, beside(candidate));
        std::string body;
        writeBody(Request{std::move(assign)}, body);
        const auto reply = registry_.handle(national::Operation::Assign, body);
        ASSERT_EQ(reply.errors.empty(), breaches.empty())
            << candidate.number << " " << (breaches.empty() ? "" : word(breaches.front().rule)) << " "
            << (reply.errors.empty() ? "accepted" : reply.errors.front().text);
        (breaches.empty() ? accepted : refused) += 1;
        if (breaches.empty()) remember(candidate);
    }
    [[nodiscard]] bool holds(const std::string& number) const { return held_.contains(number); }
    std::size_t accepted = 0;
    std::size_t refused = 0;

private:
    using Index = std::map<std::string, std::map<std::string, HeldCertificate>>;

    [[nodiscard]] std::vector<HeldCertificate> beside(const HeldCertificate& candidate) const {
        std::vector<HeldCertificate> others;
        for (const auto& [index, key] : {std::pair{&byPerson_, candidate.person}, {&byCompany_, candidate.company}}) {
            const auto found = index->find(key);
            if (found == index->end()) continue;
            for (const auto& [number, held] : found->second) {
                const bool twice = index == &byCompany_ && held.person == candidate.person;
                if (!twice) others.push_back(held);
            }
        }
        return others;
    }
    void remember(const HeldCertificate& held) {
        if (const auto before = held_.find(held.number); before != held_.end()) {
            byPerson_[before->second.person].erase(held.number);
            byCompany_[before->second.company].erase(held.number);
        }
        held_[held.number] = held;
        byPerson_[held.person][held.number] = held;
        byCompany_[held.company][held.number] = held;
    }

    national::Registry registry_{national::Rules{}, nullptr, [] { return TimePoint{}; }, 1};
    std::map<std::string, HeldCertificate> held_;
    Index byPerson_;
    Index byCompany_;
};

}  // namespace

void expectSameJudgement(std::size_t certificates) {
    Judged judged;
    std::vector<Holder> holders = entangledProvince(certificates, 20260302);
    for (const Holder& holder : holders) {
        judged.send(holder, OperateType::Issue, 1);
        if (::testing::Test::HasFatalFailure()) return;
    }
    SeededRandom random(7);
    for (int event = 2; event <= 4; ++event) {
        for (std::size_t i = 0; i < holders.size(); ++i) {
            Holder& holder = holders[i];
            if (holder.company >= 100 || !judged.holds(numberOf(holder.id, holder.category))) continue;
            Holder moved = holder;
            moved.company = holders[random.next() % holders.size()].company % 40 + 1;
            if (random.next() % 2 == 0 && i > 0) moved.company = holders[i - 1].company;
            if (moved.category == "A" && random.next() % 2 == 0)
                moved.appointment = moved.appointment == "01" ? "03" : "01";
            judged.send(moved, OperateType::Change, event);
            if (::testing::Test::HasFatalFailure()) return;
            if (judged.holds(numberOf(holder.id, holder.category))) holder = moved;
        }
    }
    EXPECT_GT(judged.accepted, certificates * 9 / 10);
    EXPECT_GT(judged.refused, certificates / 50);
}

}  // namespace lianzheng::test
