#include "gateway/reconcile/shared_identifiers.h"

#include <xxhash.h>

#include <cstdint>

namespace lianzheng {
namespace {

/// Goes before the identifier: identifiers share their first dozens of bytes, and a hash sorts quicker.
constexpr std::size_t kHash = sizeof(std::uint64_t);

}  // namespace

Status SharedIdentifiers::add(const NationalItem& item) {
    if (item.row.zzeCertId.empty()) return ok();
    const auto state = certStateOf(item.row.record[Field::CertState]);
    if (state != CertState::Valid && state != CertState::Suspended) return ok();
    const std::uint64_t hash = XXH3_64bits(item.row.zzeCertId.data(), item.row.zzeCertId.size());
    key_.assign(reinterpret_cast<const char*>(&hash), kHash);
    key_ += item.row.zzeCertId;
    return sorter_.add(key_, item.number());
}

Status SharedIdentifiers::shared(Judge& judge, Memory& memory, const std::string& number, const std::string& other,
                                 std::string_view identifier) {
    const Result<Recollection> past = memory.of(number);
    if (!past) return tl::unexpected<Error>(past.error());
    judge.sharedIdentifier(number, other, identifier, past->ledger ? past->ledger->authority : std::string{});
    return ok();
}

Status SharedIdentifiers::judge(Judge& judge, Memory& memory) {
    if (Status status = sorter_.sort(); !status) return status;
    std::string identifier;
    std::string first;
    bool several = false;
    for (Result<bool> there = sorter_.next();; there = sorter_.next()) {
        if (!there) return tl::unexpected<Error>(there.error());
        if (!*there) return ok();
        if (sorter_.key() != identifier) {
            identifier = sorter_.key();
            first = sorter_.payload();
            several = false;
            continue;
        }
        const std::string number(sorter_.payload());
        if (number == first) continue;  // a number that stands there twice is found as such
        const std::string_view text = std::string_view(identifier).substr(kHash);
        if (!several) {
            if (Status status = shared(judge, memory, first, number, text); !status) return status;
        }
        several = true;
        if (Status status = shared(judge, memory, number, first, text); !status) return status;
    }
}

}  // namespace lianzheng
