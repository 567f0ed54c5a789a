#include "gateway/sync/traffic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace lianzheng {
namespace {

/// A change of employer and a batch are never queued as such: they go out of the queue of their items.
void expectQueueOf(const Request& request) {
    if (std::holds_alternative<ChangeEmployer>(request) || std::holds_alternative<Batch>(request)) return;
    const std::string_view name = operationName(request);
    const bool queued = std::find(kQueuedOperations.begin(), kQueuedOperations.end(), name) != kQueuedOperations.end();
    EXPECT_EQ(queued, writes(request)) << name;
}

template <std::size_t... Index>
void expectQueues(std::index_sequence<Index...>) {
    (expectQueueOf(Request{std::in_place_index<Index>}), ...);
}

TEST(TrafficTest, EveryOperationThatWritesHasAQueue) {
    expectQueues(std::make_index_sequence<std::variant_size_v<Request>>{});
}

TEST(TrafficTest, WhatIsFoundIsWrittenOnceAndWhatOnlyTellsTheSpeedNowAndThen) {
    using namespace std::chrono_literals;
    constexpr TimePoint kNow{1'773'115'200'000ms};
    SyncSettings settings;
    settings.credential = "a";
    Traffic traffic(settings);
    std::vector<Change> group;
    traffic.line("assign");
    traffic.remember(kNow, group);
    EXPECT_TRUE(group.empty());  // nothing is known
    for (int i = 0; i < 3; ++i) traffic.line("assign").breaker.failed(kNow, 0ms);
    traffic.remember(kNow, group);
    ASSERT_EQ(group.size(), 1U);
    const PaceRow& row = std::get<PutPace>(group.front()).row;
    EXPECT_EQ(row.operation, "assign");
    EXPECT_EQ(row.credential, "a");
    EXPECT_EQ(row.failures, 3);
    EXPECT_EQ(row.closedTill, kNow + 1s);
    traffic.remember(kNow, group);
    EXPECT_EQ(group.size(), 1U);
    for (int i = 0; i < 20; ++i) traffic.line("assign").pacer.passed(kNow, kNow + 1s);
    traffic.remember(kNow + 5s, group);
    EXPECT_EQ(group.size(), 1U);
    traffic.remember(kNow + 10s, group);
    EXPECT_EQ(group.size(), 2U);
    EXPECT_DOUBLE_EQ(std::get<PutPace>(group.back()).row.lately, 2);
}

}  // namespace
}  // namespace lianzheng
