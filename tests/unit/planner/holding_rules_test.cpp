#include "gateway/planner/holding_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

namespace lianzheng {
namespace {

using Set = std::vector<HeldCertificate>;

// ---- the six sentences once more, each about everything that counts, without a thought for how it came about ----

Set counting(const Set& all) {
    Set set;
    std::copy_if(all.begin(), all.end(), std::back_inserter(set), [](const HeldCertificate& one) {
        return one.state == CertState::Valid || one.state == CertState::Suspended;
    });
    return set;
}

Set ofPerson(const Set& all, const std::string& person) {
    Set set;
    std::copy_if(all.begin(), all.end(), std::back_inserter(set),
                 [&](const auto& one) { return one.person == person; });
    return set;
}

std::size_t many(const Set& set, const std::set<std::string>& categories) {
    return static_cast<std::size_t>(std::count_if(
        set.begin(), set.end(), [&](const HeldCertificate& one) { return categories.contains(one.category); }));
}

std::set<std::string> companiesOf(const Set& set, const std::set<std::string>& categories) {
    std::set<std::string> companies;
    for (const HeldCertificate& one : set) {
        if (categories.contains(one.category)) companies.insert(one.company);
    }
    return companies;
}

const std::set<std::string> kAnyC{"C1", "C2", "C3"};

bool brokenFor(const Set& own, const Set& all, int sentence) {
    switch (sentence) {
        case 1: {
            const auto others = std::count_if(own.begin(), own.end(),
                                              [](const auto& one) { return one.category == "A" && !*one.legal; });
            return many(own, {"A"}) != companiesOf(own, {"A"}).size() || others > 1;
        }
        case 2: {
            std::multiset<std::string> companies;
            for (const HeldCertificate& one : all) {
                if (one.category == "A" && *one.legal) companies.insert(one.company);
            }
            return std::any_of(companies.begin(), companies.end(),
                               [&](const auto& company) { return companies.count(company) > 1; });
        }
        case 3:
            return many(own, {"B"}) > 1;
        case 4:
            return many(own, {"C1", "C2"}) > 1;
        case 5:
            return many(own, {"C3"}) > 1 || (many(own, {"C3"}) == 1 && many(own, {"C1", "C2"}) > 0);
        case 6:
            return many(own, {"B"}) > 0 && many(own, kAnyC) > 0 &&
                   (companiesOf(own, {"B"}).size() > 1 || companiesOf(own, kAnyC).size() > 1 ||
                    companiesOf(own, {"B"}) != companiesOf(own, kAnyC));
        default:
            return false;
    }
}

/// "With A as well: at least one A at that company." Where B and C differ, that company is the candidate's, or the B's.
bool lacksItsA(const HeldCertificate& candidate, const Set& own) {
    if (many(own, {"A"}) == 0 || many(own, {"B"}) == 0 || many(own, kAnyC) == 0) return false;
    const auto there = candidate.category == "A" ? companiesOf(own, {"B"}) : std::set<std::string>{candidate.company};
    const auto at = companiesOf(own, {"A"});
    return std::none_of(at.begin(), at.end(), [&](const auto& company) { return there.contains(company); });
}

/// A sentence is broken by the candidate when some of the others keep it without him and break it with him.
std::set<int> brokenBy(const HeldCertificate& candidate, const Set& others) {
    std::set<int> sentences;
    const Set all = counting({candidate});
    if (all.empty()) return sentences;
    const Set held = counting(others);
    for (std::size_t chosen = 0; chosen < (std::size_t{1} << held.size()); ++chosen) {
        Set without;
        for (std::size_t i = 0; i < held.size(); ++i) {
            if ((chosen >> i & 1U) != 0) without.push_back(held[i]);
        }
        Set with = without;
        with.push_back(candidate);
        for (int sentence = 1; sentence <= 6; ++sentence) {
            if (brokenFor(ofPerson(with, candidate.person), with, sentence) &&
                !brokenFor(ofPerson(without, candidate.person), without, sentence)) {
                sentences.insert(sentence);
            }
        }
        if (without.size() == held.size() && lacksItsA(candidate, ofPerson(with, candidate.person)))
            sentences.insert(6);
    }
    return sentences;
}

// ---- every certificate there can be ----

Set everyCertificate(const std::vector<std::string>& persons, const std::vector<std::string>& companies,
                     const std::vector<CertState>& states) {
    Set all;
    for (const std::string& person : persons) {
        for (const std::string& company : companies) {
            for (const CertState state : states) {
                all.push_back({"", "A", person, company, true, state});
                all.push_back({"", "A", person, company, false, state});
                for (const char* category : {"B", "C1", "C2", "C3"}) {
                    all.push_back({"", category, person, company, false, state});
                }
            }
        }
    }
    for (std::size_t i = 0; i < all.size(); ++i) all[i].number = "n" + std::to_string(i);
    return all;
}

std::set<int> found(const HeldCertificate& candidate, const Set& others) {
    std::set<int> rules;
    for (const Breach& breach : breachesOf(candidate, others)) rules.insert(static_cast<int>(breach.rule));
    return rules;
}

std::string text(const HeldCertificate& one) {
    return one.category + (one.legal.value_or(false) ? "*" : "") + "@" + one.company + "/" + one.person + ":" +
           std::string(code(one.state));
}

const std::vector<CertState> kAllStates{CertState::None,           CertState::Valid,     CertState::Suspended,
                                        CertState::Revoked,        CertState::Cancelled, CertState::Lapsed,
                                        CertState::TransferredOut, CertState::Rescinded, CertState::Other};

HeldCertificate certificate(const std::string& number, const std::string& category, const std::string& company,
                            bool legal = false) {
    return {number, category, "p", company, legal, CertState::Valid};
}

}  // namespace

TEST(HoldingRulesTest, EveryPairBreaksWhatTheSentencesSay) {
    const Set all = everyCertificate({"p", "q"}, {"X", "Y"}, kAllStates);
    std::size_t broken = 0;
    for (HeldCertificate candidate : all) {
        candidate.number = "candidate";
        for (const HeldCertificate& other : all) {
            const auto expected = brokenBy(candidate, {other});
            broken += expected.empty() ? 0U : 1U;
            ASSERT_EQ(found(candidate, {other}), expected) << text(candidate) << " beside " << text(other);
        }
    }
    EXPECT_GT(broken, 300U);
}

TEST(HoldingRulesTest, EveryTripleBreaksWhatTheSentencesSay) {
    const std::vector<CertState> states{CertState::Valid, CertState::Suspended, CertState::Cancelled};
    const Set candidates = everyCertificate({"p"}, {"X"}, states);
    const Set all = everyCertificate({"p", "q"}, {"X", "Y", "Z"}, states);
    std::set<std::set<int>> seen;
    for (HeldCertificate candidate : candidates) {
        candidate.number = "candidate";
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t j = i; j < all.size(); ++j) {
                Set others{all[i], all[j]};
                if (i == j) others[1].number = "twin";
                const auto expected = brokenBy(candidate, others);
                seen.insert(expected);
                ASSERT_EQ(found(candidate, others), expected)
                    << text(candidate) << " beside " << text(others[0]) << " and " << text(others[1]);
            }
        }
    }
    for (const std::set<int>& together : {std::set<int>{1, 2}, {3}, {4}, {5}, {6}, {3, 6}, {4, 6}, {5, 6}}) {
        EXPECT_TRUE(seen.contains(together)) << *together.begin();
    }
}

