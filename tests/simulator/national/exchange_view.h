#pragma once

#include <string>

namespace lianzheng::sim::national {

class Registry;

/// The platform's own view of its certificates, in the order of the bytes of certNum. Columns: the assign-code fields
/// but photo and businessInformation, then zzeCertID, codeId, collected (1 or 0); eCertID is that of the last event.
/// By the file's name: .csv (with a header) or .jsonl, either with .gz behind; anything else is SQLite, table v_anguan.
/// A reader never sees half a file. Errors: std::runtime_error.
void writeExchangeView(const Registry& registry, const std::string& path);

}  // namespace lianzheng::sim::national
