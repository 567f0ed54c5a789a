#pragma once

#include <string_view>

#include "tests/simulator/national/rules.h"

namespace lianzheng::sim::national {

/// Section 4. 安管人员: `operateType` 01–10, states 01–07 and 99; 特种作业: 01–08, 01–06 and 99; all as two digits.

bool isOperateType(std::string_view operateType, Type type = Type::Anguan);
bool isCertState(std::string_view state, Type type = Type::Anguan);
/// 安管人员: 03, 04, 07; 特种作业: 03, 04, 05.
bool isFinal(std::string_view state, Type type = Type::Anguan);
/// 注销: 04, or 05 of 特种作业.
std::string_view cancelled(Type type);
/// 01, and 08 of 安管人员: a certificate the platform does not have.
bool isFresh(std::string_view operateType, Type type);
/// 01 and 02 count for the holding rules (section 5).
bool counts(std::string_view state);
/// Whether `state` is what the operation leaves behind.
bool leaves(std::string_view operateType, std::string_view state, Type type = Type::Anguan);
/// Whether the operation may follow on `state`; an empty state is a certificate the platform does not have.
/// Final states are judged here when `finalStates` holds.
bool mayFollow(std::string_view operateType, std::string_view state, bool finalStates, Type type = Type::Anguan);
/// 01, 02, 08, 09 (安管人员) or 01, 02, 08: the operations that assign a code.
bool assignsCode(std::string_view operateType, Type type = Type::Anguan);

}  // namespace lianzheng::sim::national
