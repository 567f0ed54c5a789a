#include "gateway/reporting/report_writer.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>
#include <sstream>

#include "tests/unit/reporting/sample.h"

namespace lianzheng {
namespace {

namespace fs = std::filesystem;

class ReportWriterTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = fs::temp_directory_path() / "lianzheng-report-XXXXXX";
        directory_ = ::mkdtemp(name.data());
    }
    void TearDown() override { fs::remove_all(directory_); }
    fs::path directory_;
};

TEST_F(ReportWriterTest, WritesWholeFilesNobodyElseCanRead) {
    ASSERT_TRUE(
        writeReports(testing::inputOf(testing::someFindings()), directory_ / "reports", {}, testing::at("2026-03-01")));
    for (const ReportFormat format : kReportFormats) {
        const fs::path path = reportPath(directory_ / "reports", 7, format);
        ASSERT_TRUE(fs::exists(path)) << path;
        EXPECT_GT(fs::file_size(path), 1000U);
        EXPECT_EQ(fs::status(path).permissions() & fs::perms::others_all, fs::perms::none);
    }
    EXPECT_EQ(std::distance(fs::directory_iterator(directory_ / "reports"), fs::directory_iterator{}), 5);
}

TEST_F(ReportWriterTest, AnUnusableDirectoryIsAFault) {
    std::ofstream(directory_ / "file") << "x";
    const Status status = writeReports(testing::inputOf({}), directory_ / "file", {}, testing::at("2026-03-01"));
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().fault, Fault::Corrupt);
}

TEST_F(ReportWriterTest, AWorkbookThatCannotBeMadeIsAFaultAndLeavesNothing) {
    const Status status =
        writeReportFile(testing::inputOf({}), ReportFormat::Xlsx, directory_ / "nowhere" / "report.xlsx");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().fault, Fault::Corrupt);
    EXPECT_TRUE(fs::is_empty(directory_));
    std::ostringstream out;
    EXPECT_FALSE(writeReport(testing::inputOf({}), ReportFormat::Xlsx, out));
}

TEST_F(ReportWriterTest, AFullDiskIsAFaultAndLeavesNothing) {
    std::ofstream full("/dev/full", std::ios::binary);
    EXPECT_FALSE(writeReport(testing::inputOf(testing::someFindings()), ReportFormat::Html, full.flush()) &&
                 full.flush());
}

}  // namespace
}  // namespace lianzheng
