#include "gateway/reconcile/merger.h"

namespace lianzheng {

bool Merger::single(const ProvincialItem& item) {
    if (unmatched_ == nullptr || item.number().empty()) return judge_.onlyProvincial(item);
    return unmatched_->provincial(item);
}

bool Merger::national(const NationalItem& item) {
    const std::string& number = item.number();
    if (number.empty()) return judge_.onlyNational(item);
    if (number == last_) return judge_.duplicateNational(item);
    if (number < last_) {
        failure_ = Error{Fault::Corrupt, "reconcile.merge", "order", std::nullopt};
        return false;
    }
    last_ = number;
    const ProvincialItem* ours = province_.peek();
    while (ours != nullptr && ours->number() < number) {
        if (!single(*ours)) return false;
        province_.pop();
        ours = province_.peek();
    }
    if (province_.broken()) return false;
    if (ours != nullptr && ours->number() == number) {
        if (!judge_.both(*ours, item)) return false;
        province_.pop();
        return true;
    }
    return unmatched_ == nullptr ? judge_.onlyNational(item) : unmatched_->national(item);
}

bool Merger::finish() {
    for (const ProvincialItem* ours = province_.peek(); ours != nullptr; ours = province_.peek()) {
        if (!single(*ours)) return false;
        province_.pop();
    }
    return !province_.broken();
}

}  // namespace lianzheng
