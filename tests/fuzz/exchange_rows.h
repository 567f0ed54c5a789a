#pragma once

#include "adapters/exchange/national_rows.h"
#include "mappings/certificate_number.h"
#include "mappings/text.h"
#include "tests/fuzz/fuzz.h"

namespace lianzheng {

/// Reads all of a view and demands of each row, and of what it says of itself, what the reconciliation relies on.
inline void readWhole(NationalRows& rows) {
    const auto shown = rows.shownFields();
    std::uint64_t count = 0;
    const NationalSink sink = [&](const NationalRow& row) {
        ++count;
        const std::string& number = row.record[Field::CertNum];
        demand(number.empty() || row.rawNumber.empty(), "a number is readable or not");
        if (!number.empty()) demand(CertificateNumber::parse(number)->str() == number, "a readable one is normalised");
        for (const Field field : kFields) demand(isText(row.record[field]), "fields are text");
        for (const std::string* text : {&row.zzeCertId, &row.codeId, &row.eCertId, &row.rawNumber})
            demand(isText(*text), "what stands beside the fields is text");
        return true;
    };
    const Status all = rows.read(Slots{}.set(), NationalRows::Order::AsTheyLie, sink, {});
    if (all && !shown) demand(shown.error().code == "column_gone:certNum", "what can be read shows numbers, or none");
    if (!all || !shown) {
        const Error& error = all ? shown.error() : all.error();
        if (error.code.starts_with(kLateField)) return;
        demand(error.fault == Fault::Corrupt, "a file that is there is whole or corrupt");
        demand(error.code.starts_with("line:") || error.code == "column_gone:certNum", "the error names the place");
    }
    std::uint64_t numbers = 0;
    const Status again =
        rows.read(Slots{}.set(static_cast<std::size_t>(Field::CertNum)), NationalRows::Order::AsTheyLie,
                  [&](const NationalRow&) { return ++numbers > 0; }, {});
    if (all) demand(again && numbers == count, "the numbers alone are as many");
}

}  // namespace lianzheng
