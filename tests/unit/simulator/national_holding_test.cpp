#include "tests/simulator/national/holding_rules.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/unit/simulator/national_samples.h"

namespace lianzheng::sim::national {

namespace {

std::string judged(const Holding& candidate, const std::vector<Holding>& own, const std::vector<Holding>& legal = {},
                   bool needsBoth = true) {
    const auto refusal = holdingRefusal(candidate, own, legal, needsBoth);
    return refusal ? refusal->kind : std::string{};
}

const Holding kLegalAtX{"a1", "A", "X", true};
const Holding kOtherAtX{"a2", "A", "X", false};
const Holding kOtherAtY{"a3", "A", "Y", false};
const Holding kLegalAtY{"a4", "A", "Y", true};
const Holding kBAtX{"b1", "B", "X", false};
const Holding kC1AtX{"c1", "C1", "X", false};
const Holding kC2AtX{"c2", "C2", "X", false};
const Holding kC3AtX{"c3", "C3", "X", false};
const Holding kC3AtY{"c4", "C3", "Y", false};

}  // namespace

TEST(NationalHoldingTest, Rule1SeveralAAtDifferentCompaniesOneOfThemNotAsLegalRepresentative) {
    EXPECT_EQ(judged(kLegalAtX, {kOtherAtY}), "");
    EXPECT_EQ(judged(kLegalAtX, {kLegalAtY}), "");
    EXPECT_EQ(judged(kOtherAtX, {kOtherAtY}), "rule_1");
    EXPECT_EQ(judged(kOtherAtX, {kLegalAtX}), "rule_1");
}

TEST(NationalHoldingTest, Rule2OneLegalRepresentativeACompany) {
    EXPECT_EQ(judged(kLegalAtX, {}, {{"other", "A", "X", true}}), kOtherLegalA);
    EXPECT_EQ(judged(kOtherAtX, {}, {{"other", "A", "X", true}}), "");
}

TEST(NationalHoldingTest, Rule3OneB) {
    EXPECT_EQ(judged({"b2", "B", "X", false}, {kBAtX}), kHasB);
    EXPECT_EQ(judged({"b2", "B", "X", false}, {}), "");
}

TEST(NationalHoldingTest, Rules4And5OneC) {
    EXPECT_EQ(judged(kC1AtX, {kC2AtX}), kHasCertificate);
    EXPECT_EQ(judged({"c9", "C1", "X", false}, {kC1AtX}), kHasCertificate);
    EXPECT_EQ(judged(kC3AtX, {kC1AtX}), kHasCertificate);
    EXPECT_EQ(judged(kC2AtX, {kC3AtX}), kHasCertificate);
    EXPECT_EQ(judged(kC3AtX, {kBAtX}), "");
}

TEST(NationalHoldingTest, Rule6BAndCAtOneCompanyAndAnABesideThem) {
    EXPECT_EQ(judged(kBAtX, {kC3AtY}), kSameCompany);
    EXPECT_EQ(judged(kC3AtY, {kBAtX}), kSameCompany);
    EXPECT_EQ(judged(kOtherAtY, {kBAtX, kC3AtX}), kSameCompany);
    EXPECT_EQ(judged(kC3AtX, {kBAtX, kOtherAtY}), kSameCompany);
    EXPECT_EQ(judged(kOtherAtY, {kLegalAtX, kBAtX, kC3AtX}), "");
    EXPECT_EQ(judged(kOtherAtX, {kBAtX, kC3AtX}), "");
    EXPECT_EQ(judged(kOtherAtY, {kBAtX}), "");
    EXPECT_EQ(judged(kOtherAtY, {kBAtX}, {}, false), kSameCompany);
}

TEST(NationalHoldingTest, RefusalsNameTheCertificateInTheWay) {
    const std::vector<Holding> own{kC1AtX};
    EXPECT_EQ(holdingRefusal(kC3AtX, own, {}, true)->text, "存在证书c1");
}

}  // namespace lianzheng::sim::national

namespace lianzheng::sim::national::samples {

TEST(NationalHoldingTest, TheRegistryLooksNationwideAndOnlyAtCertificatesThatCount) {
    Platform platform;
    EXPECT_EQ(platform.refusal(Operation::Assign, issueOf("A", 1, 1, 1, true)), "");
    EXPECT_NE(platform.refusal(Operation::Assign, issueOf("A", 2, 2, 1, true)).find(kOtherLegalA), std::string::npos);
    EXPECT_EQ(platform.refusal(Operation::Update, update(issueOf("A", 1, 1, 1, true), "03", "02", 9)), "");
    EXPECT_NE(platform.refusal(Operation::Assign, issueOf("A", 2, 2, 1, true)).find(kOtherLegalA), std::string::npos);
    EXPECT_EQ(platform.refusal(Operation::Update, update(issueOf("A", 1, 1, 1, true), "05", "06", 10)), "");
    EXPECT_EQ(platform.refusal(Operation::Assign, issueOf("A", 2, 2, 1, true)), "");
    // Taking back the release would give the company a second one.
    EXPECT_NE(
        platform.refusal(Operation::Update, update(issueOf("A", 1, 1, 1, true), "10", "01", 11)).find(kOtherLegalA),
        std::string::npos);
}

TEST(NationalHoldingTest, BAndCMoveTogetherInABatchOrNotAtAll) {
    Platform platform;
    ASSERT_EQ(platform.refusal(Operation::Assign, issueOf("B", 1, 1, 1)), "");
    ASSERT_EQ(platform.refusal(Operation::Assign, issueOf("C3", 2, 1, 1)), "");
    const Fields b = with(issueOf("B", 1, 1, 2), {{"eCertID", eventId(21)}, {"operateType", "09"}});
    const Fields c = with(issueOf("C3", 2, 1, 2), {{"eCertID", eventId(22)}, {"operateType", "09"}});
    EXPECT_NE(platform.refusal(Operation::Assign, b).find(kSameCompany), std::string::npos);
    const Reply half = platform.call(Operation::ChangeEmployer, {b, with(c, {{"name", ""}})});
    EXPECT_EQ(half.returnCode(), 0);
    EXPECT_TRUE(half.success.empty());
    EXPECT_EQ(platform.registry.find(certNum("B", 1))->at("creditCode"), company(1));
    const Reply moved = platform.call(Operation::ChangeEmployer, {b, c});
    EXPECT_EQ(moved.returnCode(), 1);
    EXPECT_EQ(moved.success.size(), 2U);
    EXPECT_EQ(platform.registry.find(certNum("B", 1))->at("creditCode"), company(2));
    EXPECT_EQ(platform.call(Operation::ChangeEmployer, {b, c}).success, moved.success);
    EXPECT_EQ(platform.registry.stats().repeated, 2U);
    const Fields stranger = with(issueOf("C3", 3, 9, 2), {{"operateType", "09"}});
    EXPECT_EQ(platform.call(Operation::ChangeEmployer, {b, stranger}).returnCode(), 0);
}

}  // namespace lianzheng::sim::national::samples
