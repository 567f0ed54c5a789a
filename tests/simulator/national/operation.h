#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "tests/simulator/national/rules.h"

namespace lianzheng::sim::national {

/// The calls of section 2 but the token.
enum class Operation { Check, Assign, Collect, Update, ChangeIdentity, ChangeEmployer, QueryOut, QueryIn };

inline constexpr std::array kOperations{Operation::Check,    Operation::Assign,         Operation::Collect,
                                        Operation::Update,   Operation::ChangeIdentity, Operation::ChangeEmployer,
                                        Operation::QueryOut, Operation::QueryIn};

/// The name used in statistics and events, e.g. change_identity.
std::string_view nameOf(Operation operation);
/// The document's default path; empty when the type has no such call. What it cuts short of 特种作业's is assumed.
std::string_view pathOf(Operation operation, Type type = Type::Anguan);
std::optional<Operation> operationAt(std::string_view path, Type type = Type::Anguan);
std::optional<Operation> operationNamed(std::string_view name);
/// Whether the call changes the registry.
bool writes(Operation operation);

inline constexpr std::string_view kTokenPath = "/epoint-soa-web/rest/oauth2/token";

}  // namespace lianzheng::sim::national
