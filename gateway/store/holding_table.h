#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/planner/holding_rules.h"
#include "gateway/planner/ledger_entry.h"
#include "gateway/store/grouped_write.h"
#include "gateway/store/prepared.h"

namespace lianzheng {

/// What the platform holds, found by person and by company: each acknowledged record with a known holder has a row, its
/// state is the ledger's. Errors: as Prepared.
class HoldingTable {
public:
    explicit HoldingTable(Database& database);

    /// The acknowledged record of `number` was `before` and becomes `after`. May wait until flush(), as one of several
    /// numbers.
    void follow(std::string_view number, const Acknowledged& before, const Acknowledged& after);
    void flush();
    void drop();
    std::vector<HeldCertificate> ofPerson(std::string_view person);
    /// A certificates held as 法定代表人 of this company.
    std::vector<HeldCertificate> legalAt(std::string_view company);
    /// As Store::mergersWaiting.
    std::vector<std::string> mergersWaiting(TimePoint endedBefore, TimePoint endedAfter);

private:
    std::vector<HeldCertificate> read(Prepared& query, std::string_view by);

    GroupedWrite remove_;
    GroupedWrite put_;
    Prepared ofPerson_;
    Prepared legalAt_;
    Prepared mergers_;
};

}  // namespace lianzheng
