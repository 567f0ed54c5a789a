#include "gateway/reconcile/unmatched.h"

#include <utility>
#include <vector>

#include "gateway/reconcile/codec.h"

namespace lianzheng {
namespace {

/// How many rows of one number are named; more are not kept.
constexpr std::size_t kNamed = 10;

/// Only these take part in the change-over of numbers.
bool mayHaveOldNumber(std::string_view number) {
    const auto parsed = CertificateNumber::parse(number);
    return parsed && (parsed->legacy() || parsed->category() == "C3");
}

}  // namespace

/// All that meets under one number.
struct Leftovers::Group {
    std::string key;
    std::optional<ProvincialItem> plain;  ///< of the province, with this number
    std::optional<ProvincialItem> old;    ///< of the province, with the number that becomes this one
    std::optional<NationalItem> nationalPlain;
    std::optional<NationalItem> nationalOld;
    bool plainIsLate = false;
};

bool Leftovers::check(const Status& status) {
    if (!status) failure_ = status.error();
    return status.has_value();
}

bool Leftovers::check(const Result<bool>& result, bool& there) {
    there = result.value_or(false);
    if (!result) failure_ = result.error();
    return result.has_value();
}

bool Leftovers::provincial(const ProvincialItem& item) {
    if (!mayHaveOldNumber(item.number())) return judge_.onlyProvincial(item);
    encode(item, bytes_);
    return keep(provincial_, item.number());
}

bool Leftovers::late(const ProvincialItem& item) {
    encode(item, bytes_);
    return keep(provincial_, item.number());
}

bool Leftovers::national(const NationalItem& item) {
    encode(item, bytes_);
    return keep(national_, item.number());
}

bool Leftovers::keep(SpillSorter& sorter, const std::string& number) {
    return check(sorter.add(meetingNumber(number), bytes_));
}

bool Leftovers::passed(const ProvincialItem& item) {
    if (!passed_) {
        auto made = ScratchFile::make(directory_);
        if (!made) return check(tl::unexpected<Error>(made.error()));
        passed_ = std::move(*made);
    }
    return check(appendPair(*passed_, item.number(), item.desired.facts.sourceKey));
}

bool Leftovers::findPassed(std::string_view number, std::optional<std::string>& key) {
    key.reset();
    while (passedThere_ && passedReader_->key() < number) {
        if (!check(passedReader_->next(), passedThere_)) return false;
    }
    if (passedThere_ && passedReader_->key() == number) key = std::string(passedReader_->payload());
    return true;
}

bool Leftovers::readProvincial(Group& group) {
    while (provincialThere_ && provincial_.key() == group.key) {
        ProvincialItem item;
        if (!decode(provincial_.payload(), item)) return check(failed(Fault::Corrupt, "exchange.scratch", "io"));
        std::optional<ProvincialItem>& place = item.number() == group.key ? group.plain : group.old;
        if (!place) {
            if (&place == &group.plain) group.plainIsLate = item.late;
            place = std::move(item);
        } else if (place->otherKeys.size() < kNamed) {
            // The one that stood in order speaks for the number, wherever it comes in.
            if (!item.late) {
                if (&place == &group.plain) group.plainIsLate = false;
                std::swap(*place, item);
            }
            place->otherKeys.push_back(item.desired.facts.sourceKey);
        }
        if (!check(provincial_.next(), provincialThere_)) return false;
    }
    return true;
}

bool Leftovers::readNational(Group& group) {
    while (nationalThere_ && national_.key() == group.key) {
        NationalItem item;
        if (!decode(national_.payload(), item)) return check(failed(Fault::Corrupt, "exchange.scratch", "io"));
        (item.number() == group.key ? group.nationalPlain : group.nationalOld) = std::move(item);
        if (!check(national_.next(), nationalThere_)) return false;
    }
    return true;
}

bool Leftovers::settle() {
    if (passed_) {
        if (!check(passed_->flush())) return false;
        passedReader_.emplace(*passed_, 0, passed_->size());
        if (!check(passedReader_->next(), passedThere_)) return false;
    }
    if (!check(provincial_.sort()) || !check(national_.sort())) return false;
    if (!check(provincial_.next(), provincialThere_) || !check(national_.next(), nationalThere_)) return false;
    while (provincialThere_ || nationalThere_) {
        Group group;
        const bool ours = provincialThere_ && (!nationalThere_ || provincial_.key() <= national_.key());
        group.key = ours ? provincial_.key() : national_.key();
        if (!readProvincial(group) || !readNational(group) || !judge(group)) return false;
    }
    return true;
}

bool Leftovers::judge(Group& group) { return judgeLateOnes(group) && judgeNationalOnes(group); }

bool Leftovers::judgeLateOnes(Group& group) {
    if (group.plain && group.plainIsLate) {
        std::optional<std::string> first;
        if (!findPassed(group.key, first)) return false;
        if (first) {
            if (!judge_.duplicateProvincial(*group.plain, *first)) return false;
            group.plain.reset();
        }
    }
    if (group.plain && group.nationalPlain) {
        if (!judge_.both(*group.plain, *group.nationalPlain)) return false;
        group.plain.reset();
        group.nationalPlain.reset();
        return !group.nationalOld || (judge_.legacyBeside(*std::exchange(group.nationalOld, std::nullopt)));
    }
    if (group.plain && group.nationalOld) {
        if (!judge_.legacy(*group.plain, *group.nationalOld)) return false;
        group.plain.reset();
        group.nationalOld.reset();
    }
    return !group.plain || judge_.onlyProvincial(*group.plain);
}

bool Leftovers::judgeNationalOnes(Group& group) {
    if (group.old && group.nationalOld) {
        if (!judge_.both(*group.old, *group.nationalOld)) return false;
        group.old.reset();
        group.nationalOld.reset();
    }
    if (group.old && group.nationalPlain) {
        if (!judge_.legacy(*group.old, *group.nationalPlain)) return false;
        group.old.reset();
        group.nationalPlain.reset();
    }
    if (group.old && !judge_.onlyProvincial(*group.old)) return false;
    if (group.nationalPlain && !judge_.onlyNational(*group.nationalPlain)) return false;
    if (!group.nationalOld) return true;
    std::optional<std::string> converted;
    if (!findPassed(group.key, converted)) return false;
    return converted ? judge_.legacyBeside(*group.nationalOld) : judge_.onlyNational(*group.nationalOld);
}

}  // namespace lianzheng
