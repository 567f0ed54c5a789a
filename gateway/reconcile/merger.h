#pragma once

#include <optional>
#include <string>

#include "gateway/reconcile/judge.h"

namespace lianzheng {

/// The province's rows in the order of the bytes of their numbers; rows without a number may stand anywhere.
class ProvincialCursor {
public:
    virtual ~ProvincialCursor() = default;
    /// The next row; null at the end, or when it cannot be read on (the owner knows which).
    virtual const ProvincialItem* peek() = 0;
    virtual void pop() = 0;
    /// Whether the end is no end: then nothing may be said of what is missing in the province.
    [[nodiscard]] virtual bool broken() const = 0;
};

/// Takes what has no partner where it should stand, until all rows have been seen.
class Unmatched {
public:
    virtual ~Unmatched() = default;
    virtual bool provincial(const ProvincialItem& item) = 0;
    virtual bool national(const NationalItem& item) = 0;
};

/// One pass over two ordered sides: pairs and singles go to the judge, each once.
class Merger {
public:
    /// Without `unmatched`, singles are judged at once. All are borrowed.
    Merger(ProvincialCursor& province, Judge& judge, Unmatched* unmatched = nullptr)
        : province_(province), judge_(judge), unmatched_(unmatched) {}

    /// The other side's next row. False: stop; failure() or the judge's says why, or a sink declined.
    bool national(const NationalItem& item);
    /// The other side has ended.
    bool finish();
    /// Corrupt `order` when the other side is not ordered.
    [[nodiscard]] const std::optional<Error>& failure() const noexcept { return failure_; }

private:
    bool single(const ProvincialItem& item);

    ProvincialCursor& province_;
    Judge& judge_;
    Unmatched* unmatched_;
    std::string last_;
    std::optional<Error> failure_;
};

}  // namespace lianzheng
