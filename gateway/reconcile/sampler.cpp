#include "gateway/reconcile/sampler.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "gateway/reconcile/findings_writer.h"
#include "gateway/reconcile/judge.h"
#include "gateway/reconcile/store_memory.h"
#include "gateway/sync/national_query.h"
#include "gateway/sync/provincial_rows.h"
#include "gateway/sync/read_back.h"
#include "mappings/certificate_number.h"

namespace lianzheng {
namespace {

/// City and category.
using StratumKey = std::pair<std::string, std::string>;

StratumKey stratumOf(const LedgerEntry& entry) {
    const auto number = CertificateNumber::parse(entry.number);
    return {entry.authority, number ? std::string(number->category()) : std::string{}};
}

/// Those with the smallest random keys, of which there may be so many.
class Picks {
public:
    explicit Picks(std::uint64_t most) : most_(most) {}
    void offer(double key, const std::string& number) {
        if (most_ == 0 || (heap_.size() == most_ && key >= heap_.front().first)) return;
        if (heap_.size() == most_) {
            std::pop_heap(heap_.begin(), heap_.end());
            heap_.pop_back();
        }
        heap_.emplace_back(key, number);
        std::push_heap(heap_.begin(), heap_.end());
    }
    [[nodiscard]] std::size_t size() const { return heap_.size(); }
    /// One of those there are.
    std::string take() {
        std::string number = std::move(heap_.back().second);
        heap_.pop_back();
        return number;
    }
    /// In an order of chance.
    void settle() { std::sort(heap_.begin(), heap_.end()); }

private:
    std::uint64_t most_;
    std::vector<std::pair<double, std::string>> heap_;
};

NationalItem itemFrom(const Holdings::Item& held) {
    NationalItem item;
    item.row.record = held.record;
    item.row.zzeCertId = held.zzeCertId;
    for (const Field field : kFields) {
        if (!held.record[field].empty()) item.known.set(static_cast<std::size_t>(field));
    }
    return item;
}

}  // namespace

class Sampler::Run {
public:
    Run(Sampler& owner, SampleResult& result, TimePoint startedAt, const std::stop_token& stop)
        : parts_(owner.parts_),
          settings_(owner.settings_),
          result_(result),
          stop_(stop),
          memory_(parts_.store),
          writer_(parts_.store, result.run, deadlineOf(owner.reconcile_, startedAt), false),
          judge_(judgeSettingsOf(owner.reconcile_, parts_.map, startedAt, false), memory_, result.tally,
                 [this](Finding& finding) { return writer_.put(finding); }, {}),
          query_(parts_, NationalQuery::Manner::Paced) {}

    Status sample() {
        if (const Status loaded = memory_.load(); !loaded) return loaded;
        if (const Status counted = countStrata(); !counted) return counted;
        std::vector<std::uint64_t> sizes;
        for (const auto& [key, stratum] : strata_) sizes.push_back(stratum.size);
        const SamplePlan plan(sizes, settings_.calls / 2, parts_.random.unit());
        result_.population = plan.population();
        result_.strata = sizes.size();
        result_.whole = plan.isWhole();
        for (const std::uint64_t most : plan.ofStratum()) picks_.emplace_back(most);
        if (const Status drawn = drawNumbers(); !drawn) return drawn;
        for (std::size_t i = 0; i < picks_.size(); ++i) {
            // The ledger lives on: whoever was counted may have gone, or be another city's by now.
            if (picks_[i].size() != plan.ofStratum()[i])
                return failed(Fault::Unavailable, "store.ledger", "changed_meanwhile");
        }
        GrowingBound bound(plan, settings_.confidence, settings_.target);
        Status status = ok();
        for (const std::size_t stratum : plan.order()) {
            const auto disagrees = look(picks_[stratum].take());
            if (!disagrees) {
                status = tl::unexpected(disagrees.error());
                break;
            }
            if (bound.add(*disagrees)) break;
        }
        if (!writer_.flush() && status) status = tl::unexpected<Error>(*writer_.failure());
        result_.drawn = bound.drawn();
        result_.disagreeing = bound.disagreeing();
        result_.bound = bound.bound();
        result_.reached = bound.reached();
        result_.whole = result_.whole && bound.drawn() != 0 && bound.drawn() == plan.order().size();
        result_.calls = query_.calls();
        return status;
    }

private:
    template <class Each>
    Status eachRegistered(Each&& each) {
        constexpr std::size_t kPage = 2000;
        std::vector<LedgerEntry> page;
        std::string after;
        do {
            if (const Status read = parts_.store.ledgerPage(after, kPage, page); !read) return read;
            for (const LedgerEntry& entry : page) {
                if (entry.state != CertState::None) each(entry);
            }
            if (!page.empty()) after = page.back().number;
            if (stop_.stop_requested()) return failed(Fault::Cancelled, "reconcile.sample", "stopped");
        } while (!page.empty());
        return ok();
    }

