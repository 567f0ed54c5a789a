#include "tests/contract/store/store_fixture.h"

namespace lianzheng::test {

LedgerEntry fullEntry(int serial) {
    LedgerEntry entry;
    entry.number = numberOf(serial);
    entry.sourceKey = "key-" + std::to_string(serial);
    entry.state = CertState::Other;
    entry.stage = Stage::WaitingLicence;
    entry.zzeCertId = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.002.S";
    entry.predecessorId = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U";
    entry.codeId = "code";
    entry.lastECertId = "0123456789abcdef0123456789abcdef";
    entry.expiringDate = "2026-05-31";
    entry.codeAt = at(1);
    entry.push = {.high = 0xFFFF'FFFF'FFFF'FFFFULL, .low = 1};
    entry.comparable = {.high = 0x8000'0000'0000'0000ULL, .low = 5'000'000'000ULL};
    entry.seen = {.high = 3, .low = 4};
    entry.photoVersion = "照片-3";
    entry.mappingVersion = "m1";
    entry.digestVersion = 1;
    entry.origin = Origin::Adopted;
    entry.authority = "370100";
    entry.endedByExpiry = true;
    entry.codeMissing = true;
    entry.reviewAt = at(1000);
    return entry;
}

Certificate fullRecord(int serial) {
    Certificate record;
    for (const Field field : kFields)
        record[field] = std::string(nationalName(field)) + "\t\\\n" + std::to_string(serial);
    return record;
}

OutboxRow intent(int serial, Lane lane, bool releasing) {
    OutboxRow row;
    row.number = numberOf(serial);
    row.sourceKey = "key-" + std::to_string(serial);
    row.person = "person-" + std::to_string(serial);
    row.company = "company";
    row.authority = "370100";
    row.eCertId = "e" + std::to_string(serial);
    row.step.request = AssignCode{.eCertId = row.eCertId,
                                  .operateType = OperateType::Issue,
                                  .record = fullRecord(serial),
                                  .photo = {},
                                  .associatedZzeCertId = "before",
                                  .oldCertNum = {}};
    row.step.after = CertState::Valid;
    row.step.lane = lane;
    row.step.releasing = releasing;
    row.photoReference = "photo-7";
    row.dueAt = at(0);
    row.createdAt = at(-5);
    row.reason = "change";
    return row;
}

Evidence evidence(int serial) {
    return {.requestId = "r" + std::to_string(serial),
            .operation = "assign",
            .sentAt = at(1),
            .answeredAt = at(2),
            .businessDigest = std::string(64, 'a'),
            .replyDigest = std::string(64, 'b'),
            .items = {{.number = numberOf(serial), .eCertId = "e" + std::to_string(serial), .verdict = "accepted"},
                      {.number = numberOf(serial + 1), .eCertId = "f", .verdict = "refused\t证书"}}};
}

BlockedRow blockedRow(int serial) {
    BlockedRow row;
    row.number = numberOf(serial);
    row.sourceKey = "key-" + std::to_string(serial);
    row.authority = "370100";
    row.person = "person-" + std::to_string(serial);
    row.company = "company-" + std::to_string(serial);
    row.advice = {.reason = "rule_6", .field = "creditCode", .why = "为何", .help = "怎么办", .owner = Owner::Holder};
    row.message = "必须在同一个企业下";
    row.origin = "platform";
    row.seen = {.high = 9, .low = 8};
    row.since = at(10);
    row.checkAt = at(500);
    return row;
}

StoreTest::StoreTest() {
    clock_.set(at(0));
    store_ = open();
    EXPECT_TRUE(store_->tryBecomePusher().value_or(false));
}

std::unique_ptr<SociStore> StoreTest::open() {
    auto store = std::make_unique<SociStore>(database_.address(), clock_, sealing_);
    const Status status = store->open();
    EXPECT_TRUE(status) << status.error().where << " " << status.error().code;
    return store;
}

void StoreTest::put(const std::vector<Change>& changes) {
    const Status status = store_->commit(changes);
    ASSERT_TRUE(status) << status.error().where << " " << status.error().code;
}

std::string StoreTest::refusal(const std::vector<Change>& changes) {
    const Status status = store_->commit(changes);
    return status ? "ok" : status.error().code;
}

OutboxRow StoreTest::intentOf(int serial) {
    const auto found = store_->intentOf(numberOf(serial));
    EXPECT_TRUE(found && *found) << serial;
    return found && *found ? **found : OutboxRow{};
}

std::vector<std::string> StoreTest::dueNumbers(TimePoint now, std::size_t limit) {
    std::vector<std::string> numbers;
    for (const Lane lane : {Lane::Enforcement, Lane::Manual, Lane::Fresh, Lane::Retry, Lane::Campaign}) {
        const auto rows = store_->dueIntents("assign", lane, now, limit - numbers.size());
        EXPECT_TRUE(rows);
        if (!rows) break;
        for (const OutboxRow& row : *rows) numbers.push_back(row.number);
    }
    return numbers;
}

}  // namespace lianzheng::test
