#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/result.h"
#include "gateway/store/evidence_seals.h"
#include "gateway/store/grouped_write.h"
#include "gateway/store/prepared.h"
#include "gateway/store/store.h"

namespace lianzheng {

/// What was sent and what came back, each entry's hash SM3 over the hash before it and the SM3 of its own text, the
/// last one kept in the head row, and sealed every so many entries. Of an entry that is somebody else's its digest is
/// enough to follow the chain. Errors: as Prepared, beside those that are returned.
class EvidenceChain {
public:
    /// `sealing` and `clock` are borrowed.
    EvidenceChain(Database& database, const EvidenceSealing& sealing, const Clock& clock);

    /// Forgets what was read and appended in a transaction that was given up.
    void begin();
    Status append(const Evidence& entry);
    /// Seals what is there; nothing when it is sealed, or nothing seals.
    Status sealNow();
    /// Writes what was appended, and moves the head from what it was when the transaction first appended. Corrupt
    /// `evidence_head` when it is not there.
    Status finish();

    /// `seq:hash` of the head; `0:` before the first entry.
    std::string head();
    Store::ChainReport verify(std::string_view expected);
    Result<std::vector<Evidence>> of(std::string_view number);
    Result<EvidenceExtract> extract(std::string_view number);

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
    Head& moving();
    /// The links from `first` to `last`. Corrupt `evidence_chain` when one does not follow from the one before it.
    Result<EvidenceExtract::Span> span(std::int64_t first, std::int64_t last);
    /// The entry in the columns of `row`.
    static Result<Evidence> taken(Prepared& row);
    Result<std::vector<EvidenceExtract::Entry>> entriesOf(std::string_view number);
    /// What the hash covers of it.
    static std::string canonical(Prepared& row);

    std::optional<Moving> head_;
    Prepared readHead_;
    Prepared moveHead_;
    GroupedWrite insert_;
    GroupedWrite insertItem_;
    Prepared page_;
    Prepared of_;
    EvidenceSeals seals_;
};

}  // namespace lianzheng
