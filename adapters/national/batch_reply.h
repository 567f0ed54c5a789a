#pragma once

#include <vector>

#include "adapters/envelope/code_key.h"
#include "adapters/national/reply_form.h"
#include "adapters/runtime/result.h"
#include "mappings/operation.h"

namespace lianzheng {

/// What a reply to a batch says of each of its items.
struct BatchVerdicts {
    Malformed malformed = nullptr;  ///< why nothing of it can be believed
    Verdict whole;                  ///< of the call, with what was said of no item
    std::vector<Result<Verdict>> items;
};

/// Items are judged one by one (national interface, section 2): whoever is named in ErrorData is refused, whoever is
/// listed in SuccessData is accepted. What is neither is accepted with all others, for collecting and the changes
/// without a code need not be listed; when the call was refused in part it is in doubt, `unsaid`. An accepted item
/// whose code is missing or cannot be opened is in doubt alone.
BatchVerdicts judgeBatch(const Batch& batch, const Answer& answer, const CodeKey& codeKey);

}  // namespace lianzheng
