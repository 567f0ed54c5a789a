#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "field_map_fixture.h"

namespace lianzheng {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kAdopt =
    "adopt:\n"
    "  code: GJBM\n"
    "  event: GJLSH\n"
    "  state: {column: GJZT, map: {\"1\": \"01\", \"9\": \"04\"}}\n"
    "  identifier: GJBS\n"
    "  at: GJSJ\n";

std::string adopting(const std::string& adopt) { return shippedWith("\nstate:\n", "\n" + adopt + "state:\n"); }

NamedRow pushedRow() {
    NamedRow row = soundRow();
    row["GJBM"] = " CODE-1 ";
    row["GJLSH"] = "0123456789abcdef0123456789abcdef";
    row["GJZT"] = "1";
    row["GJBS"] = "1.2.156.3005.2.x";
    row["GJSJ"] = "2023-08-02 08:30:01";
    return row;
}

class FieldMapAdoptTest : public testing::Test {
protected:
    static FieldMap mapOf(const MappingDirectory& directory, const std::string& adopt) {
        auto map = directory.load(adopting(adopt));
        if (!map) throw std::runtime_error(str(map.error().front()));
        return std::move(*map);
    }
    static Remembered remembered(const FieldMap& map, const NamedRow& row) {
        std::vector<Cell> cells;
        for (const std::string& column : map.adoptColumns()) {
            const auto found = row.find(column);
            cells.push_back(found == row.end() ? Cell{} : Cell{found->second, false});
        }
        Desired desired;
        map.map(cells, desired);
        return map.remember(cells, desired);
    }
    [[nodiscard]] std::string firstProblem(const std::string& adopt) const {
        const auto refused = directory.load(adopting(adopt));
        return refused ? "" : str(refused.error().front());
    }

    MappingDirectory directory;
    FieldMap map = mapOf(directory, kAdopt);
};

TEST_F(FieldMapAdoptTest, ARowRemembersWhatWasPushed) {
    const Remembered row = remembered(map, pushedRow());
    EXPECT_TRUE(row.pushed);
    EXPECT_EQ(row.codeId, "CODE-1");
    EXPECT_EQ(row.eCertId, "0123456789abcdef0123456789abcdef");
    EXPECT_EQ(row.zzeCertId, "1.2.156.3005.2.x");
    EXPECT_TRUE(row.collected);
    EXPECT_EQ(row.state, CertState::Valid);
    EXPECT_TRUE(row.unchangedSince);
}

TEST_F(FieldMapAdoptTest, ARowThatSaysNothingWasNotPushed) {
    EXPECT_FALSE(remembered(map, soundRow()).pushed);
    NamedRow row = pushedRow();
    row["GJBM"] = "  ";
    EXPECT_TRUE(remembered(map, row).pushed);
    row["GJLSH"] = "";
    EXPECT_FALSE(remembered(map, row).pushed);
}

TEST_F(FieldMapAdoptTest, InDoubtAFieldIsNotKnown) {
    for (const char* at : {"2023-08-02 08:30:00", "", "yesterday"}) {  // before the change, no time, none that is read
        NamedRow row = pushedRow();
        row["GJSJ"] = at;
        EXPECT_FALSE(remembered(map, row).unchangedSince) << at;
    }
    NamedRow row = pushedRow();
    row["GXSJ"] = "";
    EXPECT_FALSE(remembered(map, row).unchangedSince);
}

TEST_F(FieldMapAdoptTest, AStateIsOneOfTheMapOrNone) {
    NamedRow row = pushedRow();
    row["GJZT"] = "9";
    EXPECT_EQ(remembered(map, row).state, CertState::Cancelled);
    for (const char* word : {"", "01", "7"}) {
        row["GJZT"] = word;
        EXPECT_FALSE(remembered(map, row).state) << word;
    }
    const FieldMap codes = mapOf(directory, "adopt: {code: GJBM, state: GJZT}\n");
    row["GJZT"] = "02";
    EXPECT_EQ(remembered(codes, row).state, CertState::Suspended);
    row["GJZT"] = "1";
    EXPECT_FALSE(remembered(codes, row).state);
}

TEST_F(FieldMapAdoptTest, WhatIsAbsentSaysWhatIsOff) {
    const FieldMap least = mapOf(directory, "adopt: {event: GJLSH}\n");
    EXPECT_EQ(least.disabledFeatures().size(), 4U);
    EXPECT_THAT(least.disabledFeatures(), Contains(HasSubstr("adopt.at is absent: no field")));
    const Remembered row = remembered(least, pushedRow());
    EXPECT_TRUE(row.pushed);
    EXPECT_EQ(row.state, CertState::Valid);
    EXPECT_TRUE(row.collected);
    EXPECT_FALSE(row.unchangedSince);
    EXPECT_TRUE(map.adopts());
    const auto without = directory.load(shippedWith("\nstate:\n", "\nstate:\n"));
    ASSERT_TRUE(without);
    EXPECT_FALSE(without->adopts());
    EXPECT_THAT(without->disabledFeatures(), ElementsAre(HasSubstr("adopt is absent")));
}

/// Our own word comes back at a take-over only: it is in no digest, and passes do not read it.
TEST_F(FieldMapAdoptTest, ItsColumnsAreNoPartOfARow) {
    EXPECT_THAT(map.columns(), Not(Contains("GJBM")));
    EXPECT_THAT(map.adoptColumns(), Contains("GJBM"));
    EXPECT_TRUE(directory.load(adopting(std::string(kAdopt) + "writeback: [GJBM, GJZT, GJSJ]\n")));
    const FieldMap shared = mapOf(directory, "adopt: {code: GJBM, identifier: ZZBS}\n");  // one that is also mapped
    EXPECT_EQ(shared.adoptColumns().size(), shared.columns().size() + 1);
    NamedRow row = pushedRow();
    row["ZZBS"] = "identifier";
    EXPECT_EQ(remembered(shared, row).zzeCertId, "identifier");
    const std::vector<std::string> there(map.columns());
    EXPECT_FALSE(map.missingColumns(there).empty());
}

TEST_F(FieldMapAdoptTest, MistakesAreNamed) {
    EXPECT_THAT(firstProblem("adopt: {state: GJZT}\n"), HasSubstr("adopt must have code or event"));
    EXPECT_THAT(firstProblem("adopt: {code: GJBM, when: x}\n"), HasSubstr("when"));
    EXPECT_THAT(firstProblem("adopt: {code: \"GJ;BM\"}\n"), HasSubstr("`GJ;BM` is no column name"));
    EXPECT_THAT(firstProblem("adopt: {code: GJBM, state: {column: Z, map: {\"1\": \"08\"}}}\n"),
                HasSubstr("adopt.state.map: `08` is no certState"));
    EXPECT_THAT(firstProblem("adopt: {code: {column: GJBM}}\n"), HasSubstr("adopt.code"));
}

}  // namespace
}  // namespace lianzheng
