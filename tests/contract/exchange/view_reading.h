#pragma once

#include <span>
#include <string>
#include <vector>

#include "adapters/exchange/exchange_view.h"

namespace lianzheng::test {

/// All rows of a view, copied, and what the read ended with.
struct ViewReading {
    Result<std::uint64_t> count;
    std::vector<NationalRow> rows;

    /// Each row's number; an unreadable one with a question mark before it.
    [[nodiscard]] std::vector<std::string> numbers() const {
        std::vector<std::string> all;
        for (const NationalRow& row : rows) {
            const std::string& number = row.record[Field::CertNum];
            all.push_back(number.empty() ? "?" + row.rawNumber : number);
        }
        return all;
    }
};

inline ViewReading readAll(ExchangeView& view) {
    ViewReading reading;
    const NationalSink collecting = [&](const NationalRow& row) {
        reading.rows.push_back(row);
        return true;
    };
    reading.count = view.ordered(collecting, {});
    return reading;
}

inline ViewReading readAsTheyLie(ExchangeView& view, std::span<const Field> fields) {
    ViewReading reading;
    const NationalSink collecting = [&](const NationalRow& row) {
        reading.rows.push_back(row);
        return true;
    };
    reading.count = view.asTheyLie(fields, collecting, {});
    return reading;
}

using Numbers = std::vector<std::string>;
inline const std::string kB1 = "鲁建安B（2023）0000001";
inline const std::string kB2 = "鲁建安B（2023）0000002";
inline const std::string kC1 = "鲁建安C3（2023）0000001";

}  // namespace lianzheng::test
