#include "gateway/store/step_codec.h"

#include <gtest/gtest.h>

#include "adapters/runtime/random.h"
#include "gateway/store/packed_text.h"

namespace lianzheng {
namespace {

/// Any bytes at all, so that nothing in the form can be mistaken for content.
std::string anyText(SeededRandom& random) {
    static constexpr std::string_view kPieces[] = {"\t", "\\", "\n",   "\r",   "\\x41", "鲁建安B（2023）0000001", "",
                                                   "a",  " ",  "\xFF", "\xC3", "𠮷",    std::string_view("\0", 1)};
    std::string text;
    for (std::uint64_t left = random.next() % 6; left > 0; --left) text += kPieces[random.next() % std::size(kPieces)];
    return text;
}

Certificate anyRecord(SeededRandom& random) {
    Certificate record;
    for (const Field field : kFields) record[field] = anyText(random);
    return record;
}

Digest anyDigest(SeededRandom& random) { return {.high = random.next(), .low = random.next()}; }

Request anyRequest(SeededRandom& random) {
    const auto type = static_cast<OperateType>(1 + random.next() % 10);
    const auto assign = [&] {
        return AssignCode{.eCertId = anyText(random),
                          .operateType = type,
                          .record = anyRecord(random),
                          .photo = anyText(random),
                          .associatedZzeCertId = anyText(random),
                          .oldCertNum = anyText(random)};
    };
    switch (random.next() % 8) {
        case 0:
            return assign();
        case 1:
            return CheckAdmission{.eCertId = anyText(random),
                                  .operateType = type,
                                  .record = anyRecord(random),
                                  .oldCertNum = anyText(random)};
        case 2:
            return CollectLicence{.codeId = anyText(random), .zzeCertId = anyText(random), .url = anyText(random)};
        case 3:
            return UpdateState{.eCertId = anyText(random),
                               .operateType = type,
                               .record = anyRecord(random),
                               .zzeCertId = anyText(random)};
        case 4:
            return ChangeIdentity{.eCertId = anyText(random), .record = anyRecord(random), .url = anyText(random)};
        case 5:
            return QueryCertificate{.certNum = anyText(random), .identityCard = anyText(random)};
        case 6: {
            ChangeEmployer employer;
            for (std::uint64_t left = random.next() % 3; left > 0; --left) employer.certificates.push_back(assign());
            return employer;
        }
        default:
            return QueryTransferIns{.provinceNum = anyText(random),
                                    .page = random.next() % 1000,
                                    .pageSize = random.next() % 100,
                                    .certNum = anyText(random)};
    }
}

bool same(const AssignCode& a, const AssignCode& b) {
    return a.eCertId == b.eCertId && a.operateType == b.operateType && a.record == b.record && a.photo == b.photo &&
           a.associatedZzeCertId == b.associatedZzeCertId && a.oldCertNum == b.oldCertNum;
}
bool same(const CheckAdmission& a, const CheckAdmission& b) {
    return a.eCertId == b.eCertId && a.operateType == b.operateType && a.record == b.record &&
           a.oldCertNum == b.oldCertNum;
}
bool same(const CollectLicence& a, const CollectLicence& b) {
    return a.codeId == b.codeId && a.zzeCertId == b.zzeCertId && a.url == b.url;
}
bool same(const UpdateState& a, const UpdateState& b) {
    return a.eCertId == b.eCertId && a.operateType == b.operateType && a.record == b.record &&
           a.zzeCertId == b.zzeCertId;
}
bool same(const ChangeIdentity& a, const ChangeIdentity& b) {
    return a.eCertId == b.eCertId && a.record == b.record && a.url == b.url;
}
bool same(const QueryCertificate& a, const QueryCertificate& b) {
    return a.certNum == b.certNum && a.identityCard == b.identityCard;
}
bool same(const ChangeEmployer& a, const ChangeEmployer& b) {
    return std::equal(a.certificates.begin(), a.certificates.end(), b.certificates.begin(), b.certificates.end(),
                      [](const AssignCode& left, const AssignCode& right) { return same(left, right); });
}

bool same(const QueryTransferIns& a, const QueryTransferIns& b) {
    return a.provinceNum == b.provinceNum && a.page == b.page && a.pageSize == b.pageSize && a.certNum == b.certNum;
}
bool same(const Request& a, const Request& b) {
    return a.index() == b.index() && std::visit([&]<class T>(const T& left) { return same(left, std::get<T>(b)); }, a);
}

TEST(StepCodecTest, EveryStepComesBackAsItWas) {
    SeededRandom random(20260301);
    for (int i = 0; i < 2000; ++i) {
        Step step;
        step.request = anyRequest(random);
        step.after = static_cast<CertState>(random.next() % 8);
        step.lane = static_cast<Lane>(random.next() % 5);
        step.releasing = random.next() % 2 == 0;
        step.dueToDate = random.next() % 2 == 0;
        step.fields = anyText(random);
        step.seen = anyDigest(random);
        step.push = i % 3 == 0 ? Digest{} : anyDigest(random);
        step.comparable = anyDigest(random);
        step.photoVersion = anyText(random);
        const Result<Step> back = decodeStep(encodeStep(step));
        ASSERT_TRUE(back) << i;
        EXPECT_TRUE(same(back->request, step.request)) << i;
        EXPECT_EQ(back->after, step.after);
        EXPECT_EQ(back->lane, step.lane);
        EXPECT_EQ(back->releasing, step.releasing);
        EXPECT_EQ(back->dueToDate, step.dueToDate);
        EXPECT_EQ(back->fields, step.fields);
        EXPECT_EQ(back->seen, step.seen);
        EXPECT_EQ(back->push, step.push);
        EXPECT_EQ(back->comparable, step.comparable);
        EXPECT_EQ(back->photoVersion, step.photoVersion);
    }
}

TEST(StepCodecTest, WhatIsStoredIsTextThatEveryDatabaseTakes) {
    SeededRandom random(7);
    for (int i = 0; i < 500; ++i) {
        Step step;
        step.request = anyRequest(random);
        const std::string text = encodeStep(step);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t length = utf8Length(std::string_view(text).substr(at));
            ASSERT_GT(length, 0U) << i << " at " << at;
            at += length;
        }
    }
}

TEST(StepCodecTest, AcknowledgedRecordsComeBackAsTheyWere) {
    SeededRandom random(11);
    for (int i = 0; i < 200; ++i) {
        Acknowledged acknowledged;
        acknowledged.record = anyRecord(random);
        acknowledged.known = random.next() & ((1ULL << kFieldCount) - 1);
        const Result<Acknowledged> back = decodeAcknowledged(encodeAcknowledged(acknowledged));
        ASSERT_TRUE(back);
        EXPECT_EQ(*back, acknowledged);
    }
}

TEST(StepCodecTest, DamagedTextIsRefusedWhereverItIsCut) {
    Step step;
    SeededRandom random(13);
    AssignCode request;
    request.operateType = OperateType::Issue;
    request.record = anyRecord(random);
    step.request = request;
    const std::string text = encodeStep(step);
    ASSERT_TRUE(decodeStep(text));
    // The last value is a text of its own, so only cuts before its separator are surely seen.
    for (std::size_t length = 0; length < text.rfind('\t'); ++length) {
        EXPECT_FALSE(decodeStep(text.substr(0, length))) << length;
    }
    EXPECT_FALSE(decodeStep(text + "\tmore"));
    EXPECT_FALSE(decodeStep("2" + text.substr(1))) << "a later form";
    EXPECT_FALSE(decodeStep("1\tZ"));
    EXPECT_FALSE(decodeAcknowledged("1\t1\ta"));
    EXPECT_FALSE(decodeItems("1\t2\ta\tb\tc"));
    EXPECT_FALSE(decodeItems("1\t1\t\\q\tb\tc"));
    EXPECT_FALSE(decodeItems("1\t1\t\\x4\tb\tc"));
}

TEST(StepCodecTest, AnOperationStateOrLaneThatThereIsNotIsRefused) {
    const auto form = [](int type, int state, int lane) {
        Step step;
        step.request =
            UpdateState{.eCertId = "e", .operateType = static_cast<OperateType>(type), .record = {}, .zzeCertId = "z"};
        step.after = static_cast<CertState>(state);
        step.lane = static_cast<Lane>(lane);
        return encodeStep(step);
    };
    EXPECT_TRUE(decodeStep(form(10, 99, 4)));
    for (const std::string& text : {form(0, 1, 0), form(11, 1, 0), form(5, 8, 0), form(5, 100, 0), form(5, 1, 5)}) {
        const Result<Step> step = decodeStep(text);
        ASSERT_FALSE(step) << text;
        EXPECT_EQ(step.error().code, "step_form");
    }
}

TEST(StepCodecTest, AShorterRecordOfBeforeIsStillRead) {
    PackedWriter out;
    out.add(std::int64_t{1}).add(std::int64_t{2}).add("370000").add("n").add(std::int64_t{3});
    const Result<Acknowledged> read = decodeAcknowledged(out.take());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->record[Field::CertNum], "n");
    EXPECT_EQ(read->record[Field::Name], "");
    EXPECT_EQ(read->known.count(), 2U);
}

}  // namespace
}  // namespace lianzheng