TEST(HoldingRulesTest, EveryFourOfOnePersonBreakWhatTheSentencesSay) {
    const Set candidates = everyCertificate({"p"}, {"X"}, {CertState::Valid});
    const Set all = everyCertificate({"p"}, {"X", "Y"}, {CertState::Valid});
    std::set<std::set<int>> seen;
    for (HeldCertificate candidate : candidates) {
        candidate.number = "candidate";
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t j = i + 1; j < all.size(); ++j) {
                for (std::size_t k = j + 1; k < all.size(); ++k) {
                    const Set others{all[i], all[j], all[k]};
                    const auto expected = brokenBy(candidate, others);
                    seen.insert(expected);
                    ASSERT_EQ(found(candidate, others), expected) << text(candidate) << " beside " << text(others[0])
                                                                  << ", " << text(others[1]) << ", " << text(others[2]);
                }
            }
        }
    }
    EXPECT_TRUE(seen.contains({}));  // A, B and C at one company, and another A elsewhere
    EXPECT_TRUE(seen.contains({1, 6}));
}

TEST(HoldingRulesTest, WhatIsNotKnownBreaksNothing) {
    HeldCertificate unknown = certificate("a1", "A", "Y");
    unknown.legal.reset();
    EXPECT_TRUE(found(certificate("a2", "A", "X"), {unknown}).empty());
    unknown.company.clear();
    EXPECT_TRUE(found(certificate("a2", "A", "X", true), {unknown}).empty());
    EXPECT_TRUE(found(certificate("b1", "B", "X"), {certificate("c1", "C1", "")}).empty());
    EXPECT_TRUE(found(certificate("b1", "B", "X"), {certificate("c1", "C1", "X"), unknown}).empty());
    HeldCertificate nobodys = certificate("b2", "B", "X");
    nobodys.person.clear();
    EXPECT_TRUE(found(nobodys, {nobodys}).empty());
    nobodys.number = "b3";
    EXPECT_TRUE(found(nobodys, {certificate("b1", "B", "X")}).empty());
}

