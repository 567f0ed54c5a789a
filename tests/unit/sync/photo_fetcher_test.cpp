#include "gateway/sync/photo_fetcher.h"

#include <gtest/gtest.h>

#include <vector>

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

/// A source of pictures alone.
class Pictures final : public ProvincialSource {
public:
    Result<std::string> photo(std::string_view) override {
        asked += 1;
        return answer;
    }
    Result<ScanCursor> scan(const ScanCursor& after, std::string_view, std::size_t, const RowSink&) override {
        return after;
    }
    Result<std::uint64_t> sweep(const RowSink&, const std::stop_token&) override { return 0; }
    Result<std::uint64_t> sweepUnordered(const std::vector<bool>&, const RowSink&, const std::stop_token&) override {
        return 0;
    }
    Status byNumber(std::string_view, const RowSink&) override { return ok(); }
    Status byKeys(std::span<const std::string>, const RowSink&) override { return ok(); }
    Status byPerson(std::string_view, const RowSink&) override { return ok(); }
    Result<std::string> watermarkAt(std::chrono::seconds) override { return std::string(); }
    Status writeBack(std::span<const WriteBack>) override { return ok(); }
    Result<Health> health() override { return Health{}; }

    Result<std::string> answer = std::string("\xff\xd8\xff picture");
    int asked = 0;
};

class PhotoFetcherTest : public testing::Test {
protected:
    Photo fetch() { return fetcher.fetch("1", now).value(); }

    TimePoint now{1'790'000'000'000ms};
    Pictures source;
    PhotoFetcher fetcher{source, 30s};
};

TEST_F(PhotoFetcherTest, APictureHasADigestOfItsBytes) {
    const Photo first = fetch();
    EXPECT_FALSE(first.problem);
    EXPECT_FALSE(first.notBefore);
    EXPECT_TRUE(first.uri.starts_with("data:image/jpg;base64,"));
    EXPECT_EQ(fetch().digest, first.digest);
    source.answer = std::string("\xff\xd8\xff Picture");
    EXPECT_NE(fetch().digest, first.digest);
}

TEST_F(PhotoFetcherTest, WhatIsNoPictureIsAProblemAndNobodyIsAway) {
    for (int round = 0; round < 5; ++round) {
        source.answer = std::string();
        EXPECT_EQ(fetch().problem->rule, Rule::PhotoMissing);
        source.answer = std::string("GIF89a");
        EXPECT_EQ(fetch().problem->rule, Rule::PhotoFormat);
        source.answer = failed(Fault::Rejected, "province.photo", "outside_root");
        EXPECT_EQ(fetch().problem->rule, Rule::PhotoMissing);
    }
    EXPECT_EQ(fetcher.takeWaits().rows, 0U);
}

TEST_F(PhotoFetcherTest, APlaceThatIsAwayIsAskedBySingleCalls) {
    source.answer = failed(Fault::Unavailable, "province.photo", "timeout");
    for (int i = 0; i < 100; ++i) EXPECT_GT(fetch().notBefore.value(), now);
    EXPECT_EQ(source.asked, 3);
    const auto waits = fetcher.takeWaits();
    EXPECT_EQ(waits.rows, 100U);
    EXPECT_EQ(waits.code, "timeout");
    EXPECT_EQ(fetcher.takeWaits().rows, 0U);

    now = *fetch().notBefore;
    for (int i = 0; i < 100; ++i) (void)fetch();
    EXPECT_EQ(source.asked, 4);

    source.answer = std::string("\xff\xd8\xff picture");
    now = *fetch().notBefore;
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(fetch().notBefore);
}

/// A picture that its server always fails on must not be the one that is asked for again first.
TEST_F(PhotoFetcherTest, TheOneThatFailedWaitsLongerThanTheOthers) {
    source.answer = failed(Fault::Unavailable, "province.photo", "http_500");
    (void)fetch();
    (void)fetch();
    const TimePoint failing = fetch().notBefore.value();
    const TimePoint others = fetch().notBefore.value();
    EXPECT_EQ(failing, now + 30s);
    EXPECT_LT(others, failing);
}

TEST_F(PhotoFetcherTest, ASourceThatIsAnotherStopsThePass) {
    source.answer = failed(Fault::Corrupt, "province.photo", "column_gone:ZP");
    const auto photo = fetcher.fetch("1", now);
    ASSERT_FALSE(photo);
    EXPECT_EQ(photo.error().code, "column_gone:ZP");
}

}  // namespace
}  // namespace lianzheng
