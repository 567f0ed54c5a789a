#include <memory>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "adapters/national/rest_platform.h"
#include "adapters/national/transfer_ins.h"
#include "adapters/runtime/clock.h"
#include "adapters/runtime/random.h"
#include "tests/simulator/national/national_server.h"
#include "tests/support/run_time_keys.h"

namespace lianzheng {
namespace {

namespace far = sim::national;

std::string ours(int serial) { return fmt::format("鲁建安B（2023）{:07}", serial); }
std::string theirs(int serial) { return fmt::format("苏建安B（2025）{:07}", serial); }
constexpr const char* kPerson = "110101198005061234";

/// The two queries over the wire, against the simulator.
class QueryTest : public testing::Test {
protected:
    QueryTest() {
        server_.start();
        settings_.base = server_.baseUrl();
        settings_.codeKeyPem = CodeKeyPair::make(512).privatePem;
        platform_ = makeRestPlatform(settings_, *envelope_, clock_, random_, log_).value();
    }
    void put(const std::string& number, const std::string& province, const std::string& state,
             const std::string& before = {}) {
        far::Entry entry;
        entry.record = {{"certNum", number},       {"provinceNum", province}, {"certState", state},
                        {"identityCard", kPerson}, {"categoryCode", "B"},     {"companyName", "新单位"}};
        if (!before.empty()) entry.record["oldcertNum"] = before;
        server_.registry().put(std::move(entry));
    }
    /// `count` certificates of ours that another province took in.
    void takeOut(int count) {
        for (int serial = 1; serial <= count; ++serial) {
            put(ours(serial), "370000", "06");
            put(theirs(serial), "320000", "01", ours(serial));
        }
    }
    Result<std::vector<Holdings::Item>> transfers(const std::string& number = {}) {
        std::vector<Holdings::Item> items;
        const Status read = eachTransferIn(*platform_, "370000", number,
                                           [&](const Holdings::Item& item) {
                                               items.push_back(item);
                                               return items.size() < enough;
                                           },
                                           {});
        if (!read) return tl::unexpected<Error>(read.error());
        return items;
    }
    Holdings out(const std::string& number, const std::string& person) {
        const Completion answer = callAndWait(*platform_, QueryCertificate{number, person}, {});
        return answer.outcome && answer.outcome->holdings ? *answer.outcome->holdings : Holdings{};
    }
    std::size_t calls() { return server_.registry().stats().operations["query_in"].requests; }

    std::size_t enough = 1'000'000;
    far::NationalServer server_{far::ServerOptions{}};
    SystemClock clock_;
    SeededRandom random_{1};
    SilentLog log_;
    std::unique_ptr<Envelope> envelope_ = makePlainEnvelope();
    RestPlatformSettings settings_;
    std::unique_ptr<Platform> platform_;
};

TEST_F(QueryTest, NobodyWasTakenIn) {
    const auto items = transfers();
    ASSERT_TRUE(items) << items.error().code;
    EXPECT_TRUE(items->empty());
    EXPECT_EQ(calls(), 1U);
}

TEST_F(QueryTest, EveryPageIsReadOnce) {
    for (const int count : {1, 100, 101, 250}) {
        takeOut(count);
        const std::size_t before = calls();
        const auto items = transfers();
        ASSERT_TRUE(items) << items.error().code;
        std::set<std::string> old;
        for (const Holdings::Item& item : *items) {
            old.insert(item.oldCertNum);
            EXPECT_EQ(item.record[Field::CertNum],
                      theirs(std::stoi(item.oldCertNum.substr(item.oldCertNum.size() - 7))));
            EXPECT_EQ(item.record[Field::ProvinceNum], "320000");
        }
        EXPECT_EQ(items->size(), static_cast<std::size_t>(count));
        EXPECT_EQ(old.size(), static_cast<std::size_t>(count));
        EXPECT_EQ(calls() - before, static_cast<std::size_t>((count + 99) / 100));
    }
}

TEST_F(QueryTest, ReadingStopsWhenItIsEnough) {
    takeOut(250);
    enough = 3;
    EXPECT_EQ(transfers()->size(), 3U);
    EXPECT_EQ(calls(), 1U);
}

TEST_F(QueryTest, OneNumberLeadsToItsSuccessor) {
    takeOut(3);
    const auto items = transfers(ours(2));
    ASSERT_TRUE(items);
    ASSERT_EQ(items->size(), 1U);
    EXPECT_EQ(items->front().record[Field::CertNum], theirs(2));
    EXPECT_EQ(items->front().oldCertNum, ours(2));
}

TEST_F(QueryTest, TransferredOutIsFoundByNumberOrByIdentity) {
    takeOut(2);
    EXPECT_EQ(out(ours(1), "").items.size(), 1U);
    EXPECT_EQ(out("", kPerson).items.size(), 4U);
    EXPECT_EQ(out(ours(1), kPerson).items.size(), 1U);
    EXPECT_TRUE(out(ours(9), "").items.empty());
    EXPECT_EQ(out(ours(1), "").items.front().record[Field::CertState], "06");
}

TEST_F(QueryTest, AServerThatIsGoneIsNoEmptyAnswer) {
    takeOut(1);
    server_.stop();
    const auto items = transfers();
    ASSERT_FALSE(items);
    EXPECT_EQ(items.error().fault, Fault::Unavailable);
}

}  // namespace
}  // namespace lianzheng
