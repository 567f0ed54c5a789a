#include "gateway/reconcile/national_suspects.h"

#include <algorithm>
#include <utility>

#include "gateway/reconcile/codec.h"

namespace lianzheng {
namespace {

/// So many are looked up one by one, and cost less than reading everything.
constexpr std::size_t kFew = 20'000;
constexpr std::size_t kBits = std::size_t{1} << 24U;

}  // namespace

NationalSuspects::NationalSuspects(std::string scratchDirectory, std::size_t memory)
    : directory_(scratchDirectory),
      memory_(memory),
      numbers_(scratchDirectory, memory / 4),
      unreadable_(std::move(scratchDirectory), memory / 4) {}

std::size_t NationalSuspects::bitOf(std::string_view number) const {
    return std::hash<std::string_view>{}(number) % suspicious_.size();
}

Status NationalSuspects::add(std::string_view number, std::uint32_t place) {
    placeless_ = placeless_ || place == 0;
    if (!placeless_) {
        places_.resize(kBits);
        places_[place % kBits] = true;
    }
    if (suspicious_.empty()) {
        few_.emplace_back(number);
        if (few_.size() > kFew) {
            suspicious_.assign(kBits, false);
            for (const std::string& each : few_) suspicious_[bitOf(each)] = true;
            few_ = {};
        }
    } else {
        suspicious_[bitOf(number)] = true;
    }
    return numbers_.add(number, {});
}

Status NationalSuspects::addUnreadable(const NationalItem& item) {
    encode(item, bytes_);
    return unreadable_.add(item.row.rawNumber, bytes_);
}

Status NationalSuspects::keep(const NationalItem& item) {
    encode(item, bytes_);
    return items_->add(item.number(), bytes_);
}

Result<bool> NationalSuspects::fetchFew(OtherSide& side, const std::stop_token& stop) {
    items_.emplace(directory_, memory_ / 2);
    std::ranges::sort(few_);
    const std::vector<std::string> seen = few_;
    const auto repeated = std::ranges::unique(few_);
    few_.erase(repeated.begin(), repeated.end());  // asked for in portions, one would come with each
    std::vector<std::size_t> came(few_.size(), 0);
    Status kept = ok();
    const auto found = side.ofNumbers(
        few_,
        [&](const NationalItem& item) {
            const auto at = std::ranges::lower_bound(few_, item.number());
            if (at != few_.end() && *at == item.number()) ++came[static_cast<std::size_t>(at - few_.begin())];
            kept = keep(item);
            return kept.has_value();
        },
        stop);
    if (!kept) return tl::unexpected<Error>(kept.error());
    if (!found) return tl::unexpected<Error>(found.error());
    // A row that does not come is written there in another way, or gone: only reading everything tells.
    return *found && std::ranges::equal(few_, came, [&](const std::string& number, std::size_t rows) {
        return rows >= static_cast<std::size_t>(std::ranges::equal_range(seen, number).size());
    });
}

Status NationalSuspects::fetchAmongAll(OtherSide& side, const std::stop_token& stop) {
    items_.emplace(directory_, memory_ / 2);
    if (suspicious_.empty()) {
        suspicious_.assign(kBits, false);
        for (const std::string& each : few_) suspicious_[bitOf(each)] = true;
    }
    Status kept = ok();
    const OtherSide::Sink keeping = [&](const NationalItem& item) {
        if (item.number().empty() || !suspicious_[bitOf(item.number())]) return true;
        kept = keep(item);
        return kept.has_value();
    };
    const PlaceFilter standsThere = [&](std::uint64_t place) { return places_[place % kBits]; };
    const Status read =
        placeless_ ? side.all(OtherSide::Depth::Whole, keeping, stop) : side.atPlaces(standsThere, keeping, stop);
    return kept ? read : kept;
}

Status NationalSuspects::fetch(OtherSide& side, const std::stop_token& stop) {
    items_.emplace(directory_, memory_ / 2);
    if (numbers_.size() != 0) {
        Result<bool> all = false;
        if (suspicious_.empty()) all = fetchFew(side, stop);
        if (!all) return tl::unexpected<Error>(all.error());
        if (!*all) {
            if (Status status = fetchAmongAll(side, stop); !status) return status;
        }
    }
    few_ = {};
    suspicious_ = {};
    places_ = {};
    for (SpillSorter* sorter : {&numbers_, &unreadable_, &*items_}) {
        if (Status status = sorter->sort(); !status) return status;
    }
    return ok();
}

Status NationalSuspects::each(const std::function<bool(const NationalItem& item)>& sink) {
    NationalItem item;
    const auto give = [&](std::string_view bytes) -> Result<bool> {
        if (!decode(bytes, item)) return failed(Fault::Corrupt, "exchange.scratch", "io");
        return sink(item);
    };
    for (Result<bool> there = unreadable_.next();; there = unreadable_.next()) {
        if (!there) return tl::unexpected<Error>(there.error());
        if (!*there) break;
        const Result<bool> wanted = give(unreadable_.payload());
        if (!wanted) return tl::unexpected<Error>(wanted.error());
        if (!*wanted) return ok();
    }
    Result<bool> suspect = numbers_.next();
    for (Result<bool> there = items_->next();; there = items_->next()) {
        if (!there) return tl::unexpected<Error>(there.error());
        if (!*there) return ok();
        // A bit may be another number's: only those that are suspects count.
        while (suspect && *suspect && numbers_.key() < items_->key()) suspect = numbers_.next();
        if (!suspect) return tl::unexpected<Error>(suspect.error());
        if (!*suspect) return ok();
        if (numbers_.key() != items_->key()) continue;
        const Result<bool> wanted = give(items_->payload());
        if (!wanted) return tl::unexpected<Error>(wanted.error());
        if (!*wanted) return ok();
    }
}

}  // namespace lianzheng
