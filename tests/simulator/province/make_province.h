#pragma once

#include <cstdint>
#include <string>

#include "tests/simulator/province/database.h"
#include "tests/simulator/province/population.h"

namespace lianzheng::sim::province {

struct ProvinceOptions {
    PopulationOptions population;
    std::int64_t registered = 0;
    bool photos = true;
    std::string out;  ///< folder of truth.jsonl, manifest.jsonl, national-seed.jsonl
    std::string licenceBase = "https://licences.example/";
};

struct ProvinceTally {
    std::int64_t rows = 0;
    std::int64_t sound = 0;
    std::int64_t toBePushed = 0;
    std::int64_t registered = 0;
    std::int64_t blocked = 0;
    std::int64_t normalised = 0;
};

/// Makes the tables, the view and the three files anew. Errors: DatabaseError, std::runtime_error for the folder.
ProvinceTally makeProvince(Database& database, const ProvinceOptions& options);

}  // namespace lianzheng::sim::province
