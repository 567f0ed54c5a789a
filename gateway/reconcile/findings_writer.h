#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/store.h"

namespace lianzheng {

/// Puts findings into the store in groups, so that they live across runs.
class FindingsWriter {
public:
    /// What this run opens is due at `dueAt`.
    FindingsWriter(Store& store, std::int64_t run, TimePoint dueAt, bool ledgerOnly)
        : store_(store), run_(run), dueAt_(dueAt), ledgerOnly_(ledgerOnly) {}
    /// False once a commit failed (failure()).
    bool put(Finding& finding);
    /// What is open about the certificate stays so.
    bool keep(std::string_view number);
    bool flush();
    [[nodiscard]] const std::optional<Error>& failure() const noexcept { return failure_; }

private:
    Store& store_;
    std::int64_t run_;
    TimePoint dueAt_;
    bool ledgerOnly_;
    std::vector<Change> changes_;
    std::optional<Error> failure_;
};

}  // namespace lianzheng
