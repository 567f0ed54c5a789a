#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "adapters/exchange/exchange_view.h"
#include "gateway/reconcile/item.h"
#include "gateway/store/store.h"

namespace lianzheng {

/// What the province is held against, read in no order. Threads: one at a time. Errors: whatever it is read from says;
/// Cancelled on a stop.
class OtherSide {
public:
    /// Valid during the call; false ends the read.
    using Sink = std::function<bool(const NationalItem& item)>;
    enum class Depth : std::uint8_t {
        /// Number and state; of the ledger what compares at once, of a view what compared() names, identifier, company.
        Glance,
        Whole
    };
    virtual ~OtherSide() = default;
    /// The fields whose digest both sides can be compared by at a glance.
    [[nodiscard]] virtual const std::vector<Field>& compared() const = 0;
    /// What it could be compared by and does not show.
    [[nodiscard]] virtual std::vector<Field> unseen() const { return {}; }
    virtual Status all(Depth depth, const Sink& sink, const std::stop_token& stop) = 0;
    using RangedSink = std::function<bool(std::uint32_t range, const NationalItem& item)>;
    /// The items of the ranges that `choose` wants, in the depth of a glance; see ExchangeView::inRanges().
    virtual Result<bool> inRanges(const ChooseRanges& /*choose*/, const RangedSink& /*sink*/,
                                  const std::stop_token& /*stop*/) {
        return false;
    }
    /// Whether `failure`, what all() ended with, has taught what the side shows, and reading it again may succeed.
    virtual bool learnsFrom(const Error& /*failure*/) { return false; }
    /// The whole items of the wanted places, as ExchangeView::atPlaces(); every item where they have none.
    virtual Status atPlaces(const PlaceFilter& /*wanted*/, const Sink& sink, const std::stop_token& stop) {
        return all(Depth::Whole, sink, stop);
    }
    /// The whole items of a few thousand numbers, each named once; false when they are found only by reading all().
    virtual Result<bool> ofNumbers(std::span<const std::string> numbers, const Sink& sink,
                                   const std::stop_token& stop) = 0;
};

/// The platform's own view of our certificates, which is borrowed.
class ExchangeSide final : public OtherSide {
public:
    /// `compared` are the mapping's fields; those the view does not show (`known`) are left out.
    ExchangeSide(ExchangeView& view, std::span<const Field> known, std::span<const Field> compared);
    [[nodiscard]] const std::vector<Field>& compared() const override { return compared_; }
    [[nodiscard]] std::vector<Field> unseen() const override { return unseen_; }
    Status all(Depth depth, const Sink& sink, const std::stop_token& stop) override;
    Result<bool> inRanges(const ChooseRanges& choose, const RangedSink& sink, const std::stop_token& stop) override;
    bool learnsFrom(const Error& failure) override;
    Status atPlaces(const PlaceFilter& wanted, const Sink& sink, const std::stop_token& stop) override;
    Result<bool> ofNumbers(std::span<const std::string> numbers, const Sink& sink,
                           const std::stop_token& stop) override;

private:
    void know(std::span<const Field> fields);
    [[nodiscard]] std::vector<Field> glanced() const;
    void takeGlance(const NationalRow& row, std::span<const Field> fields);

    ExchangeView& view_;
    std::vector<Field> comparable_;  ///< the mapping's
    NationalItem item_;
    std::vector<Field> compared_;
    std::vector<Field> unseen_;
};

/// What the platform last acknowledged, by the digests of the ledger. The store is borrowed.
class LedgerSide final : public OtherSide {
public:
    /// Digests count that were made under the mapping of this version.
    LedgerSide(Store& store, std::span<const Field> compared, std::string mappingVersion)
        : store_(store), compared_(compared.begin(), compared.end()), mappingVersion_(std::move(mappingVersion)) {
        item_.complete = false;
    }
    [[nodiscard]] const std::vector<Field>& compared() const override { return compared_; }
    Status all(Depth depth, const Sink& sink, const std::stop_token& stop) override;
    Result<bool> ofNumbers(std::span<const std::string> numbers, const Sink& sink,
                           const std::stop_token& stop) override;

private:
    bool give(const LedgerEntry& entry, const Sink& sink);
    template <class Row, class Read, class Give>
    static Status inPages(Read&& read, Give&& give, const std::stop_token& stop);

    Store& store_;
    std::vector<Field> compared_;
    std::string mappingVersion_;
    NationalItem item_;
};

}  // namespace lianzheng
