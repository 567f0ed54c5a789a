#include "gateway/store/store_counts.h"

#include <array>
#include <string_view>

#include "gateway/planner/ledger_entry.h"
#include "gateway/planner/plan.h"
#include "gateway/store/finding_life.h"
#include "gateway/store/prepared.h"
#include "gateway/store/records.h"

namespace lianzheng {

namespace {

constexpr std::array<std::string_view, 3> kStages{"none", "waiting_licence", "collected"};
constexpr std::array<std::string_view, 3> kOrigins{"observed", "pushed", "adopted"};
constexpr std::array<std::string_view, 3> kOutboxStates{"queued", "sending", "unconfirmed"};
constexpr std::array<std::string_view, 5> kLanes{"enforcement", "manual", "fresh", "retry", "campaign"};

template <std::size_t N>
std::string wordAt(const std::array<std::string_view, N>& words, std::int64_t at) {
    return at >= 0 && at < static_cast<std::int64_t>(N) ? std::string(words[static_cast<std::size_t>(at)])
                                                        : std::to_string(at);
}

class Counter {
public:
    explicit Counter(Database& database) : database_(database) {}

    void countLedger() {
        Prepared rows(database_,
                      "SELECT state, stage, origin, dirty, code_missing, COUNT(*) FROM ledger "
                      "GROUP BY state, stage, origin, dirty, code_missing",
                      "iiiiii");
        counts_["ledger"] = 0;
        counts_["ledger.dirty"] = 0;
        rows.each([&] {
            const auto many = static_cast<std::uint64_t>(rows.integer(5));
            const auto state = static_cast<CertState>(rows.integer(0));
            counts_["ledger"] += many;
            counts_["ledger.state." + (state == CertState::None ? "none" : std::string(code(state)))] += many;
            counts_["ledger.stage." + wordAt(kStages, rows.integer(1))] += many;
            counts_["ledger.origin." + wordAt(kOrigins, rows.integer(2))] += many;
            if (rows.integer(3) != 0) counts_["ledger.dirty"] += many;
            if (rows.integer(4) != 0) counts_["ledger.code_missing"] += many;
        });
    }

    void countOutbox() {
        Prepared rows(database_, "SELECT state, lane, COUNT(*) FROM outbox GROUP BY state, lane", "iii");
        counts_["outbox"] = 0;
        rows.each([&] {
            const auto many = static_cast<std::uint64_t>(rows.integer(2));
            counts_["outbox"] += many;
            counts_["outbox.state." + wordAt(kOutboxStates, rows.integer(0))] += many;
            counts_["outbox.lane." + wordAt(kLanes, rows.integer(1))] += many;
        });
    }

    void countBlocked() {
        Prepared rows(database_, "SELECT reason, dismissed, COUNT(*) FROM blocked GROUP BY reason, dismissed", "tii");
        counts_["blocked"] = 0;
        rows.each([&] {
            const auto many = static_cast<std::uint64_t>(rows.integer(2));
            if (rows.integer(1) != 0) {
                counts_["blocked.dismissed"] += many;
                return;
            }
            counts_["blocked"] += many;
            counts_["blocked.reason." + rows.text(0)] += many;
        });
    }

    void countOthers() {
        Prepared findings(database_,
                          "SELECT f.kind, COUNT(*) FROM " + std::string(kFindingWithLife) +
                              "WHERE f.is_open = 1 AND l.stage <> 4 GROUP BY f.kind",
                          "ti");
        counts_["findings.open"] = 0;
        findings.each([&] {
            const auto many = static_cast<std::uint64_t>(findings.integer(1));
            counts_["findings.open"] += many;
            counts_["findings.open." + findings.text(0)] += many;
        });
        single("write_back", "SELECT COUNT(*) FROM write_back");
        single("evidence", "SELECT seq FROM evidence_head WHERE id = 1");
    }

    [[nodiscard]] std::map<std::string, std::uint64_t> take() { return std::move(counts_); }

private:
    void single(const std::string& name, const std::string& sql) {
        Prepared row(database_, sql, "i");
        row.one();
        counts_[name] = static_cast<std::uint64_t>(row.integer(0));
    }

    Database& database_;
    std::map<std::string, std::uint64_t> counts_;
};

}  // namespace

std::map<std::string, std::uint64_t> storeCounts(Database& database) {
    Counter counter(database);
    counter.countLedger();
    counter.countOutbox();
    counter.countBlocked();
    counter.countOthers();
    return counter.take();
}

}  // namespace lianzheng
