#pragma once

#include <string>

#include "mappings/operation.h"

namespace lianzheng {

/// Writes the business JSON of one request into `out`, whose capacity is reused: {"AcceptData":[{…}]} with exactly the
/// fields of the national interface, section 3, in its order; every value a string, businessInformation the empty list.
/// Threads: any.
void writeBody(const Request& request, std::string& out);

}  // namespace lianzheng
