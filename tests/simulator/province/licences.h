#pragma once

#include <cstdint>
#include <string>

#include "tests/simulator/province/database.h"

namespace lianzheng::sim::province {

struct LicenceOptions {
    std::string base = "https://licences.example/";
    std::string now;  ///< local time; empty: one minute after the latest push
};

/// Makes a licence file for every written-back code id that has none newer, and stamps the certificate.
/// Returns how many. A file's time is `now`, or a second after the push when that is later.
std::int64_t makeLicences(Database& database, const LicenceOptions& options);

/// A written-back time as local `yyyy-MM-dd HH:mm:ss`: UTC when it ends in Z, an offset when it has one, else local.
std::string localTime(const std::string& text);

}  // namespace lianzheng::sim::province
