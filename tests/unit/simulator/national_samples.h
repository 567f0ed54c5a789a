#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "tests/simulator/national/clock.h"
#include "tests/simulator/national/fields.h"
#include "tests/simulator/national/registry.h"

namespace lianzheng::sim::national::samples {

using Change = std::pair<const char*, std::string>;

/// 32 hexadecimal digits.
std::string eventId(unsigned number);
std::string person(unsigned number);   ///< a man born on 1980-05-06
std::string company(unsigned number);  ///< USCC
std::string certNum(const std::string& category, unsigned serial);
std::string identifier(unsigned serial, int version);

/// A whole record of operation 01: category C3, position 08, person 1, company 1.
Fields issue(std::initializer_list<Change> changes = {});
/// The same with a number, category and position of its own.
Fields issueOf(const std::string& category, unsigned serial, unsigned holder, unsigned employer, bool legal = false);
Fields update(const Fields& record, const std::string& operateType, const std::string& state, unsigned event);
Fields with(Fields fields, std::initializer_list<Change> changes);
/// {"AcceptData":[…]}.
std::string body(std::initializer_list<Fields> items);

/// A registry whose clock the test moves.
struct Platform {
    explicit Platform(Rules rules = {});
    Reply call(Operation operation, std::initializer_list<Fields> items);
    /// The ErrorMsg of a single refused item, empty when accepted.
    std::string refusal(Operation operation, const Fields& item);

    TimePoint now;
    Registry registry;
};

}  // namespace lianzheng::sim::national::samples
