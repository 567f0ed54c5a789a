#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/simulator/national/fields.h"

namespace lianzheng::sim::national {

struct ItemMessage {
    std::string guid;
    std::string text;
};

/// What the platform says to one call, before it is written down in one of the shapes of section 2.
struct Reply {
    enum class Kind { Answer, BadRequest, TooLarge, TooManyRequests };
    Kind kind = Kind::Answer;
    std::string message = "操作成功";
    std::vector<Fields> success;
    std::vector<ItemMessage> warnings;
    std::vector<ItemMessage> errors;
    std::optional<std::size_t> total;  ///< TotalCount, of query transferred-in
    bool successMatters = true;        ///< false when nothing is lost by leaving SuccessData out

    /// 0 with an error, 2 with a warning, else 1.
    [[nodiscard]] int returnCode() const;
};

enum class SparseData { No, EmptyListsAbsent, Absent, Null, EmptyText };
struct Shape {
    bool wrapped = false;      ///< {"custom":{…},"status":{…}}
    bool numericCode = false;  ///< ReturnCode as a number
    SparseData sparse = SparseData::No;
};

/// The reply as JSON. A sparse shape never leaves out what the caller needs: only empty lists, and ReturnData as a
/// whole only when there is nothing to say in it.
std::string render(const Reply& reply, const Shape& shape);

}  // namespace lianzheng::sim::national
