#include "gateway/reconcile/national_suspects.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace lianzheng {
namespace {

/// Rows of numbers, which are looked up in portions as a database is asked for them.
class PortionedSide final : public OtherSide {
public:
    struct Row {
        std::string number;
        bool asWritten = true;  ///< false: normalised it is that number, but no look-up finds it
    };
    std::vector<Row> rows;
    bool lookedUp = true;  ///< false: only reading everything finds a number
    int readsOfAll = 0;
    std::size_t asked = 0;

    [[nodiscard]] const std::vector<Field>& compared() const override { return compared_; }
    Status all(Depth /*depth*/, const Sink& sink, const std::stop_token& /*stop*/) override {
        ++readsOfAll;
        for (const Row& row : rows) sink(itemOf(row));
        return ok();
    }
    Result<bool> ofNumbers(std::span<const std::string> numbers, const Sink& sink,
                           const std::stop_token& /*stop*/) override {
        constexpr std::size_t kPortion = 2000;
        if (!lookedUp) return false;
        asked += numbers.size();
        for (std::size_t begin = 0; begin < numbers.size(); begin += kPortion) {
            const auto portion = numbers.subspan(begin, std::min(kPortion, numbers.size() - begin));
            for (const Row& row : rows) {
                if (row.asWritten && std::ranges::find(portion, row.number) != portion.end()) sink(itemOf(row));
            }
        }
        return true;
    }

private:
    static NationalItem itemOf(const Row& row) {
        NationalItem item;
        item.row.record[Field::CertNum] = row.number;
        return item;
    }
    std::vector<Field> compared_;
};

class NationalSuspectsTest : public ::testing::Test {
protected:
    static std::string number(int serial) { return "鲁建安B（2024）" + std::to_string(1'000'000 + serial); }
    /// The numbers of the items that come again.
    std::vector<std::string> fetched() {
        std::vector<std::string> numbers;
        EXPECT_TRUE(suspects_.fetch(side_, {}));
        EXPECT_TRUE(suspects_.each([&](const NationalItem& item) {
            numbers.push_back(item.number());
            return true;
        }));
        return numbers;
    }

    PortionedSide side_;
    NationalSuspects suspects_{"/tmp", std::size_t{1} << 20U};
};

TEST_F(NationalSuspectsTest, RowsOfOneNumberComeOnceWhereverAPortionEnds) {
    std::vector<std::string> expected;
    for (int i = 0; i < 1000; ++i) {
        for (int row = 0; row < 3; ++row) {
            side_.rows.push_back({number(i)});
            expected.push_back(number(i));
            ASSERT_TRUE(suspects_.add(number(i), 0));
        }
    }
    EXPECT_EQ(fetched(), expected);
    EXPECT_EQ(side_.readsOfAll, 0);
}

TEST_F(NationalSuspectsTest, AFurtherRowOfOneNumberDoesNotHideThatAnotherIsMissed) {
    side_.rows = {{number(1)}, {number(1)}, {number(2), false}};  // the second has come since the first look
    ASSERT_TRUE(suspects_.add(number(1), 0));
    ASSERT_TRUE(suspects_.add(number(2), 0));
    EXPECT_EQ(fetched(), (std::vector<std::string>{number(1), number(1), number(2)}));
    EXPECT_EQ(side_.readsOfAll, 1);
}

TEST_F(NationalSuspectsTest, ARowWrittenInAnotherWayBesideOneOfItsNumberIsNotLost) {
    side_.rows = {{number(1)}, {number(1), false}};
    ASSERT_TRUE(suspects_.add(number(1), 0));
    ASSERT_TRUE(suspects_.add(number(1), 0));
    EXPECT_EQ(fetched(), (std::vector<std::string>{number(1), number(1)}));
}

TEST_F(NationalSuspectsTest, WhatIsExpectedComesIfItIsThereByNow) {
    side_.rows = {{number(1)}, {number(2)}, {number(3)}};
    ASSERT_TRUE(suspects_.add(number(1), 0));
    ASSERT_TRUE(suspects_.expect(number(3)));
    ASSERT_TRUE(suspects_.expect(number(4)));
    EXPECT_EQ(fetched(), (std::vector<std::string>{number(1), number(3)}));
    EXPECT_EQ(side_.readsOfAll, 0);
}

TEST_F(NationalSuspectsTest, HoweverManyAreExpectedNothingIsReadForThemAlone) {
    side_.rows = {{number(1)}, {number(2), false}};
    ASSERT_TRUE(suspects_.add(number(1), 0));
    for (int i = 2; i < 50'010; ++i) ASSERT_TRUE(suspects_.expect(number(i)));
    EXPECT_EQ(fetched(), std::vector<std::string>{number(1)});
    EXPECT_EQ(side_.readsOfAll, 0);
    EXPECT_EQ(side_.asked, 1U) << "beyond 50,000 none of them";
}

TEST_F(NationalSuspectsTest, WhatCannotBeLookedUpIsNotReadForWhatIsExpectedAlone) {
    side_.rows = {{number(1)}};
    side_.lookedUp = false;
    ASSERT_TRUE(suspects_.expect(number(1)));
    EXPECT_TRUE(fetched().empty());
    EXPECT_EQ(side_.readsOfAll, 0);
}

TEST_F(NationalSuspectsTest, WhereEverythingIsReadAnywayWhatIsExpectedIsSeen) {
    for (int i = 1; i < 20'010; ++i) {
        side_.rows.push_back({number(i)});
        ASSERT_TRUE(suspects_.add(number(i), 0));
        ASSERT_TRUE(suspects_.expect(number(30'000 + i)));
    }
    side_.rows.push_back({number(30'001)});
    side_.rows.push_back({number(60'000)});
    const std::vector<std::string> numbers = fetched();
    EXPECT_EQ(numbers.size(), 20'010U);
    EXPECT_EQ(numbers.back(), number(30'001));
    EXPECT_EQ(side_.readsOfAll, 1);
}

}  // namespace
}  // namespace lianzheng
