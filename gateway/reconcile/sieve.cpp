#include "gateway/reconcile/sieve.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::uint64_t kStopEvery = 4096;

/// What lies in the sorters of a glance.
struct Kept {
    struct Head {
        Digest digest;
        std::uint64_t identifier = 0;  ///< the hash of a live one's licence identifier
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
    static Kept of(std::string_view bytes) {
        Kept kept;
        std::memcpy(&kept.head, bytes.data(), sizeof kept.head);
        bytes.remove_prefix(sizeof kept.head);
        kept.state = bytes.substr(0, kept.head.stateSize);
        kept.number = bytes.substr(kept.head.stateSize, kept.head.numberSize);
        kept.noted = bytes.substr(std::size_t{kept.head.stateSize} + kept.head.numberSize);
        return kept;
    }
    [[nodiscard]] bool alike(const Kept& other) const {
        return head.plain && other.head.plain && head.digest == other.head.digest && number == other.number;
    }
};

bool is(std::string_view state, CertState one, CertState other) { return state == code(one) || state == code(other); }

}  // namespace

Sieve::Sieve(std::string today, Memory& memory, ProvincialSuspects& provincial, NationalSuspects& national,
             SharedIdentifiers* identifiers, bool statesShown, const std::string& scratchDirectory, std::size_t bytes)
    : today_(std::move(today)),
      memory_(memory),
      provincialSuspects_(provincial),
      nationalSuspects_(national),
      identifiers_(identifiers),
      statesShown_(statesShown),
      provincial_(scratchDirectory, bytes / 2),
      national_(scratchDirectory, bytes / 2) {}

std::uint32_t Sieve::authority(std::string_view id) {
    if (const auto found = authorityIndex_.find(id); found != authorityIndex_.end()) return found->second;
    const auto index = static_cast<std::uint32_t>(authorities_.size());
    authorities_.emplace_back(id);
    authorityIndex_.emplace(id, index);
    return index;
}

Status Sieve::provincial(const Glance& glance) {
    const bool active = is(glance.state, CertState::Valid, CertState::Suspended);
    const bool pastEnd = glance.expires < today_;  // yyyy-MM-dd sorts as the days do
    const std::uint64_t identifier = identifiers_ == nullptr || !active || pastEnd ? 0 : glance.identifier;
    if (identifier != 0) {
        if (Status status = identifiers_->provincial().note(identifier); !status) return status;
    }
    if (glance.number.empty()) return provincialSuspects_.add(glance.number, glance.noted);
    Kept kept{{}, glance.state, glance.number, glance.noted};
    kept.head.identifier = identifier;
    kept.head.ended = glance.state <= code(CertState::Suspended) && pastEnd;
    kept.head.plain = glance.sound && (active || !kept.head.ended);
    kept.head.missed = kept.head.plain && active && !kept.head.ended;
    kept.head.digest = glance.digest;
    kept.head.mark = authority(glance.authority);
    kept.pack(provincialBytes_);
    return provincial_.add(meetingHash(glance.number), provincialBytes_);
}

Status Sieve::note(const Glance& glance) {
    return identifiers_ == nullptr || glance.identifier == 0 ? ok() : identifiers_->national().note(glance.identifier);
}

Status Sieve::unreadable(const NationalItem& item, const Glance& glance) {
    if (Status status = note(glance); !status) return status;
    return nationalSuspects_.addUnreadable(item);
}

Status Sieve::national(const Glance& glance) {
    if (Status status = note(glance); !status) return status;
    Kept kept{{}, glance.state, glance.number, {}};
    kept.head.identifier = glance.identifier;
    kept.head.mark = glance.place;
    kept.head.plain = glance.sound;
    kept.head.ended = is(glance.state, CertState::Lapsed, CertState::Cancelled);
    kept.head.digest = glance.digest;
    kept.pack(nationalBytes_);
    return national_.add(meetingHash(glance.number), nationalBytes_);
}

Status Sieve::provincialEnd() {
    if (identifiers_ != nullptr) {
        if (Status status = identifiers_->provincial().noted(); !status) return status;
    }
    return provincial_.sort();
}

Status Sieve::nationalEnd() {
    if (identifiers_ != nullptr) {
        if (Status status = identifiers_->national().noted(); !status) return status;
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
        const Kept kept = Kept::of(provincial_.payload());
        if (Status status = provincialSuspects_.add(kept.number, kept.noted); !status) return status;
        if (alone && kept.head.missed) {
            if (Status status = nationalSuspects_.expect(kept.number); !status) return status;
        }
        if (Status status = advance(provincial_, ours); !status) return status;
    }
    bool expected = !alone;
    while (theirs && national_.hash() == hash_) {
        const Kept kept = Kept::of(national_.payload());
        if (Status status = nationalSuspects_.add(kept.number, kept.head.mark); !status) return status;
        if (!std::exchange(expected, true)) {
            const std::string meeting = meetingNumber(kept.number);
            if (Status status = provincialSuspects_.expect(meeting); !status) return status;
        }
        if (Status status = advance(national_, theirs); !status) return status;
    }
    return ok();
}

/// What is past its end is equal to what was ended for that; but if it is blocked, people must see it.
bool Sieve::equal(std::string_view ours, std::string_view theirs) {
    const Kept one = Kept::of(ours);
    const Kept other = Kept::of(theirs);
    if (!one.alike(other)) return false;
    const bool shared = identifiers_ != nullptr && (identifiers_->national().perhaps(other.head.identifier) ||
                                                    identifiers_->provincial().perhaps(one.head.identifier));
    if (shared) return false;
    if (!one.head.ended) return !statesShown_ || one.state == other.state;
    return other.head.ended && memory_.blockedOf(one.number, {}) == nullptr;
}

/// Both sides stand at `hash_`.
Status Sieve::pair(bool& ours, bool& theirs) {
    firstOurs_ = provincial_.payload();
    firstTheirs_ = national_.payload();
    if (Status status = advance(provincial_, ours); !status) return status;
    if (Status status = advance(national_, theirs); !status) return status;
    const Kept one = Kept::of(firstOurs_);
    const Kept other = Kept::of(firstTheirs_);
    const bool alone = !(ours && provincial_.hash() == hash_) && !(theirs && national_.hash() == hash_);
    if (alone && equal(firstOurs_, firstTheirs_)) {
        ++equal_[one.head.mark];
        return ok();
    }
    if (Status status = provincialSuspects_.add(one.number, one.noted); !status) return status;
    return nationalSuspects_.add(other.number, other.head.mark);
}

/// Two numbers of one hash are both suspects.
Status Sieve::sift(Tally& tally, Unshown& unshown, const std::stop_token& stop) {
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
        unshown.seen(hash_);
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
