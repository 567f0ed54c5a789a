#include "tests/simulator/national/state_rules.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace lianzheng::sim::national {

namespace {

constexpr std::array kStates{"", "01", "02", "03", "04", "05", "06", "07", "99"};

/// One letter a state of kStates: y may follow, n may not.
std::string followers(const char* operateType, bool finalStates = true) {
    std::string row;
    for (const char* state : kStates) row += mayFollow(operateType, state, finalStates) ? 'y' : 'n';
    return row;
}

}  // namespace

TEST(NationalStateTest, EachOperationFollowsOnItsStates) {
    //                            - 01 02 03 04 05 06 07 99
    EXPECT_EQ(followers("01"), "ynnnnnnnn");
    EXPECT_EQ(followers("02"), "nyynnynny");
    EXPECT_EQ(followers("03"), "nyynnnnny");
    EXPECT_EQ(followers("04"), "nyynnynny");
    EXPECT_EQ(followers("05"), "nyyyyyyyy");
    EXPECT_EQ(followers("06"), "nnynnnnnn");
    EXPECT_EQ(followers("07"), "nyyyyyyyy");
    EXPECT_EQ(followers("08"), "ynnnnnnnn");
    EXPECT_EQ(followers("09"), "nyynnynny");
    EXPECT_EQ(followers("10"), "nnnnnnynn");
    EXPECT_EQ(followers("11"), "nnnnnnnnn");
}

TEST(NationalStateTest, FinalStatesAreRevivedOnlyBySwitch) {
    for (const char* operateType : {"02", "06", "09", "10"}) {
        for (const char* state : {"03", "04", "07"}) {
            EXPECT_FALSE(mayFollow(operateType, state, true)) << operateType << state;
            EXPECT_TRUE(mayFollow(operateType, state, false)) << operateType << state;
        }
    }
    EXPECT_FALSE(mayFollow("01", "04", false));
}

TEST(NationalStateTest, EachOperationLeavesItsState) {
    for (const char* operateType : {"01", "02", "06", "08", "09", "10"}) {
        for (const char* state : kStates) EXPECT_EQ(leaves(operateType, state), std::string(state) == "01") << state;
    }
    for (const char* state : kStates) {
        const std::string text = state;
        EXPECT_EQ(leaves("03", state), text == "02");
        EXPECT_EQ(leaves("04", state), text == "05");
        EXPECT_EQ(leaves("05", state), text == "03" || text == "04" || text == "06" || text == "07");
        EXPECT_EQ(leaves("07", state), text == "99");
    }
    EXPECT_FALSE(leaves("05", "4 "));
}

}  // namespace lianzheng::sim::national
