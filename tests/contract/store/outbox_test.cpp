#include "tests/contract/store/store_fixture.h"

#include "gateway/store/step_codec.h"

namespace lianzheng::test {
namespace {

using OutboxTest = StoreTest;
INSTANTIATE_TEST_SUITE_P(Both, OutboxTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres), dialectName);

using Numbers = std::vector<std::string>;

OutboxRow ofPerson(OutboxRow row, const std::string& person) {
    row.person = person;
    return row;
}

OutboxRow dueAt(OutboxRow row, TimePoint due) {
    row.dueAt = due;
    return row;
}

TEST_P(OutboxTest, AnIntentComesBackAsItWasPut) {
    OutboxRow row = intent(1, Lane::Manual, true);
    put({PutIntent{row}});
    const OutboxRow back = intentOf(1);
    EXPECT_GT(back.id, 0);
    EXPECT_EQ(back.number, row.number);
    EXPECT_EQ(back.sourceKey, row.sourceKey);
    EXPECT_EQ(back.person, row.person);
    EXPECT_EQ(back.company, row.company);
    EXPECT_EQ(back.authority, row.authority);
    EXPECT_EQ(back.eCertId, row.eCertId);
    EXPECT_EQ(encodeStep(back.step), encodeStep(row.step));
    EXPECT_EQ(back.photoReference, row.photoReference);
    EXPECT_EQ(back.state, OutboxState::Queued);
    EXPECT_EQ(back.dueAt, row.dueAt);
    EXPECT_EQ(back.createdAt, row.createdAt);
    EXPECT_EQ(back.reason, row.reason);
    EXPECT_FALSE(store_->intentOf(numberOf(2)).value().has_value());
}

TEST_P(OutboxTest, TheLatestWinsOverWhatWasNeverSent) {
    put({PutIntent{intent(1)}});
    OutboxRow newer = intent(1);
    newer.eCertId = "newer";
    put({PutIntent{newer}});
    EXPECT_EQ(intentOf(1).eCertId, "newer");
    EXPECT_EQ(store_->counts().value().at("outbox"), 1U);
}

TEST_P(OutboxTest, WhatMayHaveBeenSentIsNotReplaced) {
    put({PutIntent{intent(1)}});
    const OutboxRow row = intentOf(1);
    put({MoveIntent{row.id, OutboxState::Queued, OutboxState::Sending, 0, 1, at(0)}});
    EXPECT_EQ(refusal({PutLedger{fullEntry(7)}, PutIntent{intent(1)}}), "in_flight");
    put({MoveIntent{row.id, OutboxState::Sending, OutboxState::Unconfirmed, 1, 1, at(9)}});
    EXPECT_EQ(refusal({PutIntent{intent(1)}}), "in_flight");
    EXPECT_EQ(store_->find(numberOf(7)).value(), std::nullopt);
    const OutboxRow still = intentOf(1);
    EXPECT_EQ(still.id, row.id);
    EXPECT_EQ(still.state, OutboxState::Unconfirmed);
    EXPECT_EQ(still.attempts, 1);
    EXPECT_EQ(still.sends, 1);
    EXPECT_EQ(still.dueAt, at(9));
}

TEST_P(OutboxTest, AMoveStatesWhereItComesFrom) {
    put({PutIntent{intent(1)}});
    const std::int64_t id = intentOf(1).id;
    EXPECT_EQ(refusal({MoveIntent{id, OutboxState::Sending, OutboxState::Queued, 0, 0, at(0)}}), "outbox_state");
    EXPECT_EQ(refusal({MoveIntent{id + 1, OutboxState::Queued, OutboxState::Sending, 0, 0, at(0)}}), "outbox_state");
    EXPECT_EQ(refusal({RemoveIntent{id, OutboxState::Sending}}), "outbox_state");
    put({RemoveIntent{id, OutboxState::Queued}});
    EXPECT_EQ(refusal({RemoveIntent{id, OutboxState::Queued}}), "outbox_state");
    EXPECT_FALSE(store_->intentOf(numberOf(1)).value().has_value());
}

TEST_P(OutboxTest, AnIntentMovedAndRemovedInOneCommitIsGone) {
    put({PutIntent{intent(1)}, PutIntent{intent(2)}});
    const std::int64_t id = intentOf(1).id;
    put({MoveIntent{id, OutboxState::Queued, OutboxState::Sending, 0, 1, at(0)},
         MoveIntent{intentOf(2).id, OutboxState::Queued, OutboxState::Sending, 0, 1, at(0)},
         RemoveIntent{id, OutboxState::Sending}});
    EXPECT_FALSE(store_->intentOf(numberOf(1)).value().has_value());
    EXPECT_EQ(intentOf(2).state, OutboxState::Sending);
}

TEST_P(OutboxTest, OneThatIsNotWhereItIsExpectedUndoesAllOfItsKind) {
    put({PutIntent{intent(1)}, PutIntent{intent(2)}});
    const std::vector<Change> changes{
        MoveIntent{intentOf(1).id, OutboxState::Queued, OutboxState::Sending, 0, 1, at(0)},
        MoveIntent{intentOf(2).id, OutboxState::Unconfirmed, OutboxState::Queued, 0, 1, at(0)}};
    EXPECT_EQ(refusal(changes), "outbox_state");
    EXPECT_EQ(intentOf(1).state, OutboxState::Queued);
}

TEST_P(OutboxTest, ThePicturesDigestIsKeptUntilAnotherIsSent) {
    const Digest first{0xFEDCBA9876543210U, 7};
    const Digest second{1, 2};
    put({PutIntent{intent(1)}});
    const std::int64_t id = intentOf(1).id;
    EXPECT_TRUE(intentOf(1).photo.none());
    put({MoveIntent{id, OutboxState::Queued, OutboxState::Sending, 0, 1, at(0), first}});
    EXPECT_EQ(intentOf(1).photo, first);
    put({MoveIntent{id, OutboxState::Sending, OutboxState::Queued, 0, 0, at(0)}});
    EXPECT_EQ(intentOf(1).photo, first);
    put({MoveIntent{id, OutboxState::Queued, OutboxState::Sending, 0, 1, at(0), second}});
    EXPECT_EQ(intentOf(1).photo, second);
}

TEST_P(OutboxTest, AnIdIsNeverGivenTwice) {
    put({PutIntent{intent(1)}});
    const std::int64_t first = intentOf(1).id;
    put({RemoveIntent{first, OutboxState::Queued}, PutIntent{intent(2)}});
    EXPECT_GT(intentOf(2).id, first);
}

TEST_P(OutboxTest, DueOnesComeByLaneThenReleasingThenAge) {
    put({PutIntent{intent(1, Lane::Campaign)}, PutIntent{intent(2, Lane::Fresh)},
         PutIntent{intent(3, Lane::Fresh, true)}, PutIntent{intent(4, Lane::Enforcement)},
         PutIntent{intent(5, Lane::Fresh)}, PutIntent{intent(6, Lane::Manual)},
         PutIntent{dueAt(intent(7, Lane::Enforcement), at(1))}});
    const Numbers expected{numberOf(4), numberOf(6), numberOf(3), numberOf(2), numberOf(5), numberOf(1)};
    EXPECT_EQ(dueNumbers(at(0)), expected);
    const Numbers firstTwo{numberOf(4), numberOf(6)};
    EXPECT_EQ(dueNumbers(at(0), 2), firstTwo);
    EXPECT_EQ(dueNumbers(at(1)).front(), numberOf(4));
    EXPECT_EQ(dueNumbers(at(1)).size(), 7U);
}

TEST_P(OutboxTest, AQueueIsOneOperationsInOneLane) {
    OutboxRow collect = intent(4, Lane::Campaign);
    collect.step.request = CollectLicence{"code", "identifier", "url"};
    put({PutIntent{intent(1, Lane::Campaign)}, PutIntent{intent(2)}, PutIntent{intent(3, Lane::Campaign, true)},
         PutIntent{collect}, PutIntent{dueAt(intent(5, Lane::Campaign), at(1))}});
    const auto queue = [&](std::string_view operation, std::size_t limit) {
        Numbers numbers;
        const auto rows = store_->dueIntents(operation, Lane::Campaign, at(0), limit);
        for (const OutboxRow& row : rows.value()) numbers.push_back(row.number);
        return numbers;
    };
    const Numbers expected{numberOf(3), numberOf(1)};
    EXPECT_EQ(queue("assign", 10), expected);
    EXPECT_EQ(queue("assign", 1), Numbers{numberOf(3)});
    EXPECT_EQ(queue("collect", 10), Numbers{numberOf(4)});
    EXPECT_EQ(queue("update", 10), Numbers{});
}

TEST_P(OutboxTest, WhatWasTriedInVainStepsBackBehindWhatIsFresh) {
    put({PutIntent{intent(1)}, PutIntent{intent(2, Lane::Manual)}, PutIntent{intent(3)}});
    std::vector<Change> changes;
    for (const int serial : {1, 2, 3}) {
        const std::int64_t id = intentOf(serial).id;
        put({MoveIntent{id, OutboxState::Queued, OutboxState::Sending, 0, 1, at(0)}});
        changes.emplace_back(
            MoveIntent{id, OutboxState::Sending, OutboxState::Unconfirmed, serial == 3 ? 0 : 1, 1, at(0)});
    }
    put(changes);
    const auto inLane = [&](Lane lane) { return store_->dueIntents("assign", lane, at(0), 10).value().size(); };
    EXPECT_EQ(inLane(Lane::Retry), 1U);
    EXPECT_EQ(inLane(Lane::Manual), 1U);
    EXPECT_EQ(inLane(Lane::Fresh), 1U);
}

TEST_P(OutboxTest, AQueueKnowsThePersonsOtherSteps) {
    OutboxRow collect = ofPerson(intent(2, Lane::Manual), "p");
    collect.step.request = CollectLicence{"code", "identifier", "url"};
    put({PutIntent{ofPerson(intent(1), "p")}, PutIntent{collect}});
    EXPECT_TRUE(store_->dueIntents("assign", Lane::Fresh, at(0), 10).value().empty());
    EXPECT_EQ(store_->dueIntents("collect", Lane::Manual, at(0), 10).value().size(), 1U);
}

TEST_P(OutboxTest, AnOlderStoresIntentsGetTheirOperation) {
    OutboxRow collect = intent(2);
    collect.step.request = CollectLicence{"code", "identifier", "url"};
    put({PutIntent{intent(1)}, PutIntent{collect}});
    store_.reset();
    database_.run("DROP INDEX outbox_queue");
    database_.run("ALTER TABLE outbox DROP COLUMN operation");
    database_.run("DROP TABLE pace");
    database_.run("DROP INDEX attempt_unknown");
    database_.run("DROP TABLE finding_life");
    database_.run("DROP TABLE finding_event");
    database_.run("DROP TABLE look");
    database_.run("ALTER TABLE attempt DROP COLUMN decided_at");
    database_.run("UPDATE lianzheng_schema SET version = 4 WHERE name = 'store'");
    store_ = open();
    EXPECT_EQ(store_->dueIntents("assign", Lane::Fresh, at(0), 10).value().size(), 1U);
    EXPECT_EQ(store_->dueIntents("collect", Lane::Fresh, at(0), 10).value().size(), 1U);
}

TEST_P(OutboxTest, WhatWasFoundOfAPaceIsKept) {
    EXPECT_TRUE(store_->paces().value().empty());
    put({PutPace{PaceRow{.operation = "collect", .credential = "a", .at = at(1)}},
         PutPace{PaceRow{"assign", "a", 4.875, 5.01, at(2), 4.5, 3, at(9), at(3)}}});
    put({PutPace{PaceRow{"collect", "a", 49, 50, std::nullopt, 0, 0, std::nullopt, at(4)}}});
    const std::vector<PaceRow> rows = store_->paces().value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].operation, "assign");
    EXPECT_EQ(rows[0].credential, "a");
    EXPECT_DOUBLE_EQ(rows[0].base, 4.875);
    EXPECT_DOUBLE_EQ(rows[0].limit, 5.01);
    EXPECT_EQ(rows[0].limitAt, at(2));
    EXPECT_DOUBLE_EQ(rows[0].lately, 4.5);
    EXPECT_EQ(rows[0].failures, 3);
    EXPECT_EQ(rows[0].closedTill, at(9));
    EXPECT_EQ(rows[0].at, at(3));
    EXPECT_DOUBLE_EQ(rows[1].base, 49);
    EXPECT_EQ(rows[1].closedTill, std::nullopt);
}

