#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"
#include "gateway/store/prepared.h"
#include "gateway/store/store.h"

namespace lianzheng {

/// What was sent and what came back, each entry's hash SM3 over the hash before it and its own text, the last one kept
/// in the head row. Errors: as Prepared, beside those that are returned.
class EvidenceChain {
public:
    explicit EvidenceChain(Database& database);

    /// Forgets a head read in a transaction that was given up.
    void begin() { head_.reset(); }
    void append(const Evidence& entry);
    /// Moves the head from what it was when the transaction first appended. Corrupt `evidence_head` when it is not
    /// there.
    Status finish();

    /// `seq:hash` of the head; `0:` before the first entry.
    std::string head();
    Store::ChainReport verify(std::string_view expected);
    Result<std::vector<Evidence>> of(std::string_view number);

private:
    struct Head {
        std::int64_t seq = 0;
        std::string hash;
    };
    struct Moving {
        Head from;
        Head to;
    };
    Head readHead();
    /// What the hash covers of the entry in the columns of `row`.
    static std::string canonical(Prepared& row);

    std::optional<Moving> head_;
    Prepared readHead_;
    Prepared moveHead_;
    Prepared insert_;
    Prepared insertItem_;
    Prepared page_;
    Prepared of_;
};

}  // namespace lianzheng
