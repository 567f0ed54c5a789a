#include "gateway/reconcile/shared_identifiers.h"

#include <xxhash.h>

#include "gateway/planner/ledger_key.h"

namespace lianzheng {
namespace {

constexpr std::size_t kBits = std::size_t{1} << 20U;
/// Between the texts that are kept of a certificate: in none of them.
constexpr char kEnd = '\0';

std::string takeText(std::string_view& bytes) {
    const std::size_t end = bytes.find(kEnd);
    std::string text(bytes.substr(0, end));
    bytes.remove_prefix(end + 1);
    return text;
}

Sharer sharerOf(std::string_view told) {
    Sharer sharer;
    sharer.number = takeText(told);
    sharer.authority = takeText(told);
    sharer.company = told;
    return sharer;
}

std::uint64_t hashOfText(std::string_view identifier) {
    const std::uint64_t hash = XXH3_64bits(identifier.data(), identifier.size());
    return hash == 0 ? 1 : hash;
}

}  // namespace

Status SideIdentifiers::noted() {
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

bool SideIdentifiers::perhaps(std::uint64_t hash) const {
    return hash != 0 && !shared_.empty() && shared_[hash % kBits];
}

Status SideIdentifiers::add(std::string_view identifier, const Sharer& sharer) {
    told_.assign(sharer.number).append(1, kEnd).append(sharer.authority).append(1, kEnd).append(sharer.company);
    return sharers_.add(identifier, told_);
}

Status SideIdentifiers::each(const Sink& sink) {
    if (Status status = sharers_.sort(); !status) return status;
    std::string identifier;
    Sharer first;
    bool several = false;
    for (Result<bool> there = sharers_.next();; there = sharers_.next()) {
        if (!there) return tl::unexpected<Error>(there.error());
        if (!*there) return ok();
        Sharer sharer = sharerOf(sharers_.payload());
        if (sharers_.key() != identifier) {
            identifier = sharers_.key();
            first = std::move(sharer);
            several = false;
            continue;
        }
        if (sharer.number == first.number) continue;  // a number that stands there twice is found as such
        if (!std::exchange(several, true)) {
            if (Status status = sink(identifier, first, sharer.number); !status) return status;
        }
        if (Status status = sink(identifier, sharer, first.number); !status) return status;
    }
}

std::uint64_t SharedIdentifiers::hashOf(const Desired& desired) {
    const std::string& identifier = desired.facts.licenceIdentifier;
    return !identifier.empty() && active(stateOf(desired.record)) ? hashOfText(identifier) : 0;
}

std::uint64_t SharedIdentifiers::hashOf(const NationalItem& item) {
    if (item.row.zzeCertId.empty() || !active(stateOf(item.row.record))) return 0;
    return hashOfText(item.row.zzeCertId);
}

Status SharedIdentifiers::add(const Desired& desired) {
    // yyyy-MM-dd sorts as the days do.
    if (provincial_.none() || hashOf(desired) == 0 || desired.record[Field::ExpiringDate] < today_) return ok();
    return provincial_.add(desired.facts.licenceIdentifier,
                           {shownKey(ledgerKey(desired)), desired.facts.authority, desired.record[Field::CompanyName]});
}

Status SharedIdentifiers::add(const NationalItem& item) {
    if (national_.none() || hashOf(item) == 0) return ok();
    return national_.add(item.row.zzeCertId, {item.number().empty() ? item.row.rawNumber : item.number(), {}, {}});
}

Status SharedIdentifiers::judge(Judge& judge, Memory& memory) {
    const auto inProvince = [&](std::string_view identifier, const Sharer& one, const std::string& other) {
        judge.sharedInProvince(one, other, identifier);
        return ok();
    };
    if (Status status = provincial_.each(inProvince); !status) return status;
    return national_.each([&](std::string_view identifier, const Sharer& one, const std::string& other) -> Status {
        const Result<Recollection> past = memory.of(one.number);
        if (!past) return tl::unexpected<Error>(past.error());
        judge.sharedIdentifier(one.number, other, identifier, past->ledger ? past->ledger->authority : std::string{});
        return ok();
    });
}

}  // namespace lianzheng
