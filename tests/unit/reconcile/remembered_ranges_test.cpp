#include "gateway/reconcile/remembered_ranges.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/unit/reconcile/reconciler_fixture.h"

namespace lianzheng {
namespace {

namespace fs = std::filesystem;
using testing::FindingKey;

/// A directory for one test.
class Directory {
public:
    Directory() {
        std::string name = (fs::temp_directory_path() / "lianzheng-ranges-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~Directory() { fs::remove_all(path_); }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

class RememberedRangesTest : public ::testing::Test {
protected:
    using Numbers = std::vector<std::string>;

    RememberedRanges open(std::string_view described = "as ever") { return {file_, described, "/tmp", 4096}; }

    /// A look at rows by their numbers, each in a range of its own: what is recalled, and which are read.
    Numbers look(RememberedRanges& ranges, const Numbers& rows) {
        RangeDigests now(kRanges);
        for (const std::string& row : rows) now.at(rangeOf(row)) = {1, std::hash<std::string>()(row)};
        Numbers recalled;
        const auto wanted = ranges.recall(now, [&](const Glance& glance) -> Status {
            EXPECT_EQ(glance.digest, (Digest{7, 8}));
            EXPECT_EQ(glance.authority, "370100");
            EXPECT_EQ(glance.noted, "k" + std::string(glance.number));
            recalled.emplace_back(glance.number);
            return ok();
        });
        EXPECT_TRUE(wanted);
        for (const std::string& row : rows) {
            if (!wanted->at(rangeOf(row))) continue;
            read_.push_back(row);
            const std::string noted = "k" + row;
            EXPECT_TRUE(ranges.put(rangeOf(row), Glance{.digest = {7, 8},
                                                        .sound = true,
                                                        .number = row,
                                                        .state = "01",
                                                        .expires = "2027-01-01",
                                                        .authority = "370100",
                                                        .noted = noted}));
        }
        return recalled;
    }
    /// The same, kept.
    Numbers lookAndKeep(const Numbers& rows, std::string_view described = "as ever") {
        RememberedRanges ranges = open(described);
        read_.clear();
        Numbers recalled = look(ranges, rows);
        EXPECT_TRUE(ranges.keep());
        EXPECT_EQ(ranges.recalled(), recalled.size());
        return recalled;
    }
    /// By the number's first letter.
    static std::uint32_t rangeOf(const std::string& row) { return static_cast<std::uint32_t>(row.at(0)) * 300; }
    std::string contents() {
        std::ifstream in(file_, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(const std::string& bytes) { std::ofstream(file_, std::ios::binary) << bytes; }

    Directory directory_;
    fs::path file_ = directory_.path() / "made" / "province.ranges";
    Numbers read_;
};

TEST_F(RememberedRangesTest, WhatHasNotChangedIsRecalledAndTheRestIsRead) {
    EXPECT_EQ(lookAndKeep({"a1", "b1", "c1"}), Numbers{});
    EXPECT_EQ(read_, (Numbers{"a1", "b1", "c1"}));
    EXPECT_EQ(lookAndKeep({"c1", "a1", "b1"}), (Numbers{"a1", "b1", "c1"}));
    EXPECT_EQ(read_, Numbers{});
    EXPECT_EQ(lookAndKeep({"a1", "b2", "d1"}), Numbers{"a1"});
    EXPECT_EQ(read_, (Numbers{"b2", "d1"}));
    EXPECT_EQ(lookAndKeep({"a1", "b2", "d1"}), (Numbers{"a1", "b2", "d1"}));
    EXPECT_EQ(lookAndKeep({"a1", "b2", "c1", "d1"}), (Numbers{"a1", "b2", "d1"})) << "c was gone meanwhile";
}

TEST_F(RememberedRangesTest, TheFileIsWrittenWhenSomethingHasChangedAndIsPrivate) {
    lookAndKeep({"a1", "b1"});
    EXPECT_EQ(fs::status(file_).permissions() & fs::perms::others_all, fs::perms::none);
    const std::string before = contents();
    const auto written = fs::last_write_time(file_) - std::chrono::hours{1};
    fs::last_write_time(file_, written);
    lookAndKeep({"b1", "a1"});
    EXPECT_EQ(fs::last_write_time(file_), written);
    lookAndKeep({"a1"});
    EXPECT_NE(fs::last_write_time(file_), written);
    EXPECT_LT(contents().size(), before.size());
}

TEST_F(RememberedRangesTest, WhatWasDescribedOtherwiseIsNotRecalled) {
    lookAndKeep({"a1"});
    EXPECT_EQ(lookAndKeep({"a1"}, "another mapping"), Numbers{});
    EXPECT_EQ(lookAndKeep({"a1"}, "another mapping"), Numbers{"a1"});
}

TEST_F(RememberedRangesTest, ARangeThatIsAlwaysReadIsAlwaysRead) {
    for (int run = 0; run < 2; ++run) {
        RememberedRanges ranges = open();
        read_.clear();
        look(ranges, {"a1", "b1"});
        ranges.alwaysRead(rangeOf("b1"));
        ASSERT_TRUE(ranges.keep());
    }
    EXPECT_EQ(read_, Numbers{"b1"});
}

TEST_F(RememberedRangesTest, ARangeThatIsTooLargeIsReadEachTime) {
    for (int run = 0; run < 2; ++run) {
        RememberedRanges ranges = open();
        read_.clear();
        look(ranges, {"a1", "b1"});
        const std::string noted(1000, 'k');
        Glance glance;
        glance.noted = noted;
        for (int i = 0; i < 2000; ++i) ASSERT_TRUE(ranges.put(rangeOf("b1"), glance));
        ASSERT_TRUE(ranges.keep());
    }
    EXPECT_EQ(read_, Numbers{"b1"});
    EXPECT_LT(fs::file_size(file_), std::size_t{4} << 20U);
}

TEST_F(RememberedRangesTest, ALookThatWasNotKeptLeavesWhatWas) {
    lookAndKeep({"a1", "b1"});
    RememberedRanges ranges = open();
    look(ranges, {"a2", "b1"});
    EXPECT_EQ(lookAndKeep({"a1", "b1"}), (Numbers{"a1", "b1"}));
}

TEST_F(RememberedRangesTest, ADamagedFileIsReadAnewNeverBelieved) {
    lookAndKeep({"a1", "b1"});
    const std::string whole = contents();
    const std::size_t glances = whole.find("370100");
    ASSERT_LT(glances, whole.size());
    const Numbers both{"a1", "b1"};
    for (std::size_t at = 0; at < whole.size(); at += at < 200 || at + 80 > whole.size() ? 7U : 100'003U) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        write(damaged);
        Numbers all = lookAndKeep(both);
        EXPECT_LT(all.size(), 2U) << at;
        all.insert(all.end(), read_.begin(), read_.end());
        std::ranges::sort(all);
        EXPECT_EQ(all, both) << at;
        EXPECT_EQ(lookAndKeep(both), both) << "mended after " << at;
    }
    for (const std::size_t size : {std::size_t{0}, std::size_t{10}, whole.size() / 2, whole.size() - 1}) {
        write(whole.substr(0, size));
        EXPECT_EQ(lookAndKeep(both), Numbers{}) << size;
    }
}

TEST_F(RememberedRangesTest, WhatCannotBeWrittenIsSaid) {
    std::ofstream(directory_.path() / "made") << "a file where the directory should be";
    RememberedRanges ranges = open();
    look(ranges, {"a1"});
    const Status kept = ranges.keep();
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().where, "reconcile.ranges");
    EXPECT_EQ(kept.error().code, "write");
}

TEST_F(RememberedRangesTest, AFailureOfWhoRecallsEndsIt) {
    lookAndKeep({"a1"});
    RememberedRanges ranges = open();
    RangeDigests now(kRanges);
    now.at(rangeOf("a1")) = {1, std::hash<std::string>()("a1")};
    const auto wanted = ranges.recall(now, [](const Glance&) { return failed(Fault::Corrupt, "sieve", "disk_full"); });
    ASSERT_FALSE(wanted);
    EXPECT_EQ(wanted.error().code, "disk_full");
}

/// Whole runs, one after the other.
class RunsTest : public ReconcilerTest {
protected:
    RunsTest() {
        settings_.rangeDirectory = directory_.path();
        source_.ranged = view_.ranged = true;
        for (int i = 1; i <= 9; ++i) {
            const std::string number = "鲁建安C3（2024）000000" + std::to_string(i);
            province(number);
            national(number);
        }
    }
    ReconcileResult run() {
        source_.swept = 0;
        view_.glancedAt = 0;
        store_ = {};
        auto result = reconciler().againstExchange(view_, stop_.get_token());
        EXPECT_TRUE(result) << result.error().code;
        EXPECT_FALSE(result->notKept);
        return result.value_or(ReconcileResult());
    }
    std::string& cell(std::size_t row, const char* column) { return source_.rows.at(row).at(columnOf(column)); }

    Directory directory_;
};

TEST_F(RunsTest, AnEqualPairIsNotReadASecondTime) {
    const ReconcileResult first = run();
    EXPECT_EQ(source_.swept, 9U);
    EXPECT_EQ(view_.glancedAt, 9U);
    EXPECT_EQ(first.recalledOurs + first.recalledTheirs, 0U);
    const ReconcileResult second = run();
    EXPECT_EQ(source_.swept, 0U);
    EXPECT_EQ(view_.glancedAt, 0U);
    EXPECT_EQ(second.recalledOurs, 9U);
    EXPECT_EQ(second.recalledTheirs, 9U);
    EXPECT_EQ(second.tally.json("x"), first.tally.json("x"));
    EXPECT_EQ(second.tally.equal, 9U);
}

TEST_F(RunsTest, OnlyWhatChangedOnEitherSideIsRead) {
    run();
    cell(3, "DWMC") = "别的公司";
    view_.rows[5].record[Field::CertState] = "04";
    run();
    EXPECT_EQ(source_.swept, 1U);
    EXPECT_EQ(view_.glancedAt, 1U);
    const std::set<FindingKey> expected{{"鲁建安C3（2024）0000004", "field_mismatch", "companyName"},
                                        {"鲁建安C3（2024）0000006", "state_mismatch", ""}};
    EXPECT_EQ(open(), expected);
    run();
    EXPECT_EQ(source_.swept, 0U);
    EXPECT_EQ(open(), expected) << "a difference that stays is found again";
}

TEST_F(RunsTest, ADayThatPassesChangesWhatIsRecalled) {
    cell(2, "YXQZ") = "2026-03-01";
    view_.rows[2].record[Field::ExpiringDate] = "2026-03-01";
    run();
    EXPECT_TRUE(open().empty());
    clock_.hour = testing::at("2026-03-02");
    run();
    EXPECT_EQ(source_.swept, 0U);
    EXPECT_EQ(open(), (std::set<FindingKey>{{"鲁建安C3（2024）0000003", "expired_not_cancelled", ""}}));
}

TEST_F(RunsTest, ADuplicateAndASharedIdentifierAreFoundAmongTheRecalled) {
    for (NationalRow& row : view_.rows) row.zzeCertId = "1.2.156." + row.record[Field::CertNum];
    view_.rows[1].zzeCertId = view_.rows[0].zzeCertId;
    source_.rows.push_back(row("鲁建安C3（2024）0000005", "10"));
    run();
    const auto found = open();
    EXPECT_EQ(found.size(), 3U);
    run();
    EXPECT_EQ(source_.swept, 0U);
    EXPECT_EQ(open(), found);
}

TEST_F(RunsTest, RowsThatNobodyCanReadAreAlwaysRead) {
    cell(0, "ZSBH") = "无号";
    cell(1, "ZSID").clear();
    NationalRow& unreadable = view_.rows[2];
    unreadable.rawNumber = std::exchange(unreadable.record[Field::CertNum], {});
    run();
    const auto found = open();
    EXPECT_EQ(found.size(), 4U);
    run();
    EXPECT_EQ(source_.swept, 1U) << "the one without a key";
    EXPECT_EQ(view_.glancedAt, 1U);
    EXPECT_EQ(open(), found);
}

TEST_F(RunsTest, WhatIsNoStateIsNotKept) {
    view_.rows[2].record[Field::CertState] = "张三 11010519491231002X";
    cell(4, "DWMC") = "公司";
    run();
    run();
    EXPECT_EQ(view_.glancedAt, 1U);
    for (const auto& file : fs::directory_iterator(directory_.path())) {
        std::ifstream in(file.path(), std::ios::binary);
        const std::string kept{std::istreambuf_iterator<char>(in), {}};
        EXPECT_NE(kept.find("0000005"), std::string::npos) << file.path();
        EXPECT_EQ(kept.find("张三"), std::string::npos) << file.path();
        EXPECT_EQ(kept.find("11010519491231002X"), std::string::npos) << file.path();
    }
}

TEST_F(RunsTest, AnotherProgramAndAnotherViewReadEverything) {
    run();
    settings_.program = "of tomorrow";
    run();
    EXPECT_EQ(source_.swept, 9U);
    EXPECT_EQ(view_.glancedAt, 9U);
    run();
    EXPECT_EQ(source_.swept, 0U);
    view_.late = Field::CompanyName;
    run();
    EXPECT_EQ(source_.swept, 9U);
    view_.late.reset();
}

TEST_F(RunsTest, AnotherMappingReadsEverything) {
    run();
    const fs::path mappings = directory_.path() / "mappings";
    fs::copy(LIANZHENG_MAPPINGS, mappings, fs::copy_options::recursive);
    std::ofstream(mappings / "anguan.yaml", std::ios::app) << "# another one\n";
    const auto other = FieldMap::load(mappings / "anguan.yaml");
    ASSERT_TRUE(other);
    source_.swept = view_.glancedAt = 0;
    ASSERT_TRUE(Reconciler(source_, *other, store_, clock_, settings_).againstExchange(view_, stop_.get_token()));
    EXPECT_EQ(source_.swept, 9U);
    EXPECT_EQ(view_.glancedAt, 9U);
}

TEST_F(RunsTest, ALookThatFailsIsNotKept) {
    run();
    cell(3, "DWMC") = "别的公司";
    source_.failsAfterRows = Error{Fault::Unavailable, "province.sweep", "connection", std::nullopt};
    EXPECT_FALSE(reconciler().againstExchange(view_, stop_.get_token()));
    source_.failsAfterRows.reset();
    run();
    EXPECT_EQ(source_.swept, 1U);
}

TEST_F(RunsTest, ADirectoryThatCannotBeWrittenCostsTimeAlone) {
    settings_.rangeDirectory = directory_.path() / "file";
    std::ofstream(settings_.rangeDirectory) << "no directory";
    const auto result = reconciler().againstExchange(view_, stop_.get_token());
    ASSERT_TRUE(result);
    EXPECT_EQ(result->tally.equal, 9U);
    ASSERT_TRUE(result->notKept);
    EXPECT_EQ(result->notKept->where, "reconcile.ranges");
}

TEST_F(RunsTest, ASourceWithoutRangesIsReadAsEver) {
    source_.ranged = view_.ranged = false;
    run();
    const ReconcileResult second = run();
    EXPECT_EQ(source_.swept, 9U);
    EXPECT_EQ(second.recalledOurs + second.recalledTheirs, 0U);
    EXPECT_TRUE(fs::is_empty(directory_.path()));
}

}  // namespace
}  // namespace lianzheng
