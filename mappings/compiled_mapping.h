#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "mappings/certificate_type.h"
#include "mappings/condition.h"
#include "mappings/field_map.h"
#include "mappings/transform.h"
#include "mappings/value_checks.h"

namespace lianzheng {

/// A stretch of CompiledMapping::chains.
struct ChainRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// How one national field comes about: the first case whose conditions hold says.
struct FieldRule {
    struct Case {
        Conditions when;
        ChainRange chain;
    };
    Field field{};
    std::vector<Case> cases;
    std::size_t length = 0;  ///< in GBK bytes; 0: any
    Form form = Form::Any;
    bool constant = false;  ///< checked when the mapping was loaded, not for each row
};

/// One line of the state's precedence.
struct StateRule {
    Conditions when;
    std::string state;
    std::string description;
    std::optional<std::uint16_t> descriptionColumn;
};

/// One line of the authority's rules.
struct AuthorityRule {
    std::string value;
    bool prefix = false;
    Conditions when;
    std::string id;
};

/// The columns of SourceFacts, each by its index.
struct FactColumns {
    using Column = std::optional<std::uint16_t>;
    Column key, authority, photoVersion, photoReference, licenceUrl, licenceTime, licenceIdentifier;
    Column predecessorNumber, predecessorIdentifier;
    std::vector<std::uint16_t> changedAt;  ///< the greatest of these
    std::optional<Conditions> renewalInHand, urgent;
};

/// The `adopt:` section. Indexes count on from the mapping's own columns.
struct AdoptRules {
    bool there = false;
    std::vector<std::string> columns;  ///< beyond CompiledMapping::columns
    FactColumns::Column code, event, state, identifier, at;
    std::vector<std::pair<std::string, std::string>> states;  ///< the source's word and the national code; empty: codes
};

/// What the mapping file says where it names a column.
struct ColumnUse {
    std::string column;
    int line = 0;
    std::string use;  ///< e.g. `fields.name`
};

/// A mapping after compilation: flat tables and column indexes.
struct CompiledMapping {
    std::string file;
    std::string version;
    CertificateType type = CertificateType::Anguan;
    SourceDefinition source;
    std::vector<std::string> columns;
    std::vector<ColumnUse> uses;  ///< the first use of each column, those that only the source reads included
    std::vector<std::string> disabled;
    std::vector<std::string> nulls;
    std::uint64_t nullLengths = 0;  ///< bit n: some null value has n bytes
    TransformTables tables;
    std::vector<Transform> chains;
    std::vector<FieldRule> fields;  ///< in an order in which each field comes after those it refers to
    std::vector<StateRule> states;
    std::vector<AuthorityRule> authorities;
    FactColumns facts;
    AdoptRules adopt;
    std::array<FieldTraits, kFieldCount> traits{};
    std::array<std::uint16_t, kFieldCount> required{};  ///< bit of each OperateType
    std::vector<Field> comparable;                      ///< without the state and its description, as is `push`
    std::vector<Field> push;
    /// When all that is compared is pushed too, the push digest is made of the comparable one and these.
    bool pushCoversComparable = false;
    std::vector<Field> pushOnly;
    std::vector<Field> always;        ///< required by every operation that assigns a code
    std::vector<bool> recordColumns;  ///< see FieldMap::recordColumns()

    [[nodiscard]] std::span<const Transform> chain(ChainRange range) const {
        return std::span{chains}.subspan(range.first, range.count);
    }
};

struct FieldMap::Compiled : CompiledMapping {};

}  // namespace lianzheng
