#include "gateway/reconcile/provincial_suspects.h"

#include "tests/unit/reconcile/reconciler_fixture.h"

namespace lianzheng {
namespace {

/// Counts what it is asked for by number.
class AskedSource final : public testing::FakeSource {
public:
    std::vector<std::size_t> asked;
    Status byNumbers(std::span<const std::string> numbers, const RowSink& sink) override {
        asked.push_back(numbers.size());
        return numbers.size() < 10 ? FakeSource::byNumbers(numbers, sink) : ok();
    }
};

class ProvincialSuspectsTest : public ReconcilerTest {
protected:
    static std::string number(int serial) { return "鲁建安C3（2024）" + std::to_string(1'000'000 + serial); }
    std::vector<std::string> keys() {
        std::vector<std::string> found;
        const std::size_t column = columnOf("ZSID");
        const RowSink taking = [&](std::span<const Cell> cells) {
            found.emplace_back(cells[column].text);
            return true;
        };
        EXPECT_TRUE(suspects_.read(taking, stop_.get_token()));
        return found;
    }

    AskedSource asked_;
    ProvincialSuspects suspects_{asked_, map(), "/tmp", std::size_t{1} << 20U};
};

TEST_F(ProvincialSuspectsTest, WhatIsExpectedComesInItsPlaceUnderEverySpelling) {
    asked_.rows = {row(number(3), "c"), row(number(2), "b2"), row(number(2), "b1"), row(number(1), "a")};
    ASSERT_TRUE(suspects_.add(number(3), "kc"));
    ASSERT_TRUE(suspects_.expect(number(2)));
    ASSERT_TRUE(suspects_.expect(number(4)));
    ASSERT_TRUE(suspects_.add(number(1), "ka"));
    EXPECT_EQ(keys(), (std::vector<std::string>{"a", "b2", "b1", "c"}));
    EXPECT_EQ(asked_.asked, std::vector<std::size_t>{2});
}

TEST_F(ProvincialSuspectsTest, ARowThatIsKnownByItsKeyIsNotTakenForWhatIsExpected) {
    asked_.rows = {row("无号", "a")};
    ASSERT_TRUE(suspects_.expect("无号"));
    ASSERT_TRUE(suspects_.add("", "ka"));
    EXPECT_EQ(keys(), std::vector<std::string>{"a"});
}

TEST_F(ProvincialSuspectsTest, NoMoreThanFiftyThousandAreLookedUp) {
    for (int i = 0; i < 50'300; ++i) ASSERT_TRUE(suspects_.expect(number(i)));
    EXPECT_TRUE(keys().empty());
    EXPECT_EQ(asked_.asked, std::vector<std::size_t>(100, 500));
}

}  // namespace
}  // namespace lianzheng
