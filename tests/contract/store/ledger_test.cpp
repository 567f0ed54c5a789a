#include "tests/contract/store/store_fixture.h"

namespace lianzheng::test {
namespace {

using LedgerTest = StoreTest;
INSTANTIATE_TEST_SUITE_P(Both, LedgerTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres), dialectName);

TEST_P(LedgerTest, AnEntryComesBackAsItWasPut) {
    LedgerEntry bare;
    bare.number = numberOf(2);
    put({PutLedger{fullEntry(1)}, PutLedger{bare}});
    EXPECT_EQ(store_->find(numberOf(1)).value(), fullEntry(1));
    EXPECT_EQ(store_->find(numberOf(2)).value(), bare);
    EXPECT_EQ(store_->find(numberOf(3)).value(), std::nullopt);
    EXPECT_EQ(store_->findBySourceKey("key-1").value(), fullEntry(1));
    EXPECT_EQ(store_->findBySourceKey("key-3").value(), std::nullopt);
    EXPECT_EQ(store_->ledgerSize().value(), 2U);
}

TEST_P(LedgerTest, AtAGlanceComesWhatIsRegisteredWithItsDigestOfThisMapping) {
    LedgerEntry sound = fullEntry(1);
    sound.digestVersion = kDigestVersion;
    LedgerEntry otherMapping = sound;
    otherMapping.number = numberOf(2);
    otherMapping.mappingVersion = "other";
    LedgerEntry observed = sound;
    observed.number = numberOf(3);
    observed.state = CertState::None;
    LedgerEntry otherDigest = sound;
    otherDigest.number = numberOf(4);
    otherDigest.digestVersion = kDigestVersion + 1;
    put({PutLedger{otherDigest}, PutLedger{observed}, PutLedger{otherMapping}, PutLedger{sound}});
    const std::vector<LedgerGlance> all{{sound.number, sound.state, sound.comparable},
                                        {otherMapping.number, sound.state, {}},
                                        {otherDigest.number, sound.state, {}}};
    std::vector<LedgerGlance> page(7);
    ASSERT_TRUE(store_->ledgerGlances("", 5, sound.mappingVersion, page));
    EXPECT_EQ(page, all);
    ASSERT_TRUE(store_->ledgerGlances("", 1, sound.mappingVersion, page));
    EXPECT_EQ(page, std::vector(all.begin(), all.begin() + 1));
    ASSERT_TRUE(store_->ledgerGlances(numberOf(1), 5, sound.mappingVersion, page));
    EXPECT_EQ(page, std::vector(all.begin() + 1, all.end()));
}

TEST_P(LedgerTest, PuttingAgainReplacesEverything) {
    put({PutLedger{fullEntry(1)}});
    LedgerEntry bare;
    bare.number = numberOf(1);
    put({PutLedger{bare}});
    EXPECT_EQ(store_->find(numberOf(1)).value(), bare);
    EXPECT_EQ(store_->ledgerSize().value(), 1U);
}

TEST_P(LedgerTest, OfTwoWordsOnACertificateInOneCommitTheLastStands) {
    LedgerEntry later = fullEntry(1);
    later.codeId = "later";
    Acknowledged first{fullRecord(1), {}};
    first.known.set();
    Acknowledged second = first;
    second.record[Field::IdentityCard] = "370101199001010011";
    put({PutLedger{fullEntry(1)}, PutAcknowledged{numberOf(1), first}, PutLedger{later},
         PutAcknowledged{numberOf(1), second}});
    EXPECT_EQ(store_->find(numberOf(1)).value(), later);
    EXPECT_EQ(store_->acknowledged(numberOf(1)).value().record, second.record);
    EXPECT_TRUE(store_->heldBy(first.record[Field::IdentityCard]).value().empty());
    EXPECT_EQ(store_->heldBy("370101199001010011").value().size(), 1U);
}

TEST_P(LedgerTest, WhatIsWrittenTogetherKeepsEveryByte) {
    // What an array's spelling is made of; and an empty text is none that is missing.
    const std::vector<std::string> texts{R"(a"b\"c)", "{d},NULL", "NULL", "", "\n\t ' :x", "鲁　（）"};
    std::vector<Change> changes;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        LedgerEntry entry = fullEntry(static_cast<int>(i));
        entry.codeId = texts[i];
        if (i % 2 == 0) entry.reviewAt.reset();
        changes.emplace_back(PutLedger{entry});
    }
    put(changes);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto entry = store_->find(numberOf(static_cast<int>(i))).value();
        ASSERT_TRUE(entry);
        EXPECT_EQ(entry->codeId, texts[i]);
        EXPECT_EQ(entry->reviewAt.has_value(), i % 2 != 0);
    }
}

