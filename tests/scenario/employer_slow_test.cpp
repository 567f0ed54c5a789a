#include <gtest/gtest.h>

#include "tests/scenario/employers.h"

namespace lianzheng::test {
namespace {

TEST(EmployerSlowTest, AThousandPersonsMove) {
    World world;
    expectAllMove(world, 1000);
}

}  // namespace
}  // namespace lianzheng::test
