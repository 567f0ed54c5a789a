#include "gateway/reconcile/sieve.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::uint64_t kStopEvery = 4096;

/// What is kept of a row.
struct Glance {
    struct Head {
        Digest digest;
        std::uint64_t identifier = 0;  ///< of the other side: the hash of a live one's licence identifier
        std::uint32_t mark = 0;        ///< of the province: the authority's index; of the other side: the row's place
        std::uint32_t stateSize = 0;
        std::uint32_t numberSize = 0;
        bool plain = false;   ///< nothing speaks against its being equal
        bool missed = false;  ///< of the province: in force, so that the platform ought to have it
        bool ended = false;   ///< of the province: past its end; of the other side: ended, and perhaps for that
    };
    Head head;
    std::string_view state;
    std::string_view number;
    std::string_view noted;  ///< by ProvincialSuspects::note()

    void pack(std::string& bytes) {
        head.stateSize = static_cast<std::uint32_t>(state.size());
        head.numberSize = static_cast<std::uint32_t>(number.size());
        bytes.assign(reinterpret_cast<const char*>(&head), sizeof head);
        bytes.append(state).append(number).append(noted);
    }
    static Glance of(std::string_view bytes) {
        Glance glance;
        std::memcpy(&glance.head, bytes.data(), sizeof glance.head);
        bytes.remove_prefix(sizeof glance.head);
        glance.state = bytes.substr(0, glance.head.stateSize);
        glance.number = bytes.substr(glance.head.stateSize, glance.head.numberSize);
        glance.noted = bytes.substr(std::size_t{glance.head.stateSize} + glance.head.numberSize);
        return glance;
    }
    [[nodiscard]] bool alike(const Glance& other) const {
        return head.plain && other.head.plain && head.digest == other.head.digest && number == other.number;
    }
};

bool is(std::string_view state, CertState one, CertState other) { return state == code(one) || state == code(other); }

/// The number under which both sides meet. Two numbers of one hash are both suspects.
std::uint64_t hashOf(const std::string& number) {
    const std::string meeting = meetingNumber(number);
    return XXH3_64bits(meeting.data(), meeting.size());
}

}  // namespace

Sieve::Sieve(std::vector<Field> compared, std::string today, Memory& memory, ProvincialSuspects& provincial,
             NationalSuspects& national, SharedIdentifiers* identifiers, bool statesShown,
             const std::string& scratchDirectory, std::size_t bytes)
    : compared_(std::move(compared)),
      today_(std::move(today)),
      memory_(memory),
      provincialSuspects_(provincial),
      nationalSuspects_(national),
      identifiers_(identifiers),
      statesShown_(statesShown),
      provincial_(scratchDirectory, bytes / 2),
      national_(scratchDirectory, bytes / 2) {}

std::uint32_t Sieve::authority(const std::string& id) {
    const auto [found, fresh] = authorityIndex_.try_emplace(id, static_cast<std::uint32_t>(authorities_.size()));
    if (fresh) authorities_.push_back(id);
    return found->second;
}

Status Sieve::provincial(const Desired& desired, std::span<const Cell> cells) {
    const Certificate& record = desired.record;
    const std::string& number = record[Field::CertNum];
    ProvincialSuspects::note(desired.facts.sourceKey, cells, noted_);
    if (number.empty()) return provincialSuspects_.add(number, noted_);
    Glance glance{{}, record[Field::CertState], number, noted_};
    // yyyy-MM-dd sorts as the days do.
    glance.head.ended = glance.state <= code(CertState::Suspended) && record[Field::ExpiringDate] < today_;
    const bool active = is(glance.state, CertState::Valid, CertState::Suspended);
    glance.head.plain = desired.problems.empty() && (active || !glance.head.ended);
    glance.head.missed = glance.head.plain && active && !glance.head.ended;
    glance.head.digest = digestOf(record, compared_, {});
    glance.head.mark = authority(desired.facts.authority);
    glance.pack(provincialBytes_);
    return provincial_.add(hashOf(number), provincialBytes_);
}

Status Sieve::national(const NationalItem& item) {
    const Certificate& record = item.row.record;
    const std::string& number = item.number();
    const std::uint64_t identifier = identifiers_ == nullptr ? 0 : SharedIdentifiers::hashOf(item);
    if (identifier != 0) {
        if (Status status = identifiers_->note(identifier); !status) return status;
    }
    if (number.empty()) return nationalSuspects_.addUnreadable(item);
    Glance glance{{}, record[Field::CertState], number, {}};
    glance.head.identifier = identifier;
    glance.head.mark = static_cast<std::uint32_t>(item.row.place);
    glance.head.plain = item.complete || !item.comparable.none();
    glance.head.ended = is(glance.state, CertState::Lapsed, CertState::Cancelled);
    glance.head.digest = item.complete ? digestOf(record, compared_, {}) : item.comparable;
    glance.pack(nationalBytes_);
    return national_.add(hashOf(number), nationalBytes_);
}

