#include "adapters/runtime/hash_sorter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace lianzheng {
namespace {

using Pairs = std::vector<std::pair<std::uint64_t, std::string>>;

std::string scratch() { return std::filesystem::temp_directory_path().string(); }

/// What the sorter gives of 5,000 payloads under hashes of `draw`, and what it should give.
void expectOrdered(std::size_t memory, const std::function<std::uint64_t(std::mt19937_64&)>& draw) {
    std::mt19937_64 dice(memory);
    HashSorter sorter(scratch(), memory);
    Pairs pairs;
    for (int i = 0; i < 5000; ++i) {
        const std::uint64_t hash = draw(dice);
        pairs.emplace_back(hash, std::string(dice() % 90, 'x') + std::to_string(i));
        ASSERT_TRUE(sorter.add(pairs.back().first, pairs.back().second));
    }
    std::ranges::stable_sort(pairs, {}, &Pairs::value_type::first);
    ASSERT_TRUE(sorter.sort());
    for (const auto& [hash, payload] : pairs) {
        ASSERT_TRUE(*sorter.next());
        ASSERT_EQ(sorter.hash(), hash);
        ASSERT_EQ(sorter.payload(), payload);
    }
    EXPECT_FALSE(*sorter.next());
    EXPECT_FALSE(*sorter.next());
}

class HashSorterTest : public ::testing::TestWithParam<std::size_t> {};

TEST_P(HashSorterTest, OrdersByHash) {
    expectOrdered(GetParam(), [](std::mt19937_64& dice) { return dice(); });
}

TEST_P(HashSorterTest, EqualHashesStayAsTheyCame) {
    expectOrdered(GetParam(), [](std::mt19937_64& dice) { return dice() % 40 << 55U; });
}

TEST_P(HashSorterTest, HashesThatDoNotSpreadAreSortedAllTheSame) {
    expectOrdered(GetParam(), [](std::mt19937_64& dice) { return dice() % 300; });
}

INSTANTIATE_TEST_SUITE_P(MemoryBytes, HashSorterTest, ::testing::Values(1, 20'000, 400'000, 100'000'000));

TEST(HashSorterEdges, NothingGivesNothing) {
    HashSorter sorter(scratch(), 1);
    ASSERT_TRUE(sorter.sort());
    EXPECT_FALSE(*sorter.next());
}

TEST(HashSorterEdges, AnUnusableDirectoryIsAFaultOnceItIsNeeded) {
    HashSorter sorter("/nowhere", 1);
    ASSERT_TRUE(sorter.add(1, "a"));
    const Status status = sorter.add(2, "b");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().fault, Fault::Corrupt);
    EXPECT_EQ(status.error().where, "exchange.scratch");
}

TEST(HashSorterEdges, WhatFitsNeedsNoFile) {
    HashSorter sorter("/nowhere", 1 << 20U);
    for (std::uint64_t i = 0; i < 100; ++i) ASSERT_TRUE(sorter.add(i << 56U, "x"));
    ASSERT_TRUE(sorter.sort());
    EXPECT_TRUE(*sorter.next());
}

}  // namespace
}  // namespace lianzheng
