#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "gateway/reconcile/judge.h"
#include "adapters/runtime/spill.h"

namespace lianzheng {

/// Finds the licence identifiers that two live certificates share, in bounded memory.
class SharedIdentifiers {
public:
    SharedIdentifiers(std::string scratchDirectory, std::size_t memory)
        : sorter_(std::move(scratchDirectory), memory) {}
    /// Those without an identifier, and ended ones, are passed over.
    Status add(const NationalItem& item);
    /// Judges each certificate that is not the only one of its identifier.
    Status judge(Judge& judge, Memory& memory);

private:
    Status shared(Judge& judge, Memory& memory, const std::string& number, const std::string& other,
                  std::string_view identifier);
    SpillSorter sorter_;
    std::string key_;
};

}  // namespace lianzheng
