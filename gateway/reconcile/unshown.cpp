#include "gateway/reconcile/unshown.h"

#include <utility>

#include "gateway/reconcile/finding_kind.h"
#include "gateway/reconcile/item.h"

namespace lianzheng {

Status Unshown::load(Store& store) {
    auto found = store.openWith(word(FindingKind::MissingNational), kNoSuchRow);
    if (!found) return tl::unexpected<Error>(std::move(found.error()));
    for (std::string& number : *found) {
        const std::uint64_t hash = meetingHash(number);
        numbers_.emplace(hash, std::move(number));
    }
    return ok();
}

Status Unshown::each(Memory& memory, const std::function<bool(const std::string& number)>& sink) const {
    for (const auto& [hash, number] : numbers_) {
        const Result<Recollection> past = memory.of(number);
        if (!past) return tl::unexpected<Error>(past.error());
        if (past->ledger && active(past->ledger->state) && !sink(number)) break;
    }
    return ok();
}

}  // namespace lianzheng
