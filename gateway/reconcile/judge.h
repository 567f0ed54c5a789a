#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"
#include "gateway/planner/plan.h"
#include "gateway/reconcile/item.h"
#include "gateway/reconcile/tally.h"
#include "gateway/reconcile/wording.h"
#include "gateway/store/records.h"

namespace lianzheng {

/// What is remembered of one certificate: asked for differing ones only.
struct Recollection {
    std::optional<LedgerEntry> ledger;
    Acknowledged acknowledged;
    std::optional<OutboxRow> intent;
};

/// Whence the judge learns of the past.
class Memory {
public:
    virtual ~Memory() = default;
    virtual Result<Recollection> of(std::string_view number) = 0;
    /// What its sends came to, oldest first: asked for what is reported only.
    virtual Result<std::vector<Attempt>> attemptsOf(std::string_view number) = 0;
    /// The blocked row of a number, or of a row without a readable number; null when it is not blocked.
    virtual const BlockedRow* blockedOf(std::string_view number, std::string_view sourceKey) = 0;
};

/// A certificate to be planned anew with what the other side really holds; nothing: it holds none.
struct Repair {
    std::string number;
    std::optional<NationalRow> national;
};

/// A certificate that shares its licence identifier.
struct Sharer {
    std::string number;  ///< or what is shown in its place
    std::string authority;
    std::string company;
};

/// What judging depends on beyond the two sides. Values only.
struct JudgeSettings {
    Policy policy;
    TimePoint now{};
    std::vector<Field> compared;      ///< of the mapping
    bool ledgerOnly = false;          ///< the other side is the ledger itself: nothing can have been tampered with
    std::chrono::hours inFlight{72};  ///< how long an intent in hand excuses a difference
    /// When the other side's view was made; nothing: it is as of now. What was accepted later is not in it.
    std::optional<TimePoint> viewMadeAt{};
};

/// Says what is different about one certificate, and what is to be done. Pure but for Memory.
/// Every call is false once something failed (failure()) or a sink declined.
class Judge {
public:
    using FindingSink = std::function<bool(Finding& finding)>;
    using RepairSink = std::function<bool(Repair repair)>;
    /// Is told of each certificate about which this run cannot say whether what was found before is gone: excused ones,
    /// with the reason, and those about which only a block is said, without.
    using KeepSink = std::function<bool(std::string_view number, std::string_view excuse)>;

    Judge(JudgeSettings settings, Memory& memory, Tally& tally, FindingSink findings, RepairSink repairs,
          KeepSink keep = {});

    bool both(const ProvincialItem& provincial, const NationalItem& national);
    bool onlyProvincial(const ProvincialItem& provincial);
    bool onlyNational(const NationalItem& national);
    /// Of a certificate that the ledger alone knows.
    bool onNeitherSide(const std::string& number);
    /// A further national row of a number that was judged already.
    bool duplicateNational(const NationalItem& national);
    /// Rows that stood elsewhere and normalise to the number of a row that was judged already.
    bool duplicateProvincial(const ProvincialItem& provincial, std::string_view firstKey);
    /// One side has the number of before the change-over, the other the new one.
    bool legacy(const ProvincialItem& provincial, const NationalItem& national);
    /// The old number is still registered beside the new one; nothing when it has ended.
    bool legacyBeside(const NationalItem& national);
    /// Two registered certificates share `identifier`.
    bool sharedIdentifier(std::string_view number, std::string_view other, std::string_view identifier,
                          std::string_view authority);
    /// Two of the province's live certificates do.
    bool sharedInProvince(const Sharer& one, const std::string& other, std::string_view identifier);
    /// Another province took in what the ledger alone was asked about, under the number `successor`.
    bool takenElsewhere(const std::string& number, const std::string& successor);
    /// A blocked certificate that no row has brought up.
    bool blocked(const BlockedRow& row);

    [[nodiscard]] const std::optional<Error>& failure() const noexcept { return failure_; }

private:
    /// One differing pair under the lens.
    struct Lens;
    [[nodiscard]] bool quicklyEqual(const Desired& desired, const NationalItem& national) const;
    bool difference(const ProvincialItem& provincial, const NationalItem& national);
    [[nodiscard]] bool licenceFirst(const Lens& lens) const;
    bool report(Lens& lens);
    bool reportState(const Lens& lens);
    bool reportField(const Lens& lens, Field field);
    [[nodiscard]] Wording wording(const Lens& lens, std::string_view subject, bool tampered) const;
    bool findBlocked(const BlockedRow& row, const ProvincialItem* provincial, const NationalItem* national);
    bool findBlocked(const Advice& advice, const ProvincialItem& provincial);
    bool findDuplicate(const ProvincialItem& provincial, std::string_view keys);
    bool excused(const std::string& number, std::uint64_t Tally::*as, std::string_view excuse);
    bool excusedAsFresher(const std::string& number);
    /// No difference, or one that needs nobody.
    bool settled();
    [[nodiscard]] bool underWay(const Recollection& recollection) const;
    /// Whether the platform accepted something of the certificate after the view was made.
    [[nodiscard]] bool fresherThanView(const std::vector<Attempt>& attempts) const;
    /// The block that somebody has yet to resolve; null: none, or dismissed.
    const BlockedRow* standingBlock(const ProvincialItem& provincial);
    bool lostThere(const ProvincialItem& provincial, const Recollection& past, const Plan& next);
    bool keep(const std::string& number, std::string_view excuse = {});
    /// The finding about `provincial`, its authority and company filled in.
    [[nodiscard]] static Finding findingOf(FindingKind kind, const ProvincialItem& provincial);
    bool put(Finding& finding, FindingKind kind, Wording wording);
    bool repair(const std::string& number, const NationalItem* national);
    bool recall(std::string_view number, Recollection& into);
    bool recallAttempts(std::string_view number, std::vector<Attempt>& into);
    void compared(std::string_view authority);

    JudgeSettings settings_;
    Memory& memory_;
    Tally& tally_;
    FindingSink findings_;
    RepairSink repairs_;
    KeepSink keep_;
    std::string today_;
    std::array<std::string, 3> last_;  ///< number, class and field of the last finding: several rows may come to one
    std::optional<Error> failure_;
};

}  // namespace lianzheng
