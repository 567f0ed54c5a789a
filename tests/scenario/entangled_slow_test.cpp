#include <gtest/gtest.h>

#include "tests/scenario/entangled_check.h"

namespace lianzheng::test {
namespace {

TEST(EntangledSlowTest, TheRulesAndThePlatformJudgeAProvinceOfFiftyThousandAlike) { expectSameJudgement(50'000); }

}  // namespace
}  // namespace lianzheng::test
