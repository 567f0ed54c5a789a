#include "mappings/districts.h"

#include "tests/unit/mappings/scratch_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

namespace lianzheng {
namespace {

Districts shipped() {
    Loaded<Districts> districts = Districts::load(std::filesystem::path(LIANZHENG_MAPPINGS) / "districts.yaml");
    if (!districts) {
        for (const FileProblem& problem : districts.error()) ADD_FAILURE() << str(problem);
    }
    return districts.value();
}

std::string problemsIn(std::string_view text) {
    const ScratchFile file(text);
    const Loaded<Districts> districts = Districts::load(file.path());
    std::string all;
    if (districts) return all;
    for (const FileProblem& problem : districts.error()) {
        all += std::to_string(problem.line) + ": " + problem.message + "\n";
    }
    return all;
}

TEST(DistrictsTest, TheNoticesEighteenAndTheBucket) {
    const Districts districts = shipped();
    EXPECT_EQ(districts.asOf(), "2023-06-27");
    ASSERT_EQ(districts.all().size(), 19U);
    std::set<std::string> cities;
    std::set<std::string> numbers;
    std::size_t telephones = 0;
    for (const Authority& authority : districts.all()) {
        EXPECT_EQ(&districts.find(authority.id), &authority);
        if (authority.id == "province") continue;
        cities.insert(authority.city);
        EXPECT_FALSE(authority.telephones.empty()) << authority.name;
        for (const Telephone& telephone : authority.telephones) numbers.insert(telephone.number);
        telephones += authority.telephones.size();
    }
    EXPECT_EQ(cities.size(), 16U);
    EXPECT_EQ(telephones, 25U);
    EXPECT_EQ(numbers.size(), telephones);
    EXPECT_FALSE(numbers.contains("021-62567262")) << "the technical hotline is for claiming and downloading";
}

TEST(DistrictsTest, NumbersHaveTheirMatter) {
    const Districts districts = shipped();
    const Authority& qingdao = districts.find("370200");
    ASSERT_EQ(qingdao.telephones.size(), 3U);
    EXPECT_EQ(qingdao.telephones[0].number, "0532-66209611");
    EXPECT_EQ(qingdao.telephones[0].matter, "证书管理");
    EXPECT_EQ(qingdao.telephones[2].matter, "市政培训考核");
    EXPECT_EQ(districts.find("370211").telephones.size(), 2U);
    EXPECT_EQ(districts.find("370300").telephones[1].matter, "");
    EXPECT_EQ(districts.find("371500").telephones[1].matter, "市政企业");
    EXPECT_EQ(districts.find("371100").name, "日照市住房和城乡建设局");
    EXPECT_EQ(districts.find("371100-cg").name, "日照市城市管理局");
}

TEST(DistrictsTest, AnIdNobodyHasGoesToTheBucket) {
    const Districts districts = shipped();
    EXPECT_EQ(districts.find("371200").id, "province");
    EXPECT_EQ(districts.find("").name, "省属/未归属");
}

TEST(DistrictsTest, EveryProblemHasItsLine) {
    EXPECT_EQ(problemsIn("as_of: 2023-06-31\nauthorities:\n  - {id: a, city: b, name: c, phone: 1}\n"
                         "  - {id: a, city: b, name: c}\n  - id: province\n    city: ''\n    name: x\n"
                         "    telephones:\n      - number: 0531 1\n"),
              "1: as_of must be a day, yyyy-MM-dd\n"
              "3: unknown key `phone` in an authority; known are id, city, name, telephones\n"
              "4: the id `a` stands here a second time\n"
              "6: an authority.city must not be empty\n"
              "9: a telephone number has digits and - only\n");
    EXPECT_NE(problemsIn("as_of: 2023-06-27\nauthorities: []\n").find("no authority `province`"), std::string::npos);
    EXPECT_NE(problemsIn("as_of: 2023-06-27\nas_of: 2023-06-27\n").find("2: duplicate key `as_of`"), std::string::npos);
}

}  // namespace
}  // namespace lianzheng
