#include "adapters/exchange/external_sort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

namespace lianzheng {
namespace {

const std::string kDirectory = std::filesystem::temp_directory_path().string();

std::vector<std::string> drained(ExternalSort& sort) {
    std::vector<std::string> records;
    const Status status = sort.drain([&](std::string_view record) {
        records.emplace_back(record);
        return true;
    });
    EXPECT_TRUE(status);
    return records;
}

TEST(ExternalSortTest, SortsInMemoryAndOnDiskAlike) {
    std::mt19937 random(20260301);
    std::vector<std::string> keys;
    for (int i = 0; i < 5000; ++i) keys.push_back(std::to_string(random() % 3000));
    std::vector<std::string> expected;
    for (std::size_t i = 0; i < keys.size(); ++i) expected.push_back(keys[i] + "#" + std::to_string(i));
    std::ranges::stable_sort(expected, {}, [](const std::string& text) { return text.substr(0, text.find('#')); });

    // The last bound makes more runs than may be open side by side.
    for (const std::size_t memory : {std::size_t{1} << 20U, std::size_t{10'000}, std::size_t{1'000}}) {
        ExternalSort sort(kDirectory, memory);
        for (std::size_t i = 0; i < keys.size(); ++i) {
            ASSERT_TRUE(sort.add(keys[i], keys[i] + "#" + std::to_string(i)));
        }
        EXPECT_EQ(drained(sort), expected) << memory;
    }
}

TEST(ExternalSortTest, NothingIsLeftInTheDirectory) {
    const std::filesystem::path place = std::filesystem::path(kDirectory) / "lianzheng-external-sort-test";
    std::filesystem::create_directories(place);
    {
        ExternalSort sort(place.string(), 100);
        for (int i = 0; i < 100; ++i) ASSERT_TRUE(sort.add(std::to_string(i), std::string(50, 'x')));
        EXPECT_TRUE(std::filesystem::is_empty(place)) << "the files have no name while they are in use";
    }
    std::filesystem::remove_all(place);
}

TEST(ExternalSortTest, ADirectoryThatIsNotThereIsAnError) {
    ExternalSort sort("/nonexistent", 10);
    ASSERT_TRUE(sort.add("a", "a"));
    const Status status = sort.add("b", "b");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().fault, Fault::Corrupt);
    EXPECT_EQ(status.error().code, "io");
}

}  // namespace
}  // namespace lianzheng
