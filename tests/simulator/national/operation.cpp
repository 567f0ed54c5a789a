#include "tests/simulator/national/operation.h"

namespace lianzheng::sim::national {

namespace {

struct Row {
    Operation operation;
    std::string_view name;
    std::string_view path;
    bool writes;
};

constexpr std::array kRows{
    Row{Operation::Check, "check", "/epoint-gateway/agrycheck/rest/agrycheckrest/Agry_Check", false},
    Row{Operation::Assign, "assign", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_fm", true},
    Row{Operation::Collect, "collect", "/epoint-gateway/agryhj/rest/aqscglryrest/agry_gj", true},
    Row{Operation::Update, "update", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_update", true},
    Row{Operation::ChangeIdentity, "change_identity", "/epoint-gateway/agryfm/rest/agryrest/Agry_Change", true},
    Row{Operation::ChangeEmployer, "change_employer", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_fmplbgdw", true},
    Row{Operation::QueryOut, "query_out", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_checkout", false},
    Row{Operation::QueryIn, "query_in", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_transferinquery", false},
};

const Row& rowOf(Operation operation) { return kRows[static_cast<std::size_t>(operation)]; }

}  // namespace

std::string_view nameOf(Operation operation) { return rowOf(operation).name; }
std::string_view pathOf(Operation operation) { return rowOf(operation).path; }
bool writes(Operation operation) { return rowOf(operation).writes; }

std::optional<Operation> operationAt(std::string_view path) {
    for (const Row& row : kRows) {
        if (row.path == path) return row.operation;
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