TEST_P(LedgerTest, StandingsComeWithTheirRecordsInTheOrderAskedFor) {
    Acknowledged record{fullRecord(3), {}};
    record.known.set();
    put({PutLedger{fullEntry(1)}, PutLedger{fullEntry(2)}, PutLedger{fullEntry(3)},
         PutAcknowledged{numberOf(3), record}});
    const std::vector<std::string> asked{numberOf(3), numberOf(9), numberOf(1)};
    const auto standings = store_->standings(asked).value();
    ASSERT_EQ(standings.size(), 2U);
    EXPECT_EQ(standings[0].ledger, fullEntry(3));
    EXPECT_EQ(standings[0].acknowledged.record, record.record);
    EXPECT_EQ(standings[0].acknowledged.known, record.known);
    EXPECT_EQ(standings[1].ledger, fullEntry(1));
    EXPECT_TRUE(standings[1].acknowledged.known.none());
}

TEST_P(LedgerTest, ManyAreFoundInTheOrderAskedFor) {
    put({PutLedger{fullEntry(1)}, PutLedger{fullEntry(2)}, PutLedger{fullEntry(3)}});
    const std::vector<std::string> asked{numberOf(3), numberOf(9), numberOf(1)};
    const std::vector<LedgerEntry> expected{fullEntry(3), fullEntry(1)};
    EXPECT_EQ(store_->findMany(asked).value(), expected);
}

TEST_P(LedgerTest, PagesFollowTheBytesOfTheNumber) {
    // By bytes: Latin letters, then 京 (E4), then 鲁 (E9) with A before C1 before C3; a collation would mix these.
    const std::vector<std::string> ordered{"B（2023）1",
                                           "a（2023）1",
                                           "京建安A（2023）0000001",
                                           "鲁建安A（2023）0000001",
                                           "鲁建安C1（2023）0000001",
                                           "鲁建安C3（2022）0000009",
                                           "鲁建安C（2023）0000001"};
    std::vector<Change> changes;
    for (const std::size_t i : {4U, 0U, 6U, 2U, 5U, 1U, 3U}) {
        LedgerEntry entry;
        entry.number = ordered[i];
        changes.emplace_back(PutLedger{entry});
    }
    put(changes);
    std::vector<std::string> seen;
    std::vector<LedgerEntry> page;
    std::string after;
    do {
        ASSERT_TRUE(store_->ledgerPage(after, 3, page));
        for (const LedgerEntry& entry : page) seen.push_back(entry.number);
        if (!page.empty()) after = page.back().number;
    } while (!page.empty());
    EXPECT_EQ(seen, ordered);
}

TEST_P(LedgerTest, APageReusesItsMemoryAndForgetsWhatItHeld) {
    LedgerEntry bare;
    bare.number = numberOf(2);
    put({PutLedger{fullEntry(1)}, PutLedger{bare}, PutLedger{fullEntry(3)}});
    std::vector<LedgerEntry> page;
    ASSERT_TRUE(store_->ledgerPage("", 3, page));
    ASSERT_TRUE(store_->ledgerPage(numberOf(1), 3, page));
    const std::vector<LedgerEntry> expected{bare, fullEntry(3)};
    EXPECT_EQ(page, expected);
}

TEST_P(LedgerTest, WhatWasAcknowledgedComesBackExactly) {
    Acknowledged acknowledged;
    acknowledged.record = fullRecord(1);
    acknowledged.known.set(0).set(21);
    put({PutAcknowledged{numberOf(1), acknowledged}});
    EXPECT_EQ(store_->acknowledged(numberOf(1)).value(), acknowledged);
    EXPECT_EQ(store_->acknowledged(numberOf(2)).value(), Acknowledged{});
    acknowledged.known.set();
    put({PutAcknowledged{numberOf(1), acknowledged}});
    EXPECT_EQ(store_->acknowledged(numberOf(1)).value(), acknowledged);
}

TEST_P(LedgerTest, DirtyAndReviewedEntriesAreDueDirtyOnesFirst) {
    LedgerEntry later = fullEntry(1);
    LedgerEntry soon = fullEntry(2);
    soon.reviewAt = at(10);
    LedgerEntry sooner = fullEntry(3);
    sooner.reviewAt = at(5);
    LedgerEntry never = fullEntry(4);
    never.reviewAt.reset();
    put({PutLedger{later}, PutLedger{soon}, PutLedger{sooner}, PutLedger{never}, MarkDirty{numberOf(4)}});
    never.dirty = true;
    const std::vector<LedgerEntry> expected{never, sooner, soon};
    EXPECT_EQ(store_->due(at(10), 100).value(), expected);
    EXPECT_EQ(store_->due(at(10), 2).value().size(), 2U);
    EXPECT_EQ(store_->due(at(4), 100).value().size(), 1U);
    EXPECT_EQ(store_->nextDue(at(0)).value(), at(5));
    EXPECT_EQ(store_->nextDue(at(5)).value(), at(10));
    EXPECT_EQ(store_->nextDue(at(1000)).value(), std::nullopt);
}

