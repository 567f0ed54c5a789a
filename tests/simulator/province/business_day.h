#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/simulator/province/dice.h"
#include "tests/simulator/province/evolve.h"
#include "tests/simulator/province/register_book.h"
#include "tests/simulator/province/tables.h"

namespace lianzheng::sim::province {

/// One day's business: every event changes the database and notes what truth becomes.
/// Each returns false when nobody in the province fits it.
class BusinessDay {
public:
    BusinessDay(Database& database, RegisterBook& book, const EvolveOptions& options);

    std::int64_t expireByDate();
    bool issue();
    bool draft();
    bool transferIn();
    bool renew();
    bool renewWithNewEmployer();
    bool changeEmployer();
    bool changeEmployerOfPair();
    bool changePosition();
    bool changeIdentity();
    bool suspend();
    bool restore();
    bool cancel();
    bool rescind();
    bool revoke();
    bool transferOut();
    bool cancelTransferOut();
    bool renewalInHand();
    /// A certificate issued two days ago whose row shows up only now, stamped up to an hour before the latest change.
    void lateIssue();
    std::int64_t cancelShare(double percent);

    [[nodiscard]] const std::unordered_map<std::string, TruthPatch>& patches() const { return patches_; }
    [[nodiscard]] const std::vector<std::string>& added() const { return added_; }

private:
    std::string stamp();
    /// Somebody who fits and has met no event today: with two, the order of their pushes would be left to chance.
    template <typename Fits>
    Held* someone(const Fits& fits) {
        for (int attempt = 0; attempt < 2000 && !book_.held.empty(); ++attempt) {
            Held& held = book_.held[dice_.below(book_.held.size())];
            if (!patches_.contains(held.key) && fits(held)) return &held;
        }
        return nullptr;
    }
    Held* someoneValid();
    Held* someSingleHolder();
    Company otherEmployer(std::int64_t than);
    void moveTo(Held& held, const Company& company);
    void set(Held& held, const std::string& assignments, const std::vector<Cell>& values);
    void end(Held& held, const char* reason, const char* state);
    void extend(Held& held);
    Certificate fresh();
    void add(const Certificate& certificate);

    Database& database_;
    RegisterBook& book_;
    const EvolveOptions& options_;
    Dice dice_;
    Tables tables_;
    std::string firstStamp_;
    std::int64_t stamps_ = 0;
    std::unordered_map<std::string, TruthPatch> patches_;
    std::vector<std::string> added_;
};

}  // namespace lianzheng::sim::province
