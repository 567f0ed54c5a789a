#include "gateway/reconcile/national_suspects.h"

#include <algorithm>
#include <utility>

#include "gateway/reconcile/codec.h"

namespace lianzheng {
namespace {

/// So many are looked up one by one, and cost less than reading everything.
constexpr std::size_t kFew = 20'000;
/// So many are looked up in the hope that they have come.
constexpr std::size_t kMostExpected = 50'000;
constexpr std::size_t kBits = std::size_t{1} << 24U;

/// Where `number` stands among `sorted`; its size when it does not.
std::size_t placeOf(const std::vector<std::string>& sorted, const std::string& number) {
    const auto at = std::ranges::lower_bound(sorted, number);
    return at != sorted.end() && *at == number ? static_cast<std::size_t>(at - sorted.begin()) : sorted.size();
}

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
    if (many_) {
        suspicious_[bitOf(number)] = true;
    } else {
        few_.emplace_back(number);
        many_ = few_.size() > kFew;
        if (many_) mark(few_);
    }
    return numbers_.add(number, {});
}

Status NationalSuspects::expect(std::string_view number) {
    if (manyExpected_) {
        suspicious_[bitOf(number)] = true;
    } else {
        expected_.emplace_back(number);
        manyExpected_ = expected_.size() > kMostExpected;
        if (manyExpected_) mark(expected_);
    }
    return numbers_.add(number, {});
}

/// From now on they are known by their bits.
void NationalSuspects::mark(std::vector<std::string>& numbers) {
    if (suspicious_.empty()) suspicious_.assign(kBits, false);
    for (const std::string& each : numbers) suspicious_[bitOf(each)] = true;
    numbers = {};
}

Status NationalSuspects::addUnreadable(const NationalItem& item) {
    encode(item, bytes_);
    return unreadable_.add(item.row.rawNumber, bytes_);
}

Status NationalSuspects::keep(const NationalItem& item) {
    encode(item, bytes_);
    return items_->add(item.number(), bytes_);
}

/// What to look up, each once and in order, and how many rows of it were seen: 0 of what is expected alone.
std::vector<std::size_t> NationalSuspects::gather(std::vector<std::string>& asked) {
    asked = std::exchange(expected_, {});
    asked.insert(asked.end(), few_.begin(), few_.end());
    std::ranges::sort(asked);
    const auto repeated = std::ranges::unique(asked);
    asked.erase(repeated.begin(), repeated.end());  // asked for in portions, one would come with each
    std::vector<std::size_t> seen(asked.size(), 0);
    for (const std::string& number : few_) ++seen[placeOf(asked, number)];
    few_ = {};
    return seen;
}

Result<bool> NationalSuspects::fetchFew(OtherSide& side, const std::stop_token& stop) {
    std::vector<std::string> asked;
    std::vector<std::size_t> awaited = gather(asked);
    Status kept = ok();
    const auto found = side.ofNumbers(
        asked,
        [&](const NationalItem& item) {
            const std::size_t at = placeOf(asked, item.number());
            if (at < asked.size() && awaited[at] > 0) --awaited[at];
            kept = keep(item);
            return kept.has_value();
        },
        stop);
    if (!kept) return tl::unexpected<Error>(kept.error());
    if (!found) return tl::unexpected<Error>(found.error());
    // A suspect that does not come is written there in another way, or gone: only reading everything tells.
    const bool all = *found && std::ranges::none_of(awaited, [](std::size_t rows) { return rows > 0; });
    if (!all) mark(asked);
    return all;
}

Status NationalSuspects::fetchAmongAll(OtherSide& side, const std::stop_token& stop) {
    items_.emplace(directory_, memory_ / 2);
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
    const bool any = many_ || !few_.empty();
    if (any || !expected_.empty()) {
        if (many_) mark(expected_);
        const Result<bool> all = many_ ? Result<bool>(false) : fetchFew(side, stop);
        if (!all) return tl::unexpected<Error>(all.error());
        if (!*all && any) {
            if (Status status = fetchAmongAll(side, stop); !status) return status;
        }
    }
    few_ = {};
    expected_ = {};
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
