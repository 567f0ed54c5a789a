#include "gateway/store/holding_table.h"

#include <cstdint>
#include <string>

namespace lianzheng {
namespace {

/// `legal` as stored; 1 for certificates of category A only, so that their index stays small.
enum class Legal : std::uint8_t { No = 0, Yes = 1, Unknown = 2 };

Legal legalOf(const HeldCertificate& held) {
    if (!held.legal) return Legal::Unknown;
    return *held.legal && held.category == "A" ? Legal::Yes : Legal::No;
}

const std::string kSelect =
    "SELECT holding.number, holding.category, holding.person, holding.company, holding.legal, ledger.state "
    "FROM holding JOIN ledger ON ledger.number = holding.number ";
constexpr std::string_view kKinds = "ttttii";

// The few C3 that rest in the queue for so long or are blocked; each asks for its person by an index.
const std::string kMergers =
    "SELECT waiting.number FROM (SELECT number, who AS person FROM outbox WHERE created_at <= :created "
    "UNION SELECT number, person FROM blocked) waiting WHERE waiting.number LIKE '%C3（%' "
    "AND EXISTS (SELECT 1 FROM holding JOIN ledger ON ledger.number = holding.number "
    "JOIN attempt ON attempt.number = holding.number WHERE holding.person = waiting.person "
    "AND holding.category IN ('C1', 'C2') AND ledger.state NOT IN (1, 2) AND attempt.operation = 'update.05' "
    "AND attempt.outcome IN ('accepted', 'warned') AND attempt.ended_at <= :before AND attempt.ended_at >= :after) "
    "AND NOT EXISTS (SELECT 1 FROM holding JOIN ledger ON ledger.number = holding.number "
    "WHERE holding.person = waiting.person AND holding.category IN ('C1', 'C2', 'C3') AND ledger.state IN (1, 2)) "
    "ORDER BY waiting.number";

}  // namespace

HoldingTable::HoldingTable(Database& database)
    : remove_(database, groupedDelete("holding", "person, number", "tt", 1)),
      put_(database, groupedInsert("holding", "person, number, category, company, legal", "tttti",
                                   "ON CONFLICT (person, number) DO UPDATE SET category = excluded.category, "
                                   "company = excluded.company, legal = excluded.legal")),
      ofPerson_(database, kSelect + "WHERE holding.person = :person ORDER BY holding.number", kKinds),
      legalAt_(database,
               kSelect +
                   "WHERE holding.legal = 1 AND holding.company <> '' AND holding.company = :company "
                   "ORDER BY holding.number",
               kKinds),
      mergers_(database, kMergers, "t") {}

void HoldingTable::follow(std::string_view number, const Acknowledged& before, const Acknowledged& after) {
    const HeldCertificate was = heldOf(number, before, CertState::None);
    const HeldCertificate is = heldOf(number, after, CertState::None);
    if (was == is) return;
    if (!was.person.empty() && was.person != is.person) remove_.add(was.person, number);
    if (!is.person.empty()) put_.add(is.person, number, is.category, is.company, legalOf(is));
}

void HoldingTable::flush() {
    remove_.flush();
    put_.flush();
}

void HoldingTable::drop() {
    remove_.drop();
    put_.drop();
}

std::vector<HeldCertificate> HoldingTable::ofPerson(std::string_view person) { return read(ofPerson_, person); }

std::vector<HeldCertificate> HoldingTable::legalAt(std::string_view company) { return read(legalAt_, company); }

std::vector<std::string> HoldingTable::mergersWaiting(TimePoint endedBefore, TimePoint endedAfter) {
    std::vector<std::string> numbers;
    mergers_.each([&] { numbers.push_back(mergers_.text(0)); }, endedBefore, endedBefore, endedAfter);
    return numbers;
}

std::vector<HeldCertificate> HoldingTable::read(Prepared& query, std::string_view by) {
    std::vector<HeldCertificate> held;
    if (by.empty()) return held;
    query.each(
        [&] {
            const auto legal = static_cast<Legal>(query.integer(4));
            held.push_back({query.text(0), query.text(1), query.text(2), query.text(3),
                            legal == Legal::Unknown ? std::nullopt : std::optional{legal == Legal::Yes},
                            static_cast<CertState>(query.integer(5))});
        },
        by);
    return held;
}

}  // namespace lianzheng
