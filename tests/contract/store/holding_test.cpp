#include "tests/contract/store/store_fixture.h"

namespace lianzheng::test {
namespace {

class HoldingTest : public StoreTest {
protected:
    static Acknowledged record(const std::string& category, const std::string& person, const std::string& company,
                               const std::string& position) {
        Acknowledged acknowledged;
        acknowledged.known.set();
        acknowledged.record[Field::CategoryCode] = category;
        acknowledged.record[Field::IdentityCard] = person;
        acknowledged.record[Field::CreditCode] = company;
        acknowledged.record[Field::Appointment] = position;
        return acknowledged;
    }
    void hold(int serial, const Acknowledged& acknowledged, CertState state = CertState::Valid) {
        LedgerEntry entry = fullEntry(serial);
        entry.state = state;
        put({PutLedger{entry}, PutAcknowledged{entry.number, acknowledged}});
    }
    std::vector<std::string> numbersHeldBy(const std::string& person) {
        std::vector<std::string> numbers;
        const std::vector<HeldCertificate> all = store_->heldBy(person).value();
        for (const HeldCertificate& held : all) numbers.push_back(held.number);
        return numbers;
    }
    std::vector<std::string> numbersLegalAt(const std::string& company) {
        std::vector<std::string> numbers;
        const std::vector<HeldCertificate> all = store_->legalAt(company).value();
        for (const HeldCertificate& held : all) numbers.push_back(held.number);
        return numbers;
    }
};
using Numbers = std::vector<std::string>;
INSTANTIATE_TEST_SUITE_P(Both, HoldingTest, ::testing::Values(Dialect::Sqlite, Dialect::Postgres), dialectName);

TEST_P(HoldingTest, APersonsCertificatesAreFoundInWhateverState) {
    hold(2, record("C3", "p", "X", "08"), CertState::Cancelled);
    hold(1, record("B", "p", "X", "07"));
    hold(3, record("B", "q", "X", "07"));
    const std::vector<HeldCertificate> expected{{numberOf(1), "B", "p", "X", false, CertState::Valid},
                                                {numberOf(2), "C3", "p", "X", false, CertState::Cancelled}};
    EXPECT_EQ(store_->heldBy("p").value(), expected);
    EXPECT_TRUE(store_->heldBy("r").value().empty());
    EXPECT_TRUE(store_->heldBy("").value().empty());
    EXPECT_TRUE(store_->legalAt("X").value().empty());
}

TEST_P(HoldingTest, TheLegalRepresentativesOfACompanyAreFound) {
    hold(1, record("A", "p", "X", "01"));
    hold(2, record("A", "p", "Y", "01"));
    hold(3, record("A", "q", "X", "02"));
    const std::vector<HeldCertificate> expected{{numberOf(1), "A", "p", "X", true, CertState::Valid}};
    EXPECT_EQ(store_->legalAt("X").value(), expected);
    EXPECT_EQ(numbersHeldBy("p"), (Numbers{numberOf(1), numberOf(2)}));
    EXPECT_TRUE(store_->legalAt("").value().empty());
}

TEST_P(HoldingTest, TheyFollowEveryChangeOfTheRecord) {
    hold(1, record("A", "p", "X", "01"));
    hold(1, record("A", "p", "Y", "01"));
    EXPECT_EQ(numbersLegalAt("X"), Numbers{});
    EXPECT_EQ(numbersLegalAt("Y"), Numbers{numberOf(1)});
    hold(1, record("A", "p", "Y", "05"));
    EXPECT_EQ(numbersLegalAt("Y"), Numbers{});
    hold(1, record("A", "p2", "Y", "05"));
    EXPECT_EQ(numbersHeldBy("p"), Numbers{});
    EXPECT_EQ(numbersHeldBy("p2"), Numbers{numberOf(1)});
    put({RemoveLedger{numberOf(1)}});
    EXPECT_EQ(numbersHeldBy("p2"), Numbers{});
}

TEST_P(HoldingTest, WhatIsUnknownStaysUnknown) {
    Acknowledged adopted = record("A", "p", "X", "01");
    adopted.known.reset(static_cast<std::size_t>(Field::Appointment));
    hold(1, adopted);
    const std::vector<HeldCertificate> expected{{numberOf(1), "A", "p", "X", std::nullopt, CertState::Valid}};
    EXPECT_EQ(store_->heldBy("p").value(), expected);
    EXPECT_EQ(numbersLegalAt("X"), Numbers{});
    adopted.known.reset();
    hold(1, adopted);
    EXPECT_EQ(numbersHeldBy("p"), Numbers{});
}

TEST_P(HoldingTest, AStoreOfBeforeIsFilledByTheNextPusher) {
    for (int serial = 1; serial <= 2001; ++serial) hold(serial, record("B", "p", "X", "07"));
    database_.run("DELETE FROM holding");
    database_.run("DELETE FROM word WHERE name = 'holdings'");
    store_.reset();
    store_ = open();
    ASSERT_TRUE(store_->tryBecomePusher().value());
    EXPECT_EQ(numbersHeldBy("p").size(), 2001U);
}

TEST_P(HoldingTest, EveryIntentOfAPersonIsFound) {
    OutboxRow one = intent(1);
    OutboxRow two = intent(2);
    two.person = one.person;
    put({PutIntent{one}, PutIntent{two}, PutIntent{intent(3)}});
    const std::vector<OutboxRow> rows = store_->intentsOfPerson(one.person).value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].number, numberOf(1));
    EXPECT_EQ(rows[1].number, numberOf(2));
    EXPECT_TRUE(store_->intentsOfPerson("").value().empty());
}

}  // namespace
}  // namespace lianzheng::test
