#pragma once

#include <vector>

#include "gateway/store/prepared.h"
#include "gateway/store/records.h"

namespace lianzheng {

/// What was found of the pace of each operation and credential. Errors: as Prepared.
class PaceTable {
public:
    explicit PaceTable(Database& database);
    void put(const PaceRow& row);
    /// In the order of credential, operation.
    std::vector<PaceRow> list();

private:
    Prepared put_;
    Prepared list_;
};

}  // namespace lianzheng
