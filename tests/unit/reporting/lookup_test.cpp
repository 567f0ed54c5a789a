#include <gtest/gtest.h>

#include "gateway/reporting/lookup_answer.h"
#include "gateway/reporting/lookup_line.h"

namespace lianzheng {
namespace {

using Kind = LookupLine::Kind;
using Why = LookupLine::Why;

LookupLine read(std::string_view text, bool first = false) {
    return readLookupLine(text, CertificateType::Anguan, first);
}

TEST(LookupLineTest, ANumberInAnySpellingAnywhereOnTheLine) {
    for (const char* text :
         {"鲁建安B（2023）0000001", "鲁建安b(2023)0000001", "3,鲁建安B(2023)0000001,张三", "\"鲁建安B（2023）0000001\"",
          " 鲁建安B (2023) 0000001 ", "张三\t鲁建安Ｂ（２０２３）０００００01"}) {
        const LookupLine line = read(text);
        EXPECT_EQ(line.kind, Kind::Number) << text;
        EXPECT_EQ(line.number, "鲁建安B（2023）0000001") << text;
    }
    EXPECT_EQ(read("鲁建安C（2020）0000001").number, "鲁建安C3（2020）0000001");
}

TEST(LookupLineTest, ANameWithTheEndOfAnIdentityNumber) {
    for (const char* text : {"张三,1234", "张三，1234", "张三;1234", "张三\t'1234", "7,张三,1234", "张三 1234",
                             "张三1234", "1234,张三", "\"张三\",\"1234\""}) {
        const LookupLine line = read(text);
        EXPECT_EQ(line.kind, Kind::Person) << text;
        EXPECT_EQ(line.name, "张三") << text;
        EXPECT_EQ(line.ending, "1234") << text;
    }
    EXPECT_EQ(read("张三,12345x").ending, "12345X");
    EXPECT_EQ(read("买买提·艾力,123X").name, "买买提·艾力");
}

TEST(LookupLineTest, AWholeIdentityNumberIsUnderstoodAndNeverShown) {
    const LookupLine line = read("张三,11010519491231002x");
    EXPECT_EQ(line.kind, Kind::Person);
    EXPECT_EQ(line.ending, "11010519491231002X");
    EXPECT_EQ(line.shown, "张三,110105********002x");
    EXPECT_EQ(read("李四,1101051949123100").kind, Kind::Unreadable);
    EXPECT_EQ(read("李四,1101051949123100").shown, "李四,110105******3100");
    EXPECT_EQ(read("李四,194912310021").shown, "李四,************");
}

TEST(LookupLineTest, WhatCannotBeReadSaysWhy) {
    EXPECT_EQ(read("张三").why, Why::NoEnding);
    EXPECT_EQ(read("张三,234").why, Why::ShortEnding);
    EXPECT_EQ(read("张三,12345678").why, Why::LongEnding);
    EXPECT_EQ(read("1234").why, Why::NoName);
    EXPECT_EQ(read("!!").why, Why::Nothing);
    EXPECT_EQ(read("\xff\xfe").why, Why::Encoding);
    for (const Why why : {Why::NoEnding, Why::ShortEnding, Why::LongEnding, Why::NoName, Why::Nothing, Why::Encoding,
                          Why::Malformed, Why::Several}) {
        EXPECT_FALSE(reasonOf(why).chinese.empty() || reasonOf(why).english.empty());
        EXPECT_FALSE(helpFor(why).chinese.empty() || helpFor(why).english.empty());
    }
}

TEST(LookupLineTest, ANumberMayHaveItsHoldersNameBesideIt) {
    for (const char* text : {"张三,鲁建安B（2023）0000001", "鲁建安B(2023)0000001 张三", "张三鲁建安B（2023）0000001",
                             "3;鲁建安B（2023）0000001;张三;山东一建有限公司", "张  三 鲁建安B（2023）0000001"}) {
        const LookupLine line = read(text);
        EXPECT_EQ(line.number, "鲁建安B（2023）0000001") << text;
        EXPECT_EQ(line.beside, std::vector<std::string>{"张三"}) << text;
        EXPECT_EQ(line.shown, text);
    }
    EXPECT_EQ(read("鲁建安B(2023)0000001 1234").number, "鲁建安B（2023）0000001");
    EXPECT_EQ(read("鲁建安B（2023）0000001,370523199001010460").shown, "鲁建安B(2023)0000001,370523********0460");
}

TEST(LookupLineTest, AMalformedNumberIsCalledSo) {
    for (const char* text : {"鲁建安A（2025）000036", "鲁建安A（2025）00000365", "鲁建安A〔2025〕0000365",
                             "鲁建安A[2025]0000365", "鲁建安A20250000365", "张三,鲁建安D（2025）0000365"}) {
        EXPECT_EQ(read(text).kind, Kind::Unreadable) << text;
        EXPECT_EQ(read(text).why, Why::Malformed) << text;
    }
    EXPECT_EQ(read("张三,1234,山东建安A公司").kind, Kind::Person);
    EXPECT_EQ(read("张三,1234,鲁建安全公司").kind, Kind::Person);
}

TEST(LookupLineTest, EachLineAsksAboutOneNumber) {
    EXPECT_EQ(read("鲁建安B（2023）0000001,鲁建安A（2023）0000002").why, Why::Several);
    EXPECT_EQ(read("鲁建安B（2023）0000001 鲁建安A(2023)0000002").why, Why::Several);
    EXPECT_EQ(read("鲁建安B（2023）0000001,鲁建安A（2023）000002").why, Why::Several);
    EXPECT_EQ(read("鲁建安B（2023）0000001,鲁建安b(2023)0000001").kind, Kind::Number);
}

TEST(LookupLineTest, BlanksWithinAChineseNameAreNone) {
    for (const char* text : {"谢  伟 0027", "谢　伟　0027", "谢 伟 0027"}) {
        EXPECT_EQ(read(text).name, "谢伟") << text;
        EXPECT_EQ(read(text).ending, "0027") << text;
    }
    EXPECT_EQ(read("谢伟 济南建工 0027").name, "谢伟");
}

TEST(LookupLineTest, OneLineThatCannotBeReadSpoilsNoOther) {
    const std::string utf8 = "张三,1234\n";
    const std::string gb18030 = "\xd5\xc5\xc8\xfd,1234\n";
    const std::vector<LookupLine> lines =
        readLookupLines(utf8 + "\xff\xff\xff\n" + gb18030 + utf8, CertificateType::Anguan);
    ASSERT_EQ(lines.size(), 4U);
    for (const std::size_t good : {0U, 2U, 3U}) EXPECT_EQ(lines[good].name, "张三") << good;
    EXPECT_EQ(lines[1].why, Why::Encoding);
}

TEST(LookupLineTest, EveryLineOfAFileComesBackInWhateverCharacterSet) {
    const std::string utf8 = "姓名,尾号\r\n张三,1234\n\n鲁建安B（2023）0000001";
    const std::string gb18030 =
        "\xd0\xd5\xc3\xfb,\xce\xb2\xba\xc5\r\n\xd5\xc5\xc8\xfd,1234\n\n\xc2\xb3\xbd\xa8\xb0\xb2"
        "B\xa3\xa8"
        "2023\xa3\xa9"
        "0000001";
    for (const std::string& file : {utf8, "\xEF\xBB\xBF" + utf8, gb18030}) {
        const std::vector<LookupLine> lines = readLookupLines(file, CertificateType::Anguan);
        ASSERT_EQ(lines.size(), 4U);
        EXPECT_EQ(lines[0].kind, Kind::Header);
        EXPECT_EQ(lines[1].name, "张三");
        EXPECT_EQ(lines[2].kind, Kind::Blank);
        EXPECT_EQ(lines[3].number, "鲁建安B（2023）0000001");
    }
    const std::vector<LookupLine> broken = readLookupLines("\xff\xff\xff\n" + utf8, CertificateType::Anguan);
    ASSERT_EQ(broken.size(), 5U);
    EXPECT_EQ(broken[0].why, Why::Encoding);
    EXPECT_TRUE(readLookupLines("", CertificateType::Anguan).empty());
}

TEST(LookupAnswerTest, WhatStandsInTheWayComesFirst) {
    const Date today = *Date::parse("2026-03-02");
    const auto word = [&](const KnownCertificate& known, bool licences = true) {
        return std::string(answerFor(known, today, licences, Language::Chinese).word);
    };
    KnownCertificate known;
    EXPECT_EQ(word(known), "not_found");
    known.ledger = LedgerEntry{};
    EXPECT_EQ(word(known), "not_registered");
    known.ledger->state = CertState::Valid;
    known.ledger->stage = Stage::WaitingLicence;
    known.ledger->expiringDate = "2026-03-02";
    EXPECT_EQ(word(known), "waiting_licence");
    EXPECT_EQ(word(known, false), "in_order");
    known.ledger->stage = Stage::Collected;
    EXPECT_EQ(word(known), "in_order");
    known.ledger->codeMissing = true;
    EXPECT_EQ(word(known), "code_missing");
    known.ledger->expiringDate = "2026-03-01";
    EXPECT_EQ(word(known), "past_end");
    known.ledger->state = CertState::Suspended;
    EXPECT_EQ(word(known), "suspended");
    known.ledger->state = CertState::TransferredOut;
    EXPECT_EQ(word(known), "ended");
    known.findings = {Finding{}, Finding{}};
    EXPECT_EQ(word(known), "different");
    EXPECT_NE(answerFor(known, today, true, Language::Chinese).reason.find("共 2 项"), std::string::npos);
    known.intent = OutboxRow{};
    EXPECT_EQ(word(known), "under_way");
    known.blocked = BlockedRow{};
    EXPECT_EQ(word(known), "blocked");
    EXPECT_TRUE(answerFor(known, today, true, Language::Chinese).attention);
}

}  // namespace
}  // namespace lianzheng
