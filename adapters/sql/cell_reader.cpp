#include "adapters/sql/cell_reader.h"

#include <algorithm>
#include <utility>

namespace lianzheng {

CellReader::CellReader(soci::session& session, const std::string& sql, std::size_t width,
                       std::vector<std::string> parameters)
    : parameters_(std::move(parameters)),
      values_(width),
      indicators_(width, soci::i_null),
      cells_(width),
      statement_(session) {
    for (std::size_t i = 0; i < width; ++i) statement_.exchange(soci::into(values_[i], indicators_[i]));
    for (std::string& parameter : parameters_) statement_.exchange(soci::use(parameter));
    statement_.alloc();
    statement_.prepare(sql);
    statement_.define_and_bind();
}

void CellReader::setParameters(std::span<const std::string> parameters) {
    std::ranges::copy(parameters, parameters_.begin());
}

bool CellReader::next() {
    if (!statement_.fetch()) return false;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const bool null = indicators_[i] != soci::i_ok;
        cells_[i] = Cell{null ? std::string_view() : std::string_view(values_[i]), null};
    }
    return true;
}

}  // namespace lianzheng
