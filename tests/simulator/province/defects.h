#pragma once

#include <string>
#include <vector>

#include "tests/simulator/province/model.h"
#include "tests/simulator/province/spelling.h"

namespace lianzheng::sim::province {

/// A kind of planted defect: what it does to the row, and what is expected of it.
struct Defect {
    const char* name;
    const char* field;   ///< national
    const char* reason;  ///< of seed_format.md; null: the value is normalised and the row stays sound
    void (*prepare)(Certificate& certificate) =
        nullptr;  ///< changes the truth, so that the defect has something to hit
    void (*spoil)(LocalRow& row) = nullptr;
    bool needsAnyBytes = false;
    bool needsPhoto = false;

    [[nodiscard]] bool blocks() const { return reason != nullptr; }
    [[nodiscard]] bool isDuplicate() const { return blocks() && std::string{reason} == "duplicate"; }
};

/// What the database and the options can carry.
struct DefectScope {
    bool anyBytes = true;
    bool photos = true;
};

std::vector<const Defect*> defectsIn(DefectScope scope);
/// The second row of a `duplicate`: the same number spelt with half-width brackets.
void spellAsTwin(LocalRow& row);

}  // namespace lianzheng::sim::province