Status Sieve::nationalEnd() {
    if (identifiers_ != nullptr) {
        if (Status status = identifiers_->noted(); !status) return status;
    }
    return national_.sort();
}

Status Sieve::advance(HashSorter& sorter, bool& there) {
    const Result<bool> next = sorter.next();
    if (!next) return tl::unexpected<Error>(next.error());
    there = *next;
    return ok();
}

/// All that is left under `hash_` on either side. `alone`: there was nothing on the other, where it may come meanwhile.
Status Sieve::suspectGroup(bool& ours, bool& theirs, bool alone) {
    while (ours && provincial_.hash() == hash_) {
        const Glance glance = Glance::of(provincial_.payload());
        if (Status status = provincialSuspects_.add(glance.number, glance.noted); !status) return status;
        if (alone && glance.head.missed) {
            if (Status status = nationalSuspects_.expect(glance.number); !status) return status;
        }
        if (Status status = advance(provincial_, ours); !status) return status;
    }
    bool expected = !alone;
    while (theirs && national_.hash() == hash_) {
        const Glance glance = Glance::of(national_.payload());
        if (Status status = nationalSuspects_.add(glance.number, glance.head.mark); !status) return status;
        if (!std::exchange(expected, true)) {
            const std::string meeting = meetingNumber(std::string(glance.number));
            if (Status status = provincialSuspects_.expect(meeting); !status) return status;
        }
        if (Status status = advance(national_, theirs); !status) return status;
    }
    return ok();
}

/// What is past its end is equal to what was ended for that; but if it is blocked, people must see it.
bool Sieve::equal(std::string_view ours, std::string_view theirs) {
    const Glance one = Glance::of(ours);
    const Glance other = Glance::of(theirs);
    if (!one.alike(other)) return false;
    if (identifiers_ != nullptr && identifiers_->perhaps(other.head.identifier)) return false;
    if (!one.head.ended) return !statesShown_ || one.state == other.state;
    return other.head.ended && memory_.blockedOf(one.number, {}) == nullptr;
}

/// Both sides stand at `hash_`.
Status Sieve::pair(bool& ours, bool& theirs) {
    firstOurs_ = provincial_.payload();
    firstTheirs_ = national_.payload();
    if (Status status = advance(provincial_, ours); !status) return status;
    if (Status status = advance(national_, theirs); !status) return status;
    const Glance one = Glance::of(firstOurs_);
    const Glance other = Glance::of(firstTheirs_);
    const bool alone = !(ours && provincial_.hash() == hash_) && !(theirs && national_.hash() == hash_);
    if (alone && equal(firstOurs_, firstTheirs_)) {
        ++equal_[one.head.mark];
        return ok();
    }
    if (Status status = provincialSuspects_.add(one.number, one.noted); !status) return status;
    return nationalSuspects_.add(other.number, other.head.mark);
}

Status Sieve::sift(Tally& tally, const std::stop_token& stop) {
    equal_.assign(authorities_.size(), 0);
    bool ours = false;
    bool theirs = false;
    if (Status status = advance(provincial_, ours); !status) return status;
    if (Status status = advance(national_, theirs); !status) return status;
    for (std::uint64_t groups = 0; ours || theirs; ++groups) {
        if (groups % kStopEvery == 0 && stop.stop_requested()) {
            return failed(Fault::Cancelled, "reconcile", "stopped");
        }
        const bool both = ours && theirs && provincial_.hash() == national_.hash();
        const bool oursFirst = ours && (!theirs || provincial_.hash() < national_.hash());
        hash_ = both || oursFirst ? provincial_.hash() : national_.hash();
        if (both) {
            if (Status status = pair(ours, theirs); !status) return status;
        }
        if (Status status = suspectGroup(ours, theirs, !both); !status) return status;
    }
    for (std::size_t i = 0; i < authorities_.size(); ++i) {
        if (equal_[i] == 0) continue;
        tally.compared += equal_[i];
        tally.equal += equal_[i];
        tally.of(authorities_[i]).compared += equal_[i];
    }
    return ok();
}

}  // namespace lianzheng