    Status countStrata() {
        const Status read = eachRegistered([this](const LedgerEntry& entry) { strata_[stratumOf(entry)].size += 1; });
        std::size_t at = 0;
        for (auto& [key, stratum] : strata_) stratum.at = at++;
        return read;
    }

    Status drawNumbers() {
        const Status read = eachRegistered([this](const LedgerEntry& entry) {
            const auto stratum = strata_.find(stratumOf(entry));
            if (stratum != strata_.end()) picks_[stratum->second.at].offer(parts_.random.unit(), entry.number);
        });
        for (Picks& picks : picks_) picks.settle();
        return read;
    }

    /// Whether the two sides of a certificate disagree.
    Result<bool> look(const std::string& number) {
        auto rows = provincialRows(parts_.source, parts_.map, number);
        if (!rows) return tl::unexpected(rows.error());
        ProvincialItem ours;
        if (!rows->empty()) ours.desired = std::move(rows->front());
        for (std::size_t i = 1; i < rows->size(); ++i) ours.otherKeys.push_back((*rows)[i].facts.sourceKey);
        const auto past = memory_.of(number);
        if (!past) return tl::unexpected(past.error());
        // The platform knows the person by what it acknowledged, whatever the province has changed since.
        std::string identityCard = past->acknowledged.record[Field::IdentityCard];
        if (identityCard.empty()) identityCard = ours.desired.record[Field::IdentityCard];
        const auto holdings = query_.ask(number, identityCard, stop_);
        if (!holdings) return tl::unexpected(holdings.error());
        const Holdings::Item* held = itemUnder(*holdings, number);
        const bool renumbered = held != nullptr && held->record[Field::CertNum] != number;
        const std::uint64_t before = result_.tally.total();
        bool done = true;
        if (!rows->empty() && held != nullptr) {
            done = renumbered ? judge_.legacy(ours, itemFrom(*held)) : judge_.both(ours, itemFrom(*held));
        } else if (!rows->empty()) {
            done = judge_.onlyProvincial(ours);
        } else if (held != nullptr) {
            done = judge_.onlyNational(itemFrom(*held));
        } else {
            done = judge_.onNeitherSide(number);
        }
        if (judge_.failure()) return tl::unexpected<Error>(*judge_.failure());
        if (!done && writer_.failure()) return tl::unexpected<Error>(*writer_.failure());
        return result_.tally.total() != before;
    }

    SyncParts parts_;
    const SampleSettings& settings_;
    SampleResult& result_;
    const std::stop_token& stop_;
    StoreMemory memory_;
    FindingsWriter writer_;
    Judge judge_;
    NationalQuery query_;
    struct Stratum {
        std::uint64_t size = 0;
        std::size_t at = 0;
    };
    std::map<StratumKey, Stratum> strata_;
    std::vector<Picks> picks_;
};

Sampler::Sampler(const SyncParts& parts, ReconcileSettings reconcile, const SampleSettings& settings)
    : parts_(parts), reconcile_(std::move(reconcile)), settings_(settings) {}

Result<SampleResult> Sampler::run(const std::stop_token& stop) {
    if (parts_.settings.type != CertificateType::Anguan)
        return failed(Fault::Rejected, "reconcile.sample", "not_offered");
    SampleResult result;
    const auto id = parts_.store.newId("run");
    if (!id) return tl::unexpected(id.error());
    result.run = *id;
    RunRow run{result.run, "sample", parts_.clock.now(), std::nullopt, "", "{}"};
    const std::vector<Change> begun{PutRun{run}};
    if (const Status done = parts_.store.commit(begun); !done) return tl::unexpected(done.error());
    const Status sampled = Run(*this, result, run.startedAt, stop).sample();
    run.endedAt = parts_.clock.now();
    run.result = sampled ? "ok" : sampled.error().fault == Fault::Cancelled ? "stopped" : "failed";
    run.counts = fmt::format(R"({{"population":{},"drawn":{},"calls":{},"disagreeing":{},"bound_ppm":{}}})",
                             result.population, result.drawn, result.calls, result.disagreeing,
                             static_cast<std::int64_t>(result.bound.value_or(1) * 1e6 + 0.5));
    const std::vector<Change> ended{PutRun{std::move(run)}};
    if (const Status done = parts_.store.commit(ended); !done) return tl::unexpected(done.error());
    if (!sampled) return tl::unexpected(sampled.error());
    return result;
}

}  // namespace lianzheng
