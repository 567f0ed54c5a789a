#include "tests/simulator/national/verify.h"

#include <gtest/gtest.h>

#include "tests/simulator/national/registry.h"
#include "tests/unit/simulator/national_samples.h"

namespace lianzheng::sim::national::samples {

namespace {

std::map<std::string, Entry> oneEntry() {
    Platform platform;
    platform.call(Operation::Assign, {issue()});
    std::map<std::string, Entry> registry;
    for (const Entry& entry : platform.registry.entries()) registry.emplace(entry.certNum(), entry);
    return registry;
}

std::string truthLine(const std::string& number, const std::string& sound, const std::string& record) {
    return R"({"certNum":")" + number + R"(","sourceKey":"k)" + number + R"(","sound":)" + sound +
           R"(,"pushed":true,"collected":false,"record":{)" + record + "}}\n";
}

std::vector<std::string> kinds(const Verification& result) {
    std::vector<std::string> list;
    for (const Difference& difference : result.differences) list.push_back(difference.kind);
    return list;
}

using Kinds = std::vector<std::string>;

}  // namespace

TEST(NationalVerifyTest, EqualIsEqual) {
    const auto result =
        verify(oneEntry(), truthLine(certNum("C3", 1), "true", R"("name":"张三","certState":"01")"), "", {});
    EXPECT_TRUE(result.differences.empty());
    EXPECT_EQ(result.counts.at("equal"), 1U);
}

TEST(NationalVerifyTest, NamesWhatDiffers) {
    EXPECT_EQ(
        kinds(verify(oneEntry(), truthLine(certNum("C3", 1), "true", R"("name":"李四","certState":"04")"), "", {})),
        (Kinds{"field", "state"}));
    EXPECT_EQ(kinds(verify(oneEntry(), truthLine(certNum("C3", 2), "true", ""), "", {})),
              (Kinds{"missing", "unexpected"}));
    EXPECT_EQ(kinds(verify(oneEntry(), truthLine(certNum("C3", 1), "false", ""), "", {})),
              (Kinds{"changed_though_blocked"}));
    EXPECT_EQ(kinds(verify({}, truthLine(certNum("C3", 1), "false", ""), "", {})), Kinds{});
}

TEST(NationalVerifyTest, IdentityNumbersAreMasked) {
    const auto result =
        verify(oneEntry(), truthLine(certNum("C3", 1), "true", R"("identityCard":"370102198005060099")"), "", {});
    ASSERT_EQ(result.differences.size(), 1U);
    EXPECT_EQ(result.differences[0].expected, "370102********0099");
}

TEST(NationalVerifyTest, TheManifestsNormalisedValuesAreExpected) {
    const std::string truth = truthLine(certNum("C3", 1), "true", "");
    const std::string key = R"({"sourceKey":"k)" + certNum("C3", 1) + R"(","certNum":"x","defect":"d","expect":)";
    EXPECT_TRUE(
        verify(oneEntry(), truth, key + R"("normalised","field":"name","value":"张三"})", {}).differences.empty());
    EXPECT_EQ(kinds(verify(oneEntry(), truth, key + R"("normalised","field":"name","value":"李"})", {})),
              Kinds{"field"});
    EXPECT_EQ(kinds(verify(oneEntry(), truth, key + R"({"normalised":true,"field":"name","value":"李"}})", {})),
              Kinds{"field"});
}

}  // namespace lianzheng::sim::national::samples
