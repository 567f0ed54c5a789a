#pragma once

#include <span>
#include <string_view>

#include "tests/simulator/national/operation.h"

namespace lianzheng::sim::national {

/// What a field of section 3 has to look like.
enum class Form {
    Text,
    EventId,
    AnyEventId,
    Province,
    CertNum,
    ForeignCertNum,
    Company,
    Date,
    Category,
    Gender,
    DocumentType,
    Appointment,
    Title,
    Education,
    Photo,
    State,
    OperateType,
    Identifier,
    Count,
    SpecialNumber,
    SpecialCategory,
};

struct FieldRule {
    std::string_view name;
    bool required;
    Form form;
};

/// The fields of a call, in the document's order; none when the type has no such call.
std::span<const FieldRule> rulesOf(Operation operation, Type type);

}  // namespace lianzheng::sim::national