TEST(HoldingRulesTest, ACertificateIsNotInItsOwnWay) {
    EXPECT_TRUE(found(certificate("b1", "B", "Y"), {certificate("b1", "B", "X")}).empty());
}

TEST(HoldingRulesTest, TheAdviceNamesTheCertificateTheChangeAndWhoMakesIt) {
    struct Case {
        HeldCertificate candidate;
        Set others;
        std::string reason;
        std::string named;
        std::string change;
        Owner owner;
    };
    const std::vector<Case> cases{
        {certificate("a1", "A", "X"), {certificate("a2", "A", "X")}, "rule_1", "a2", "注销", Owner::Enterprise},
        {certificate("a1", "A", "X"), {certificate("a2", "A", "Y")}, "rule_1", "a2", "单位变更", Owner::Holder},
        {certificate("a1", "A", "X", true),
         {{"a2", "A", "q", "X", true, CertState::Valid}},
         "rule_2",
         "a2",
         "职务变更",
         Owner::Enterprise},
        {certificate("b1", "B", "X"), {certificate("b2", "B", "X")}, "rule_3", "b2", "注销", Owner::Holder},
        {certificate("c1", "C1", "X"),
         {certificate("c2", "C2", "X")},
         "rule_4",
         "c2",
         "合并为C3证",
         Owner::ProvinceCentre},
        {certificate("c1", "C1", "X"), {certificate("c2", "C1", "X")}, "rule_4", "c2", "注销", Owner::Holder},
        {certificate("c3", "C3", "X"), {certificate("c1", "C1", "X")}, "rule_5", "c1", "注销", Owner::ProvinceCentre},
        {certificate("c1", "C1", "X"), {certificate("c3", "C3", "X")}, "rule_5", "c3", "注销", Owner::Holder},
        {certificate("b1", "B", "X"), {certificate("c1", "C1", "Y")}, "rule_6", "c1", "单位变更", Owner::Holder},
        {certificate("c1", "C1", "X"),
         {certificate("b1", "B", "X"), certificate("a1", "A", "Y")},
         "rule_6",
         "a1",
         "B证和C证所在企业",
         Owner::Holder},
        {certificate("a1", "A", "Y"),
         {certificate("b1", "B", "X"), certificate("c1", "C1", "X")},
         "rule_6",
         "a1",
         "B证和C证所在企业",
         Owner::Holder},
    };
    for (const Case& one : cases) {
        const auto breaches = breachesOf(one.candidate, one.others);
        ASSERT_EQ(breaches.size(), 1U) << one.reason;
        const Advice advice = adviceFor(breaches.front(), one.candidate);
        EXPECT_EQ(advice.reason, one.reason);
        EXPECT_NE(advice.why.find(one.named), std::string::npos) << advice.why;
        EXPECT_NE(advice.why.find("第" + one.reason.substr(5) + "条"), std::string::npos) << advice.why;
        EXPECT_NE(advice.help.find(one.named), std::string::npos) << advice.help;
        EXPECT_NE(advice.help.find(one.change), std::string::npos) << advice.help;
        EXPECT_EQ(advice.owner, one.owner) << one.reason;
    }
}

TEST(HoldingRulesTest, ARecordIsReadAsTheRulesSeeIt) {
    Certificate record;
    record[Field::CertNum] = "鲁建安A（2023）0000001";
    record[Field::CategoryCode] = "A";
    record[Field::IdentityCard] = "p";
    record[Field::CreditCode] = "X";
    record[Field::CertState] = "02";
    EXPECT_EQ(heldOf(record),
              (HeldCertificate{"鲁建安A（2023）0000001", "A", "p", "X", std::nullopt, CertState::Suspended}));
    record[Field::Appointment] = "01";
    EXPECT_EQ(heldOf(record).legal, std::optional{true});
    record[Field::Appointment] = "02";
    EXPECT_EQ(heldOf(record).legal, std::optional{false});
}

}  // namespace lianzheng
