#pragma once

#include "tests/scenario/world.h"

namespace lianzheng::test {

/// Person `person` gets a B and a C3 at `company`, with the ids 2 person - 1 and 2 person.
void employ(Province& province, int person, int company);
/// The employer of one row, or of both rows of a person, changes in the province.
void moveOne(Province& province, int id, int company, const std::string& at);
void move(Province& province, int person, int company, const std::string& at);
/// So many persons with B and C are pushed, change employer, and are all moved with never a refusal.
void expectAllMove(World& world, int persons);

}  // namespace lianzheng::test