TEST_P(OutboxTest, OneAPersonAndTheFirstOfHis) {
    put({PutIntent{ofPerson(intent(1), "p")}, PutIntent{ofPerson(intent(2), "p")},
         PutIntent{ofPerson(intent(3, Lane::Manual), "p")}, PutIntent{intent(4)}});
    const Numbers expected{numberOf(3), numberOf(4)};
    EXPECT_EQ(dueNumbers(at(0)), expected);
}

TEST_P(OutboxTest, PeopleWhoAreNotKnownAreNotOnePerson) {
    put({PutIntent{ofPerson(intent(1), "")}, PutIntent{ofPerson(intent(2), "")}});
    EXPECT_EQ(dueNumbers(at(0)).size(), 2U);
    EXPECT_EQ(intentOf(1).person, "");
}

TEST_P(OutboxTest, AReleasingStepGoesFirstAndHoldsTheOthersWhileItWaits) {
    put({PutIntent{ofPerson(intent(1, Lane::Manual), "p")},
         PutIntent{dueAt(ofPerson(intent(2, Lane::Fresh, true), "p"), at(5))}, PutIntent{intent(3)}});
    EXPECT_EQ(dueNumbers(at(0)), Numbers{numberOf(3)});
    const Numbers expected{numberOf(2), numberOf(3)};
    EXPECT_EQ(dueNumbers(at(5)), expected);
}

