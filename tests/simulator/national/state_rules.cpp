#include "tests/simulator/national/state_rules.h"

#include <algorithm>
#include <array>
#include <span>

namespace lianzheng::sim::national {

namespace {

struct Row {
    std::string_view operateType;
    std::string_view leaves;  ///< the states it may leave behind
    std::string_view from;    ///< the states it may follow on, final ones left out; - is unknown to the platform
    bool fromFinal;           ///< whether a final state is no obstacle
};

constexpr std::array kAnguan{
    Row{"01", "01", "-", false},
    Row{"02", "01", "01 02 05 99", false},
    Row{"03", "02", "01 02 99", false},
    Row{"04", "05", "01 02 05 99", false},
    Row{"05", "03 04 06 07", "01 02 05 06 99", true},
    Row{"06", "01", "02", false},
    Row{"07", "99", "01 02 05 06 99", true},
    Row{"08", "01", "-", false},
    Row{"09", "01", "01 02 05 99", false},
    Row{"10", "01", "06", false},
};
/// 03 吊销, 04 撤销, 05 注销, 06 失效; 08 变更.
constexpr std::array kTezhong{
    Row{"01", "01", "-", false},
    Row{"02", "01", "01 02 06 99", false},
    Row{"03", "02", "01 02 99", false},
    Row{"04", "06", "01 02 06 99", false},
    Row{"05", "03 04 05", "01 02 06 99", true},
    Row{"06", "01", "02", false},
    Row{"07", "99", "01 02 06 99", true},
    Row{"08", "01", "01 02 06 99", false},
};

std::span<const Row> rowsOf(Type type) {
    if (type == Type::Anguan) return kAnguan;
    return kTezhong;
}

/// `list` is two-digit words with one blank between.
bool listed(std::string_view list, std::string_view word) {
    for (std::size_t at = 0; at < list.size(); at += 3) {
        if (list.substr(at, 2) == word) return true;
    }
    return false;
}

const Row* rowOf(std::string_view operateType, Type type) {
    const auto rows = rowsOf(type);
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.operateType == operateType; });
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

bool isOperateType(std::string_view operateType, Type type) { return rowOf(operateType, type) != nullptr; }
bool isCertState(std::string_view state, Type type) {
    return state.size() == 2 &&
           listed(type == Type::Anguan ? "01 02 03 04 05 06 07 99" : "01 02 03 04 05 06 99", state);
}
bool isFinal(std::string_view state, Type type) {
    return state.size() == 2 && listed(type == Type::Anguan ? "03 04 07" : "03 04 05", state);
}
std::string_view cancelled(Type type) { return type == Type::Anguan ? "04" : "05"; }
bool isFresh(std::string_view operateType, Type type) {
    return operateType == "01" || (operateType == "08" && type == Type::Anguan);
}
bool counts(std::string_view state) { return state == "01" || state == "02"; }

bool leaves(std::string_view operateType, std::string_view state, Type type) {
    const Row* row = rowOf(operateType, type);
    return row != nullptr && isCertState(state, type) && listed(row->leaves, state);
}

bool mayFollow(std::string_view operateType, std::string_view state, bool finalStates, Type type) {
    const Row* row = rowOf(operateType, type);
    if (row == nullptr) return false;
    if (state.empty()) return row->from == "-";
    if (isFinal(state, type)) return row->fromFinal || (!finalStates && row->from != "-");
    return listed(row->from, state);
}

bool assignsCode(std::string_view operateType, Type type) {
    return operateType == "01" || operateType == "02" || operateType == "08" ||
           (operateType == "09" && type == Type::Anguan);
}

}  // namespace lianzheng::sim::national
