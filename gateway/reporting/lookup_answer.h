#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/reporting/labels.h"
#include "gateway/store/records.h"

namespace lianzheng {

/// What our store knows of one certificate.
struct KnownCertificate {
    std::optional<LedgerEntry> ledger{};
    std::optional<OutboxRow> intent{};
    std::optional<BlockedRow> blocked{};
    std::vector<Finding> findings{};  ///< open ones
};

/// 状态, 原因, 怎么办. Why something is blocked or differs is said in Chinese only: it is for holders and authorities.
struct LookupAnswer {
    std::string_view word;  ///< stable: in_order, under_way, waiting_licence, blocked, different, ended, …
    std::string status;
    std::string reason;
    std::string help;
    bool attention = false;  ///< somebody has to do something
};

/// What stands in the way comes first, then what is under way, then what reconciliation found, then the ledger's word.
/// `licences`: whether the province tells of licence files. Pure.
LookupAnswer answerFor(const KnownCertificate& known, const Date& today, bool licences, Language language);

}  // namespace lianzheng
