#include "tests/simulator/province/evolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "tests/simulator/province/business_day.h"
#include "tests/simulator/province/schema.h"

namespace lianzheng::sim::province {

namespace {

struct Kind {
    const char* name;
    bool (BusinessDay::*happens)();
    int weight;
};
constexpr std::array kKinds{
    Kind{"issued", &BusinessDay::issue, 40},
    Kind{"renewed", &BusinessDay::renew, 30},
    Kind{"renewed_with_new_employer", &BusinessDay::renewWithNewEmployer, 8},
    Kind{"employer_changed", &BusinessDay::changeEmployer, 25},
    Kind{"employer_of_pair_changed", &BusinessDay::changeEmployerOfPair, 3},
    Kind{"position_changed", &BusinessDay::changePosition, 8},
    Kind{"identity_changed", &BusinessDay::changeIdentity, 6},
    Kind{"suspended", &BusinessDay::suspend, 10},
    Kind{"restored", &BusinessDay::restore, 6},
    Kind{"cancelled", &BusinessDay::cancel, 14},
    Kind{"rescinded", &BusinessDay::rescind, 3},
    Kind{"revoked", &BusinessDay::revoke, 4},
    Kind{"transferred_out", &BusinessDay::transferOut, 6},
    Kind{"transfer_out_cancelled", &BusinessDay::cancelTransferOut, 3},
    Kind{"transferred_in", &BusinessDay::transferIn, 6},
    Kind{"renewal_in_hand", &BusinessDay::renewalInHand, 4},
    Kind{"drafted", &BusinessDay::draft, 10},
};

/// The kinds in proportion to their weights: as many of each as come out of `events`, each at least once if there is
/// room.
std::int64_t shareOf(const Kind& kind, std::int64_t events) {
    std::int64_t total = 0;
    for (const Kind& each : kKinds) total += each.weight;
    const std::int64_t share = events * kind.weight / total;
    return share == 0 && events >= static_cast<std::int64_t>(kKinds.size()) ? 1 : share;
}

void breakView(Database& database, const EvolveOptions& options) {
    if (options.restoreView) createView(database);
    if (options.emptyView) createView(database, "1 = 0");
    if (options.lose > 0) createView(database, fmt::format("substr(z.ZSID, 11, 2) >= '{:02}'", options.lose));
    if (options.dropView) dropView(database);
}

void touchAll(Database& database, const EvolveOptions& options, const RegisterBook& book) {
    const std::string time = std::max(fmt::format("{} {}", written(options.day), options.time),
                                      timeMoved(book.lastChange, std::chrono::seconds{1}));
    database.run("UPDATE T_AQSC_ZS SET GXSJ = ?", std::vector<Cell>{time});
}

}  // namespace

EvolveTally evolve(Database& database, const EvolveOptions& options) {
    const std::filesystem::path truth = std::filesystem::path(options.out) / "truth.jsonl";
    EvolveTally tally;
    RegisterBook book(database, truth);
    BusinessDay day(database, book, options);
    database.run("BEGIN");
    tally.emplace_back("expired", day.expireByDate());
    for (const Kind& kind : kKinds) {
        std::int64_t count = 0;
        for (std::int64_t left = shareOf(kind, options.events); left > 0 && (day.*kind.happens)(); --left) ++count;
        tally.emplace_back(kind.name, count);
    }
    if (options.massCancel > 0) tally.emplace_back("mass_cancelled", day.cancelShare(options.massCancel));
    for (std::int64_t i = 0; i < options.late; ++i) day.lateIssue();
    tally.emplace_back("late", options.late);
    database.flush();
    if (options.touchAll) touchAll(database, options, book);
    database.run("COMMIT");
    rewriteTruth(truth, day.patches(), day.added());
    breakView(database, options);
    return tally;
}

}  // namespace lianzheng::sim::province
