#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/store/evidence_seals.h"
#include "gateway/store/records.h"

namespace lianzheng {

/// The entries of one certificate, and what of the chain proves them: enough for somebody who has nothing else.
struct EvidenceExtract {
    struct Entry {
        std::int64_t seq = 0;
        std::string text{};  ///< exactly what its digest is made of
        Evidence evidence{};
    };
    /// An entry of the chain, whosoever it is.
    struct Link {
        std::int64_t seq = 0;
        std::string digest{};  ///< SM3 of its text
    };
    /// From an entry of ours to the seal that covers it, or to the head when none does yet.
    struct Span {
        std::string before{};  ///< the hash before its first link; empty at the beginning of the chain
        std::vector<Link> links{};
        std::string after{};  ///< the hash after its last link
        std::optional<EvidenceSeal> seal{};
    };
    std::vector<Entry> entries;
    std::vector<Span> spans;
};

}  // namespace lianzheng
