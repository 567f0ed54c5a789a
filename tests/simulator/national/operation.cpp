#include "tests/simulator/national/operation.h"

namespace lianzheng::sim::national {

namespace {

struct Row {
    Operation operation;
    std::string_view name;
    std::string_view path;
    std::string_view special;  ///< of 特种作业
    bool writes;
};

constexpr std::array kRows{
    Row{Operation::Check, "check", "/epoint-gateway/agrycheck/rest/agrycheckrest/Agry_Check",
        "/epoint-gateway/tzrycheck/rest/tzryzsrest/tzry_check", false},
    Row{Operation::Assign, "assign", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_fm",
        "/epoint-gateway/tzryfm/rest/tzryzsrest/tzry_fm", true},
    Row{Operation::Collect, "collect", "/epoint-gateway/agryhj/rest/aqscglryrest/agry_gj",
        "/epoint-gateway/tzryhj/rest/tzryzsrest/tzry_gj", true},
    Row{Operation::Update, "update", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_update",
        "/epoint-gateway/tzryfm/rest/tzryzsrest/tzry_update", true},
    Row{Operation::ChangeIdentity, "change_identity", "/epoint-gateway/agryfm/rest/agryrest/Agry_Change",
        "/epoint-gateway/tzryfm/rest/tzryrest/Tzry_Change", true},
    Row{Operation::ChangeEmployer, "change_employer", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_fmplbgdw", "",
        true},
    Row{Operation::QueryOut, "query_out", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_checkout", "", false},
    Row{Operation::QueryIn, "query_in", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_transferinquery", "", false},
};

const Row& rowOf(Operation operation) { return kRows[static_cast<std::size_t>(operation)]; }

}  // namespace

std::string_view nameOf(Operation operation) { return rowOf(operation).name; }
std::string_view pathOf(Operation operation, Type type) {
    return type == Type::Anguan ? rowOf(operation).path : rowOf(operation).special;
}
bool writes(Operation operation) { return rowOf(operation).writes; }

std::optional<Operation> operationAt(std::string_view path, Type type) {
    for (const Row& row : kRows) {
        if (!path.empty() && pathOf(row.operation, type) == path) return row.operation;
    }
    return std::nullopt;
}

std::optional<Operation> operationNamed(std::string_view name) {
    for (const Row& row : kRows) {
        if (row.name == name) return row.operation;
    }
    return std::nullopt;
}

}  // namespace lianzheng::sim::national
