#include "gateway/reporting/report_manifest.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>
#include <sstream>

#include "gateway/reporting/report_writer.h"
#include "tests/unit/reporting/sample.h"

namespace lianzheng {
namespace {

namespace fs = std::filesystem;

class ReportManifestTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = fs::temp_directory_path() / "lianzheng-manifest-XXXXXX";
        directory_ = ::mkdtemp(name.data());
        sealing_.key = SealKey::hmacSm3("a secret of the test's own");
        ASSERT_TRUE(
            writeReports(testing::inputOf(testing::someFindings()), directory_, sealing_, testing::at("2026-03-01")));
    }
    void TearDown() override { fs::remove_all(directory_); }

    /// `fault file` of each problem there is.
    std::vector<std::string> problems(const EvidenceSealing& sealing) {
        std::vector<std::string> said;
        const auto report = verifyManifests(directory_, sealing);
        EXPECT_TRUE(report);
        for (const auto& problem : report->problems)
            said.push_back(std::string(word(problem.fault)) + " " + problem.file);
        return said;
    }
    std::string contentOf(const fs::path& file) {
        std::ostringstream text;
        text << std::ifstream(file, std::ios::binary).rdbuf();
        return text.str();
    }
    void put(const fs::path& file, const std::string& content) {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
    }

    fs::path directory_;
    EvidenceSealing sealing_;
};

TEST_F(ReportManifestTest, AFolderAsItWasWrittenIsInOrder) {
    const auto report = verifyManifests(directory_, sealing_);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->problems.empty());
    EXPECT_TRUE(report->unsealed.empty());
    EXPECT_EQ(report->manifests, 1U);
    EXPECT_EQ(report->files, kReportFormats.size());
}

TEST_F(ReportManifestTest, WhatWasChangedRemovedOrAddedIsNamed) {
    put(directory_ / "7.csv", contentOf(directory_ / "7.csv") + "x");
    fs::remove(directory_ / "7.xlsx");
    put(directory_ / "8.html", "not ours");
    put(directory_ / "9.html.part", "being written");
    EXPECT_EQ(problems(sealing_), (std::vector<std::string>{"changed 7.csv", "missing 7.xlsx", "added 8.html"}));
}

TEST_F(ReportManifestTest, WhateverIsChangedInASealedManifestShows) {
    const fs::path file = directory_ / "7.manifest";
    const std::string whole = contentOf(file);
    for (std::size_t at = 0; at < whole.size(); at += 7) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        put(file, changed);
        ASSERT_FALSE(problems(sealing_).empty()) << at;
    }
    put(file, whole);
    EXPECT_TRUE(problems(sealing_).empty());
}

TEST_F(ReportManifestTest, AFileAndItsLineChangedTogetherBreakTheSeal) {
    put(directory_ / "7.csv", "other");
    const fs::path forged = directory_ / "forged";
    fs::create_directory(forged);
    for (const auto format : kReportFormats) fs::copy(reportPath(directory_, 7, format), reportPath(forged, 7, format));
    EvidenceSealing other;
    other.key = SealKey::hmacSm3("another secret");
    std::vector<fs::path> files;
    for (const auto format : kReportFormats) files.push_back(reportPath(forged, 7, format));
    ASSERT_TRUE(writeManifest(forged, 7, files, other, testing::at("2026-03-01")));
    EXPECT_EQ(problems(sealing_), (std::vector<std::string>{"changed 7.csv", "malformed forged/7.manifest"}));
}

TEST_F(ReportManifestTest, WithoutAKeyItSaysThatNothingSealsIt) {
    fs::remove(directory_ / "7.manifest");
    ASSERT_TRUE(writeReports(testing::inputOf({}), directory_, {}, testing::at("2026-03-01")));
    EXPECT_NE(contentOf(directory_ / "7.manifest").find("method none\n"), std::string::npos);
    const auto report = verifyManifests(directory_, {});
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->problems.empty());
    EXPECT_EQ(report->unsealed, std::vector<std::string>{"7.manifest"});
}

TEST_F(ReportManifestTest, ASealThatNoKeyHereCanCheckIsSaid) {
    const auto report = verifyManifests(directory_, {});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->unchecked, std::vector<std::string>{"7.manifest"});
}

TEST_F(ReportManifestTest, AManifestSpeaksForNothingOutsideItsFolder) {
    put(directory_ / "7.manifest", "lianzheng report manifest 1\nfile 4 00 ../elsewhere\nmethod none\n");
    const auto found = problems(sealing_);
    EXPECT_EQ(found.front(), "added 7.csv");
    EXPECT_NE(std::find(found.begin(), found.end(), "malformed 7.manifest"), found.end());
    EXPECT_FALSE(verifyManifests(directory_ / "nowhere", sealing_));
}

}  // namespace
}  // namespace lianzheng
