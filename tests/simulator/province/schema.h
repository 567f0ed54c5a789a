#pragma once

#include <string>

#include "tests/simulator/province/database.h"

namespace lianzheng::sim::province {

/// Makes the empty tables anew (README.md documents them); what was there goes.
void createTables(Database& database);
/// The keys and indexes, after loading: building them once is quicker than keeping them up.
void createIndexes(Database& database);
/// Makes the view V_ANGUAN anew. `condition` narrows it (for the fuse's tests); empty shows every certificate.
void createView(Database& database, const std::string& condition = {});
void dropView(Database& database);

}  // namespace lianzheng::sim::province
