#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "gateway/store/soci_store.h"
#include "tests/postgres/test_database.h"

namespace lianzheng::test {

/// A clock that stands where it is put.
class StandingClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override { return now_; }
    void sleepUntil(TimePoint until, const std::stop_token&) override { now_ = until; }
    void set(TimePoint now) { now_ = now; }

private:
    TimePoint now_{};
};

/// So many seconds after the beginning of the tests' day.
inline TimePoint at(int seconds) {
    return TimePoint{std::chrono::milliseconds{1'790'000'000'007}} + std::chrono::seconds{seconds};
}

inline std::string numberOf(int serial) {
    std::string digits = std::to_string(serial);
    return "鲁建安B（2023）" + std::string(7 - digits.size(), '0') + digits;
}

LedgerEntry fullEntry(int serial);
Certificate fullRecord(int serial);
/// An intent of the certificate, due at at(0), of a person of its own.
OutboxRow intent(int serial, Lane lane = Lane::Fresh, bool releasing = false);
Evidence evidence(int serial);
BlockedRow blockedRow(int serial);

/// How the instances of a test are called.
inline std::string dialectName(const ::testing::TestParamInfo<Dialect>& tested) {
    return tested.param == Dialect::Sqlite ? "Sqlite" : "Postgres";
}

/// A store on an empty database of the dialect, this process its pusher.
class StoreTest : public ::testing::TestWithParam<Dialect> {
protected:
    StoreTest();
    std::unique_ptr<SociStore> open();
    /// Commits and expects it to succeed.
    void put(const std::vector<Change>& changes);
    /// The code of the error that committing gives; `ok` for none.
    std::string refusal(const std::vector<Change>& changes);
    OutboxRow intentOf(int serial);
    /// Numbers of the assigning intents due at `now`, lane after lane.
    std::vector<std::string> dueNumbers(TimePoint now, std::size_t limit = 100);

    TestDatabase database_{GetParam()};
    StandingClock clock_;
    EvidenceSealing sealing_;
    std::unique_ptr<SociStore> store_;
};

}  // namespace lianzheng::test
