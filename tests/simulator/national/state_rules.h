#pragma once

#include <string_view>

namespace lianzheng::sim::national {

/// Section 4, 安管人员. `operateType` 01–10, states 01–07 and 99, all as two digits.

bool isOperateType(std::string_view operateType);
bool isCertState(std::string_view state);
/// 03, 04, 07.
bool isFinal(std::string_view state);
/// 01 and 02 count for the holding rules (section 5).
bool counts(std::string_view state);
/// Whether `state` is what the operation leaves behind.
bool leaves(std::string_view operateType, std::string_view state);
/// Whether the operation may follow on `state`; an empty state is a certificate the platform does not have.
/// Final states are judged here when `finalStates` holds.
bool mayFollow(std::string_view operateType, std::string_view state, bool finalStates);
/// 01, 02, 08, 09: the operations that assign a code.
bool assignsCode(std::string_view operateType);

}  // namespace lianzheng::sim::national