TEST_P(OutboxTest, OneInTheAirHoldsItsPersonAndIsNotSentTwice) {
    put({PutIntent{ofPerson(intent(1), "p")}, PutIntent{ofPerson(intent(2, Lane::Enforcement, true), "p")}});
    put({MoveIntent{intentOf(1).id, OutboxState::Queued, OutboxState::Sending, 0, 1, at(0)}});
    EXPECT_EQ(dueNumbers(at(100)), Numbers{});
}

TEST_P(OutboxTest, AnUnconfirmedOneIsResolvedBeforeAnythingElseOfItsPerson) {
    put({PutIntent{ofPerson(intent(1), "p")}, PutIntent{ofPerson(intent(2, Lane::Enforcement, true), "p")}});
    put({MoveIntent{intentOf(1).id, OutboxState::Queued, OutboxState::Sending, 0, 1, at(0)}});
    put({MoveIntent{intentOf(1).id, OutboxState::Sending, OutboxState::Unconfirmed, 0, 1, at(7)}});
    EXPECT_EQ(dueNumbers(at(6)), Numbers{});
    EXPECT_EQ(dueNumbers(at(7)), Numbers{numberOf(1)});
    put({RemoveIntent{intentOf(1).id, OutboxState::Unconfirmed}});
    EXPECT_EQ(dueNumbers(at(7)), Numbers{numberOf(2)});
}

TEST_P(OutboxTest, AStepThatCannotBeReadIsCorruptNotLost) {
    put({PutIntent{intent(1)}});
    database_.run("UPDATE outbox SET step = '1\tZ'");
    EXPECT_EQ(store_->intentOf(numberOf(1)).error().code, "step_form");
    EXPECT_EQ(store_->dueIntents("assign", Lane::Fresh, at(0), 10).error().fault, Fault::Corrupt);
    EXPECT_EQ(store_->counts().value().at("outbox"), 1U);
}

}  // namespace
}  // namespace lianzheng::test
