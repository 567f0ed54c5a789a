#include "mappings/refusal_catalogue.h"

#include "tests/unit/mappings/scratch_file.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace lianzheng {
namespace {

class ShippedRefusalsTest : public testing::Test {
protected:
    void SetUp() override {
        Loaded<RefusalCatalogue> loaded =
            RefusalCatalogue::load(std::filesystem::path(LIANZHENG_MAPPINGS) / "refusals.yaml");
        if (!loaded) {
            for (const FileProblem& problem : loaded.error()) ADD_FAILURE() << str(problem);
        }
        ASSERT_TRUE(loaded);
        catalogue_ = std::move(*loaded);
    }
    RefusalCatalogue catalogue_;
};

TEST_F(ShippedRefusalsTest, EveryClassOfTheInterfaceIsKnown) {
    struct Case {
        std::string_view message;
        std::string_view id;
        RefusalReaction reaction;
        Owner owner;
    };
    for (const Case& expected : {
             Case{"操作太快，请稍后再试！", "throttled", RefusalReaction::SlowDown, Owner::Platform},
             Case{"该人员的B证和C证必须在同一个企业下", "rule_6", RefusalReaction::Block, Owner::Holder},
             Case{"该企业已存在其他法人A证", "rule_2", RefusalReaction::Block, Owner::Enterprise},
             Case{"该人员存在B证", "rule_3_5", RefusalReaction::Block, Owner::ForeignAuthority},
             Case{"存在证书苏建安C1（2022）0000001", "rule_3_5", RefusalReaction::Block, Owner::ForeignAuthority},
             Case{"证书编号已存在", "number_exists", RefusalReaction::ReadBack, Owner::ProvinceCentre},
             Case{"匹配关系校验失败", "never_registered", RefusalReaction::RecordAbsent, Owner::ProvinceCentre},
             Case{"系统中不存在证书", "unknown", RefusalReaction::Block, Owner::ProvinceCentre},
             Case{"数据异常", "unknown", RefusalReaction::Block, Owner::ProvinceCentre},
             Case{"", "unknown", RefusalReaction::Block, Owner::ProvinceCentre},
         }) {
        const Refusal& refusal = catalogue_.classify(expected.message);
        EXPECT_EQ(refusal.id, expected.id) << expected.message;
        EXPECT_EQ(refusal.reaction, expected.reaction) << expected.message;
        EXPECT_EQ(refusal.advice.owner, expected.owner) << expected.message;
        EXPECT_EQ(refusal.advice.reason, expected.id);
        EXPECT_TRUE(refusal.advice.why.ends_with("。"));
        EXPECT_TRUE(refusal.advice.help.ends_with("。"));
    }
}

TEST_F(ShippedRefusalsTest, TheCertificateThatIsNamedIsLinked) {
    const std::string_view number = "鲁建安C3（2023）0000001";
    const auto advised = [&](std::string_view message) {
        return adviceFor(catalogue_.classify(message), message, number);
    };
    const Advice foreign = advised("该人员存在证书 豫建安C1(2022)0000009，不能赋码");
    EXPECT_EQ(foreign.owner, Owner::ForeignAuthority);
    EXPECT_NE(foreign.help.find("豫建安C1（2022）0000009 是外省证书"), std::string::npos);
    const Advice ours = advised("存在证书鲁建安C3（2023）0000001与鲁建安C1（2020）0000007");
    EXPECT_EQ(ours.owner, Owner::Holder);
    EXPECT_NE(ours.help.find("鲁建安C1（2020）0000007 是本省证书"), std::string::npos);
    EXPECT_EQ(ours.reason, "rule_3_5");
    for (const char* unnamed : {"存在B证", "存在证书", "存在证书鲁建安C3（2023）0000001", "存在证书 建安C3"}) {
        EXPECT_EQ(advised(unnamed), catalogue_.classify(unnamed).advice) << unnamed;
    }
    // A class without its own words for a named one keeps its advice.
    EXPECT_EQ(advised("数据异常：豫建安C1（2022）0000009"), catalogue_.classify("数据异常").advice);
}

std::string problemsIn(std::string_view text) {
    const ScratchFile file(text);
    const Loaded<RefusalCatalogue> catalogue = RefusalCatalogue::load(file.path());
    std::string all;
    if (catalogue) return all;
    for (const FileProblem& problem : catalogue.error()) {
        all += std::to_string(problem.line) + ": " + problem.message + "\n";
    }
    return all;
}

TEST(RefusalCatalogueTest, EveryProblemHasItsLine) {
    EXPECT_EQ(problemsIn("refusals:\n"
                         "  - {id: a, fragments: [x], reaction: stop, why: w, help: h, owner: king}\n"
                         "  - {id: a, fragments: [''], reaction: block, why: w, owner: city, extra: 1}\n"
                         "  - {id: unknown, reaction: block, why: w, help: h, owner: city}\n"),
              "2: reaction must be block, slow_down, read_back or record_absent\n"
              "2: owner must be province_centre, city, enterprise, holder, foreign_authority or platform\n"
              "3: unknown key `extra` in a refusal; known are id, fragments, unless, reaction, why, help, owner, "
              "named, named_foreign\n"
              "3: fragments: an empty one would fit every message\n"
              "3: a refusal lacks `help`\n"
              "3: the id `a` stands here a second time\n");
    EXPECT_EQ(problemsIn("refusals:\n  - {id: a, fragments: x, reaction: block, why: w, help: h, owner: city}\n"),
              "2: the last refusal, and only it, has the id `unknown` and no fragments\n");
    EXPECT_EQ(problemsIn("refusals:\n"
                         "  - id: a\n"
                         "    fragments: [x]\n"
                         "    reaction: block\n"
                         "    why: w\n"
                         "    help: h\n"
                         "    owner: city\n"
                         "    named: {help: without, owner: king}\n"
                         "  - {id: unknown, reaction: block, why: w, help: h, owner: city}\n"),
              "8: owner must be province_centre, city, enterprise, holder, foreign_authority or platform\n"
              "8: named: its help needs `{}` where the certificate's number stands\n");
    EXPECT_NE(problemsIn("refusals: []\n").find("there is no refusal `unknown`"), std::string::npos);
    EXPECT_NE(problemsIn("refusals: []\nrefusals: []\n").find("2: duplicate key `refusals`"), std::string::npos);
}

}  // namespace
}  // namespace lianzheng
