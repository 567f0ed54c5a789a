#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "adapters/exchange/exchange_view.h"

namespace lianzheng {

/// The rows of a view in the order in which they lie there. May be read again and again.
class NationalRows {
public:
    enum class Want : std::uint8_t { NumberOnly, Everything };
    virtual ~NationalRows() = default;
    [[nodiscard]] virtual Result<std::vector<Field>> shownFields() = 0;
    /// Ends early when the sink or a stop says so.
    virtual Status read(Want want, const NationalSink& sink, const std::stop_token& stop) = 0;
};

std::unique_ptr<NationalRows> makeCsvRows(std::string file);
/// The fields shown are those named in the first 1,000 lines.
std::unique_ptr<NationalRows> makeJsonRows(std::string file);
/// By SQL in the order of the stored number's bytes.
std::unique_ptr<NationalRows> makeDatabaseRows(DatabaseAddress address, std::string table);

}  // namespace lianzheng
