#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/exchange/exchange_view.h"
#include "adapters/provincial/source.h"
#include "adapters/runtime/clock.h"
#include "gateway/planner/workday_calendar.h"
#include "gateway/reconcile/judge.h"
#include "gateway/reconcile/other_side.h"
#include "gateway/reconcile/tally.h"
#include "gateway/store/store.h"
#include "mappings/field_map.h"

namespace lianzheng {

struct ReconcileSettings {
    Policy policy;                    ///< `loaded` is taken from the mapping
    std::chrono::hours inFlight{72};  ///< how long an intent in hand excuses a difference
    /// When the platform's view was made; nothing: it shows what is. What was accepted later excuses a difference.
    std::optional<TimePoint> viewMadeAt{};
    bool identifiers = true;  ///< looks for licence identifiers that two live certificates share
    std::string scratchDirectory = "/tmp";
    /// Where is kept what unchanged ranges showed, so that they are not read again (RememberedRanges); empty: nowhere.
    std::filesystem::path rangeDirectory{};
    std::string program;  ///< whatever tells this program from another one: what another remembers does not count
    std::size_t memory = std::size_t{20} * 1024 * 1024;  ///< bytes, before scratch files are used
    std::size_t repairPage = 200;
    WorkdayCalendar calendar;
    int deadlineWorkdays = 10;  ///< after the day on which a finding is opened
};

/// The end of the last day on which what is opened at `opened` is in time.
TimePoint deadlineOf(const ReconcileSettings& settings, TimePoint opened);

/// What judging a run depends on, for a mapping. `ledgerOnly`: the other side is the ledger itself.
JudgeSettings judgeSettingsOf(const ReconcileSettings& settings, const FieldMap& map, TimePoint now, bool ledgerOnly);

/// A certificate of ours and the one that another province made of it.
struct TakenElsewhere {
    std::string number;     ///< ours, by which the ledger knows it
    std::string successor;  ///< theirs
};

/// What one run came to. The findings are in the store.
struct ReconcileResult {
    std::int64_t run = 0;
    std::string against;  ///< exchange, ledger
    Tally tally;
    TimePoint startedAt{};
    TimePoint endedAt{};
    std::uint64_t repairs = 0;         ///< certificates handed to the repair sink
    std::uint64_t recalledOurs = 0;    ///< rows of the province that were not read, for they had not changed
    std::uint64_t recalledTheirs = 0;  ///< the same of the other side
    std::optional<Error> notKept{};    ///< why the next run cannot be spared as much
};

/// Is handed certificates to be planned anew, at most ReconcileSettings::repairPage at once. It may use the store.
using RepairPages = std::function<Status(std::span<const Repair> page)>;
/// Is called now and then with what has been compared so far.
using ReconcileProgress = std::function<void(const Tally& tally)>;

/// Compares the province with what the platform holds, in bounded memory: a first look at everything, as it lies, tells
/// what is beyond doubt equal; the rest is read once more, in order and whole, and judged. Findings go to the store as
/// they come; those no longer seen are closed at the end of a whole run. Threads: one caller; the province is read and
/// mapped on threads of their own while a run lasts. Errors: whatever the sides and the store say; Cancelled on a stop.
/// The run is then kept as `failed` or `stopped` and nothing is closed.
class Reconciler {
public:
    /// All are borrowed.
    Reconciler(ProvincialSource& source, const FieldMap& map, Store& store, Clock& clock, ReconcileSettings settings);

    /// Every differing certificate that has both a row in the province and nothing to hold it up goes there.
    void repairInto(RepairPages pages) { repairs_ = std::move(pages); }
    /// Certificates of ours that other provinces took in, as the platform's transferred-in query tells. Those that are
    /// not transferred out here are findings of the next run. Nothing: it is not known, and what was found stays open.
    void takenElsewhere(std::optional<std::vector<TakenElsewhere>> all) { taken_ = std::move(all); }
    /// Is told of every certificate whose difference is excused, and why.
    void excusedInto(std::function<Status(std::string_view number, std::string_view reason)> sink) {
        excused_ = std::move(sink);
    }
    void reportProgress(ReconcileProgress progress) { progress_ = std::move(progress); }

    Result<ReconcileResult> againstExchange(ExchangeView& view, const std::stop_token& stop);
    /// Against the last acknowledgements. Findings of a comparison with the platform's own view stay open, because the
    /// ledger cannot tell whether they are gone.
    Result<ReconcileResult> againstLedger(const std::stop_token& stop);

private:
    class Run;
    Result<ReconcileResult> reconcile(std::string against, OtherSide& side, const std::stop_token& stop);
    Status begin(const ReconcileResult& result);
    Status end(const ReconcileResult& result, const Status& outcome, std::span<const std::string> unseen);
    [[nodiscard]] std::vector<Change> closings(const ReconcileResult& result,
                                               std::span<const std::string> unseen) const;

    ProvincialSource& source_;
    const FieldMap& map_;
    Store& store_;
    Clock& clock_;
    ReconcileSettings settings_;
    RepairPages repairs_;
    std::function<Status(std::string_view number, std::string_view reason)> excused_;
    std::optional<std::vector<TakenElsewhere>> taken_;
    ReconcileProgress progress_;
};

}  // namespace lianzheng
