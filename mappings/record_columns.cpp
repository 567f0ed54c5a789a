#include "mappings/record_columns.h"

#include <cstddef>

namespace lianzheng {
namespace {

class Columns {
public:
    explicit Columns(const CompiledMapping& mapping) : mapping_(mapping), used_(mapping.columns.size(), false) {}

    std::vector<bool> take() {
        for (const FieldRule& rule : mapping_.fields) {
            for (const FieldRule::Case& each : rule.cases) {
                conditions(each.when);
                chain(each.chain);
            }
        }
        for (const StateRule& rule : mapping_.states) {
            conditions(rule.when);
            column(rule.descriptionColumn);
        }
        for (const AuthorityRule& rule : mapping_.authorities) conditions(rule.when);
        column(mapping_.facts.authority);
        column(mapping_.facts.key);
        column(mapping_.facts.licenceIdentifier);
        return std::move(used_);
    }

private:
    void conditions(const Conditions& all) {
        for (const Condition& each : all) {
            if (!each.operand.isField) used_[each.operand.index] = true;
        }
    }
    void chain(ChainRange range) {
        for (const Transform& step : mapping_.chain(range)) {
            const bool reads = step.kind == Transform::Kind::Column || step.kind == Transform::Kind::OrColumn;
            if (reads) used_[static_cast<std::size_t>(step.number)] = true;
        }
    }
    void column(const FactColumns::Column& column) {
        if (column) used_[*column] = true;
    }

    const CompiledMapping& mapping_;
    std::vector<bool> used_;
};

}  // namespace

std::vector<bool> recordColumnsOf(const CompiledMapping& mapping) { return Columns(mapping).take(); }

}  // namespace lianzheng
