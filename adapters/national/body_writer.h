#pragma once

#include <string>

#include "mappings/certificate_type.h"
#include "mappings/operation.h"

namespace lianzheng {

/// Writes the business JSON of one request into `out`, whose capacity is reused: {"AcceptData":[{…}]} with exactly the
/// fields of the national interface, section 3, in its order; every value a string, businessInformation the empty list.
/// Threads: any.
/// A 特种作业 certificate has operationCategory and categoryDescription in the place of categoryCode, no employer,
/// position or title, and no predecessor; states and operations are spelt by its own table. That the calls other than
/// assigning leave out the same fields is assumed.
void writeBody(const Request& request, std::string& out, CertificateType type = CertificateType::Anguan);

}  // namespace lianzheng