TEST_P(LedgerTest, NextDueKnowsIntentsToo) {
    OutboxRow row = intent(1);
    row.dueAt = at(3);
    LedgerEntry entry = fullEntry(2);
    entry.reviewAt = at(5);
    put({PutIntent{row}, PutLedger{entry}});
    EXPECT_EQ(store_->nextDue(at(0)).value(), at(3));
    EXPECT_EQ(store_->nextDue(at(3)).value(), at(5));
}

TEST_P(LedgerTest, AnEntryWhoseStepMayHaveBeenSentIsNotDue) {
    put({PutLedger{fullEntry(1)}, MarkDirty{numberOf(1)}, PutIntent{intent(1)}});
    EXPECT_EQ(store_->due(at(0), 10).value().size(), 1U);
    const OutboxRow row = intentOf(1);
    put({MoveIntent{row.id, OutboxState::Queued, OutboxState::Sending, 0, 1, at(0)}});
    EXPECT_TRUE(store_->due(at(2000), 10).value().empty());
    put({MoveIntent{row.id, OutboxState::Sending, OutboxState::Unconfirmed, 0, 1, at(0)}});
    EXPECT_TRUE(store_->due(at(2000), 10).value().empty());
    put({RemoveIntent{row.id, OutboxState::Unconfirmed}});
    EXPECT_EQ(store_->due(at(0), 10).value().size(), 1U);
}

TEST_P(LedgerTest, AForgottenEntryLeavesNothingBehind) {
    Acknowledged record;
    record.record = fullRecord(1);
    record.known.set();
    put({PutLedger{fullEntry(1)}, PutAcknowledged{numberOf(1), record}, PutLedger{fullEntry(2)}});
    put({RemoveLedger{numberOf(1)}, RemoveLedger{numberOf(3)}});
    EXPECT_EQ(store_->find(numberOf(1)).value(), std::nullopt);
    EXPECT_EQ(store_->acknowledged(numberOf(1)).value(), Acknowledged{});
    EXPECT_EQ(store_->ledgerSize().value(), 1U);
}

TEST_P(LedgerTest, AnEntryWithAnIntentIsNotForgotten) {
    put({PutLedger{fullEntry(1)}, PutIntent{intent(1)}});
    EXPECT_EQ(refusal({RemoveLedger{numberOf(1)}}), "in_flight");
    EXPECT_EQ(store_->find(numberOf(1)).value(), fullEntry(1));
}

TEST_P(LedgerTest, MarkingDirtyChangesNothingElse) {
    put({PutLedger{fullEntry(1)}, MarkDirty{numberOf(1)}, MarkDirty{numberOf(2)}});
    LedgerEntry expected = fullEntry(1);
    expected.dirty = true;
    EXPECT_EQ(store_->find(numberOf(1)).value(), expected);
    EXPECT_EQ(store_->ledgerSize().value(), 1U);
}

TEST_P(LedgerTest, OnlyBlockedRelativesBecomeDirty) {
    std::vector<Change> changes;
    for (int i = 1; i <= 6; ++i) changes.emplace_back(PutLedger{fullEntry(i)});
    BlockedRow samePerson = blockedRow(1);
    samePerson.person = "p";
    BlockedRow sameCompany = blockedRow(2);
    sameCompany.company = "c";
    BlockedRow itself = blockedRow(3);
    itself.person = "p";
    BlockedRow nameless = blockedRow(4);
    nameless.person.clear();
    nameless.company.clear();
    for (const BlockedRow& row : {samePerson, sameCompany, itself, nameless, blockedRow(5)}) {
        changes.emplace_back(PutBlocked{row});
    }
    changes.emplace_back(MarkRelatedDirty{"p", "c", numberOf(3)});
    changes.emplace_back(MarkRelatedDirty{"", "", ""});
    put(changes);
    std::vector<std::string> dirty;
    const std::vector<LedgerEntry> rows = store_->due(at(0), 100).value();
    for (const LedgerEntry& entry : rows) dirty.push_back(entry.number);
    const std::vector<std::string> expected{numberOf(1), numberOf(2)};
    EXPECT_EQ(dirty, expected);
}

TEST_P(LedgerTest, TextThatIsNoTextStopsNothing) {
    LedgerEntry entry = fullEntry(1);
    entry.sourceKey = "key\xFF";
    Acknowledged acknowledged;
    acknowledged.record[Field::Name] = std::string("\xC3\x28\0x", 4);
    put({PutLedger{entry}, PutAcknowledged{entry.number, acknowledged}});
    EXPECT_TRUE(store_->findBySourceKey("key\xFF").value().has_value());
    EXPECT_EQ(store_->acknowledged(entry.number).value(), acknowledged);
}

}  // namespace
}  // namespace lianzheng::test
