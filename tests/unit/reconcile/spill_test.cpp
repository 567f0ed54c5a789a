#include "adapters/runtime/spill.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <utility>

#include "gateway/reconcile/codec.h"
#include "tests/unit/reconcile/fakes.h"

namespace lianzheng {
namespace {

class SpillSorterTest : public ::testing::TestWithParam<std::size_t> {};

TEST_P(SpillSorterTest, OrdersByKeyAndKeepsEqualOnesAsTheyCame) {
    std::mt19937_64 dice(GetParam());
    SpillSorter sorter(std::filesystem::temp_directory_path().string(), GetParam());
    std::vector<std::pair<std::string, std::string>> pairs;
    for (int i = 0; i < 5000; ++i) {
        pairs.emplace_back(std::to_string(dice() % 1000), std::string(dice() % 90, 'x') + std::to_string(i));
        ASSERT_TRUE(sorter.add(pairs.back().first, pairs.back().second));
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const auto& one, const auto& other) { return one.first < other.first; });
    ASSERT_TRUE(sorter.sort());
    for (const auto& [key, payload] : pairs) {
        ASSERT_TRUE(*sorter.next());
        ASSERT_EQ(sorter.key(), key);
        ASSERT_EQ(sorter.payload(), payload);
    }
    EXPECT_FALSE(*sorter.next());
}

INSTANTIATE_TEST_SUITE_P(MemoryBytes, SpillSorterTest, ::testing::Values(1, 20'000, 100'000'000));

TEST(SpillSorterTest, AnUnusableDirectoryIsAFault) {
    SpillSorter sorter("/nowhere", 1);
    ASSERT_TRUE(sorter.add("a", "b"));
    const Status status = sorter.add("c", "d");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().fault, Fault::Corrupt);
}

TEST(SpillSorterTest, NothingIsLeftInTheDirectory) {
    const std::filesystem::path place = std::filesystem::temp_directory_path() / "lianzheng-spill-test";
    std::filesystem::create_directories(place);
    {
        SpillSorter sorter(place.string(), 100);
        for (int i = 0; i < 100; ++i) ASSERT_TRUE(sorter.add(std::to_string(i), std::string(50, 'x')));
        EXPECT_TRUE(std::filesystem::is_empty(place)) << "the file has no name while it is in use";
    }
    std::filesystem::remove_all(place);
}

TEST(CodecTest, RowsComeBackAsTheyWere) {
    ProvincialItem ours = testing::provincialOf(testing::soundRecord("鲁建安B（2023）0000001"), "42");
    ours.desired.facts.licenceTime = testing::at("2026-01-01");
    ours.desired.facts.renewalInHand = true;
    ours.desired.problems = {{"photo", Rule::PhotoMissing}, {"name", Rule::PrivateUse}};
    ours.desired.push = {3, 4};
    ours.otherKeys = {"43", "44"};
    ours.late = true;
    std::string bytes;
    encode(ours, bytes);
    ProvincialItem oursBack;
    ASSERT_TRUE(decode(bytes, oursBack));
    EXPECT_EQ(oursBack.desired.record, ours.desired.record);
    EXPECT_EQ(oursBack.desired.problems, ours.desired.problems);
    EXPECT_EQ(oursBack.desired.facts.licenceTime, ours.desired.facts.licenceTime);
    EXPECT_EQ(oursBack.otherKeys, ours.otherKeys);
    EXPECT_TRUE(oursBack.late);
    EXPECT_FALSE(decode(std::string_view(bytes).substr(0, bytes.size() - 1), oursBack));
    EXPECT_FALSE(decode(bytes + "x", oursBack));

    NationalItem theirs = testing::nationalOf(testing::soundRecord("鲁建安B（2023）0000001"));
    theirs.row.zzeCertId = "1.2.3";
    theirs.known.reset(3);
    encode(theirs, bytes);
    NationalItem theirsBack;
    ASSERT_TRUE(decode(bytes, theirsBack));
    EXPECT_EQ(theirsBack.row.record, theirs.row.record);
    EXPECT_EQ(theirsBack.row.zzeCertId, "1.2.3");
    EXPECT_EQ(theirsBack.known, theirs.known);
}

}  // namespace
}  // namespace lianzheng
