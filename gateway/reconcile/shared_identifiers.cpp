#include "gateway/reconcile/shared_identifiers.h"

#include <xxhash.h>

namespace lianzheng {
namespace {

constexpr std::size_t kBits = std::size_t{1} << 20U;

}  // namespace

std::uint64_t SharedIdentifiers::hashOf(const NationalItem& item) {
    const std::string& identifier = item.row.zzeCertId;
    if (identifier.empty()) return 0;
    if (!active(stateOf(item.row.record))) return 0;
    const std::uint64_t hash = XXH3_64bits(identifier.data(), identifier.size());
    return hash == 0 ? 1 : hash;
}

Status SharedIdentifiers::noted() {
    if (Status status = hashes_.sort(); !status) return status;
    std::uint64_t last = 0;
    for (Result<bool> there = hashes_.next();; there = hashes_.next()) {
        if (!there) return tl::unexpected<Error>(there.error());
        if (!*there) return ok();
        if (hashes_.hash() == last) {
            shared_.resize(kBits);
            shared_[last % kBits] = true;
        }
        last = hashes_.hash();
    }
}

bool SharedIdentifiers::perhaps(std::uint64_t hash) const {
    return hash != 0 && !shared_.empty() && shared_[hash % kBits];
}

Status SharedIdentifiers::add(const NationalItem& item) {
    if (hashOf(item) == 0) return ok();
    return whole_.add(item.row.zzeCertId, item.number().empty() ? item.row.rawNumber : item.number());
}

Status SharedIdentifiers::shared(Judge& judge, Memory& memory, const std::string& number, const std::string& other,
                                 std::string_view identifier) {
    const Result<Recollection> past = memory.of(number);
    if (!past) return tl::unexpected<Error>(past.error());
    judge.sharedIdentifier(number, other, identifier, past->ledger ? past->ledger->authority : std::string{});
    return ok();
}

Status SharedIdentifiers::judge(Judge& judge, Memory& memory) {
    if (Status status = whole_.sort(); !status) return status;
    std::string identifier;
    std::string first;
    bool several = false;
    for (Result<bool> there = whole_.next();; there = whole_.next()) {
        if (!there) return tl::unexpected<Error>(there.error());
        if (!*there) return ok();
        if (whole_.key() != identifier) {
            identifier = whole_.key();
            first = whole_.payload();
            several = false;
            continue;
        }
        const std::string number(whole_.payload());
        if (number == first) continue;  // a number that stands there twice is found as such
        if (!several) {
            if (Status status = shared(judge, memory, first, number, identifier); !status) return status;
        }
        several = true;
        if (Status status = shared(judge, memory, number, first, identifier); !status) return status;
    }
}

}  // namespace lianzheng
