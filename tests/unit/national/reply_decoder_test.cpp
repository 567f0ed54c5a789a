#include "adapters/national/reply_decoder.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/national/reply_texts.h"

namespace lianzheng {
namespace {

using enum Fault;
using Kind = Verdict::Kind;

Result<Verdict> decoded(const Request& request, const std::string& body) {
    static const CodeKey key = CodeKey::load(codePair().privatePem).value();
    static ReplyDecoder decoder(key);
    return decoder.decode(request, body);
}

template <class Call>
Call event() {
    Call call;
    call.eCertId = "e1";
    return call;
}

const Request kAssign = event<AssignCode>();
const Request kUpdate = event<UpdateState>();
const Request kCheck = event<CheckAdmission>();
const Request kIdentity = event<ChangeIdentity>();
const Request kCollect = CollectLicence{.codeId = "c1", .zzeCertId = "z1", .url = ""};
const Request kQuery = QueryCertificate{.certNum = "n1", .identityCard = ""};
const Request kTransfers = QueryTransferIns{.provinceNum = "370000"};
const Request kAll[] = {kAssign, kUpdate, kCheck, kIdentity, kCollect, kQuery, kTransfers};

void expectMalformed(const Request& request, const std::string& body) {
    const auto verdict = decoded(request, body);
    ASSERT_FALSE(verdict) << body;
    EXPECT_EQ(verdict.error().fault, writes(request) ? InDoubt : Unavailable) << body;
    EXPECT_TRUE(verdict.error().code.starts_with("malformed_")) << verdict.error().code;
    EXPECT_EQ(verdict.error().where, "national." + std::string(operationName(request)));
}

TEST(ReplyDecoderTest, EveryShapeOfSuccessIsAccepted) {
    std::vector<std::string> plain;
    for (const char* code : {R"("1")", "1"}) {
        for (const char* none : {"null", R"("")", "{}", R"({"SuccessData":[]})", R"({"WarnData":[],"ErrorData":[]})"}) {
            plain.push_back(reply(code, none));
        }
        plain.push_back(R"({"ReturnCode":)" + std::string(code) + "}");
        plain.push_back(R"({"ReturnCode":)" + std::string(code) + R"(,"ReturnMsg":null})");
        plain.push_back(R"({"ReturnCode":)" + std::string(code) + R"(,"unknown":{"x":[1]}})");
    }
    for (const Request& request : {kUpdate, kCheck, kIdentity, kCollect, kQuery}) {
        for (const std::string& body : plain) {
            for (const std::string& form : {body, wrapped(body), wrapped(body, R"({"code":1})")}) {
                const auto verdict = decoded(request, form);
                ASSERT_TRUE(verdict) << form << verdict.error().code;
                EXPECT_EQ(verdict->kind, Kind::Accepted) << form;
                EXPECT_EQ(verdict->message, "");
                EXPECT_EQ(verdict->holdings.has_value(), request.index() == kQuery.index());
            }
        }
    }
}

TEST(ReplyDecoderTest, AssigningBringsACodeInEveryShape) {
    for (const char* code : {R"("1")", "1", R"("2")", "2"}) {
        const std::string body = reply(code, R"({"SuccessData":[)" + codeItem() + "]}");
        for (const std::string& form : {body, wrapped(body), reply(code, data(codeItem()))}) {
            const auto verdict = decoded(kAssign, form);
            ASSERT_TRUE(verdict) << verdict.error().code;
            EXPECT_EQ(verdict->code.value().codeId, "CODE-1");
        }
    }
}

TEST(ReplyDecoderTest, AssigningWithoutItsOneReadableCodeIsMalformed) {
    const std::string good = codeItem();
    for (const std::string& success : {
             std::string{},
             codeItem("e2"),
             good + "," + good,
             std::string{R"({"eCertID":"e1"})"},
             std::string{R"({"eCertID":"e1","encryCertid":"00","encryKey":"AAAA"})"},
             std::string{R"({"eCertID":"e1","encryCertid":5,"encryKey":"AAAA"})"},
         }) {
        expectMalformed(kAssign, reply("1", data(success)));
    }
    for (const char* none : {"null", R"("")", "{}"}) expectMalformed(kAssign, reply("1", none));
}

TEST(ReplyDecoderTest, WarningsAreASuccess) {
    const auto verdict = decoded(kUpdate, reply(R"("2")", data("", warning("e1", "one") + "," + warning("e1", "two"))));
    EXPECT_EQ(verdict.value().kind, Kind::AcceptedWithWarnings);
    EXPECT_EQ(verdict->message, "one；two");
    EXPECT_EQ(decoded(kUpdate, reply("2", "null")).value().message, "said");
    EXPECT_EQ(decoded(kAssign, reply("2", data(codeItem(), warning("e1")))).value().message, "beware");
}

TEST(ReplyDecoderTest, ARefusalCarriesItsText) {
    const std::tuple<Request, std::string> named[] = {
        {kAssign, "e1"},  {kUpdate, "e1"}, {kCheck, "e1"},     {kIdentity, "e1"}, {kCollect, "c1"},
        {kCollect, "z1"}, {kQuery, "n1"},  {kQuery, "370000"}, {kUpdate, ""},
    };
    for (const auto& [request, guid] : named) {
        for (const char* code : {R"("0")", "0"}) {
            const std::string body = reply(code, data("", "", error(guid, "必须在同一个企业下")));
            for (const std::string& form : {body, wrapped(body), wrapped(body, R"({"code":"0"})")}) {
                const auto verdict = decoded(request, form);
                ASSERT_TRUE(verdict) << form;
                EXPECT_EQ(verdict->kind, Kind::Refused);
                EXPECT_EQ(verdict->message, "必须在同一个企业下");
                EXPECT_FALSE(verdict->code);
            }
        }
    }
}

TEST(ReplyDecoderTest, ARefusalWithoutItemsHasTheReplysOwnText) {
    for (const Request& request : kAll) {
        for (const char* none : {"null", R"("")", "{}", R"({"ErrorData":[]})"}) {
            const auto verdict = decoded(request, reply("0", none));
            ASSERT_TRUE(verdict) << none;
            EXPECT_EQ(verdict->kind, Kind::Refused);
            EXPECT_EQ(verdict->message, "said");
        }
        EXPECT_EQ(decoded(request, R"({"ReturnCode":"0"})").value().kind, Kind::Refused);
    }
}

TEST(ReplyDecoderTest, ContradictionsAreMalformed) {
    for (const char* code : {"1", "2"}) {
        expectMalformed(kAssign, reply(code, data(codeItem(), "", error("e1"))));
        expectMalformed(kUpdate, reply(code, data("", "", error("e1"))));
        expectMalformed(kUpdate, wrapped(reply(code, "null"), R"({"code":"0"})"));
    }
    expectMalformed(kAssign, reply("0", data(codeItem())));
    expectMalformed(kAssign, reply("0", data(codeItem(), "", error("e1"))));
    expectMalformed(kUpdate, reply("0", data("", "", error("another"))));
    expectMalformed(kCollect, reply("0", data("", "", error("e1"))));
    expectMalformed(kUpdate, reply("1", data(R"({"eCertID":"another"})")));
}

TEST(ReplyDecoderTest, EveryOtherShapeIsMalformed) {
    const std::string ok = reply("1", data(codeItem()));
    const std::string bodies[] = {
        "",
        " ",
        "null",
        "1",
        R"("1")",
        "[]",
        "true",
        "{",
        "{}",
        "<html/>",
        "\xff\xfe",
        ok + ok,
        ok + "}",
        "[" + ok + "]",
        ok.substr(0, ok.size() - 1),
        ok.substr(1),
        reply("3", "null"),
        reply("-1", "null"),
        reply("10", "null"),
        reply("1.0", "null"),
        reply("true", "null"),
        reply("null", "null"),
        reply("[]", "null"),
        reply("{}", "null"),
        reply(R"("")", "null"),
        reply(R"("01")", "null"),
        reply(R"(" 1")", "null"),
        reply(R"("3")", "null"),
        reply(R"("ok")", "null"),
        reply("1", "[]"),
        reply("1", "0"),
        reply("1", "false"),
        reply("1", R"("none")"),
        reply("1", R"(" ")"),
        reply("1", R"({"SuccessData":null})"),
        reply("1", R"({"SuccessData":""})"),
        reply("1", R"({"SuccessData":{}})"),
        reply("1", R"({"SuccessData":[1]})"),
        reply("1", R"({"SuccessData":[null]})"),
        reply("1", R"({"WarnData":{}})"),
        reply("1", R"({"WarnData":["x"]})"),
        reply("1", R"({"ErrorData":"x"})"),
        reply("0", R"({"ErrorData":[{"ErrorGuid":5,"ErrorMsg":"x"}]})"),
        reply("0", R"({"ErrorData":[{"ErrorGuid":"e1","ErrorMsg":[]}]})"),
        R"({"ReturnCode":"1","ReturnMsg":5})",
        R"({"returncode":"1"})",
        R"({"ReturnData":{}})",
        R"({"custom":{"ReturnCode":"1"}})",
        R"({"custom":"","status":{"code":"1"}})",
        R"({"custom":[],"status":{"code":"1"}})",
        wrapped("{}"),
        wrapped(wrapped(ok)),
        R"({"data":{"ReturnCode":"1"},"status":{"code":"1"}})",
    };
    for (const Request& request : kAll) {
        for (const std::string& body : bodies) expectMalformed(request, body);
    }
}

TEST(ReplyDecoderTest, AChangeOfEmployerBringsACodeForEach) {
    ChangeEmployer both;
    both.certificates.push_back(event<AssignCode>());
    both.certificates.push_back(event<AssignCode>());
    both.certificates[1].eCertId = "e2";
    const std::string swapped = codeItem("e2") + "," + codeItem("e1");
    const auto verdict = decoded(both, reply("2", data(swapped, warning("e2"))));
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->kind, Kind::AcceptedWithWarnings);
    ASSERT_EQ(verdict->items.size(), 2U);
    EXPECT_EQ(verdict->items[0].code->codeId, "CODE-1");
    EXPECT_EQ(verdict->items[0].message, "");
    EXPECT_EQ(verdict->items[1].code->codeId, "CODE-1");
    EXPECT_EQ(verdict->items[1].message, "beware");

    const auto refused = decoded(both, reply("0", data("", "", error("e2", "why"))));
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->kind, Kind::Refused);
    ASSERT_EQ(refused->items.size(), 2U);
    EXPECT_EQ(refused->items[0].message, "");
    EXPECT_EQ(refused->items[1].message, "why");

    // All or nothing: a code for some of them is no answer.
    for (const std::string& some : {codeItem("e1"), codeItem("e1") + "," + codeItem("e1"), std::string{},
                                    codeItem("e1") + "," + codeItem("e3")}) {
        expectMalformed(both, reply("1", data(some)));
    }
    expectMalformed(both, reply("0", data(codeItem("e1"), "", error("e2"))));
    expectMalformed(both, reply("0", data("", "", error("e3"))));
}

TEST(ReplyDecoderTest, EveryTruncationIsMalformed) {
    const std::string whole = wrapped(reply("1", data(codeItem())));
    for (std::size_t length = 0; length < whole.size(); ++length) expectMalformed(kAssign, whole.substr(0, length));
}

TEST(ReplyDecoderTest, AStatusWithoutReturnCodeIsALostToken) {
    for (const char* status :
         {R"({"code":"0"})", R"({"code":0})", R"({"code":"401","text":"x"})", R"({"code":"-1"})"}) {
        for (const Request& request : kAll) {
            for (const std::string& body : {wrapped("{}", status), R"({"status":)" + std::string(status) + "}"}) {
                const auto verdict = decoded(request, body);
                ASSERT_FALSE(verdict);
                EXPECT_EQ(verdict.error().fault, Denied) << body;
                EXPECT_EQ(verdict.error().code, "token_refused");
            }
        }
    }
}

TEST(ReplyDecoderTest, AQueryShowsTheNationalRecord) {
    const std::string item =
        R"({"certNum":"n1","provinceNum":"370000","name":"张三","gender":"1",)"
        R"("identityCardType":"111","identityCard":"p1","birthDate":"1980-01-02 00:00:00",)"
        R"("categoryCode":"B","companyName":"c","creditCode":"u","issuAuth":"a","certState":"01",)"
        R"("certStatusDescription":null,"issuedDate":"2020-01-02T00:00:00","issuDate":"2023-01-02",)"
        R"("effectiveDate":"2023-01-02","expiringDate":"2026-01-01","zzeCertID":"z1",)"
        R"("SuccessMsg":"ok"})";
    const auto verdict = decoded(kQuery, reply("1", data(item + "," + item)));
    ASSERT_TRUE(verdict) << verdict.error().code;
    ASSERT_EQ(verdict->holdings.value().items.size(), 2U);
    const auto& held = verdict->holdings->items.front();
    EXPECT_EQ(held.zzeCertId, "z1");
    EXPECT_EQ(held.record[Field::CertNum], "n1");
    EXPECT_EQ(held.record[Field::Name], "张三");
    EXPECT_EQ(held.record[Field::BirthDate], "1980-01-02");
    EXPECT_EQ(held.record[Field::IssuedDate], "2020-01-02");
    EXPECT_EQ(held.record[Field::IssuDate], "2023-01-02");
    EXPECT_EQ(held.record[Field::CertStatusDescription], "");
    EXPECT_EQ(held.record[Field::Appointment], "");
}

TEST(ReplyDecoderTest, APageOfTransferInsHasBothNumbersAndTheCountOfAll) {
    const std::string item = R"({"certNum":"new","oldcertNum":"old","provinceNum":"320000"})";
    const std::string other = R"({"certNum":"odd","newCertNum":"new","oldcertNum":"old"})";
    const auto page = [](const std::string& total, const std::string& items) {
        return R"({"ReturnCode":"1","TotalCount":)" + total + R"(,"ReturnData":)" + data(items) + "}";
    };
    for (const std::string& body : {page("250", item), page(R"("250")", other), wrapped(page("250", item))}) {
        const auto verdict = decoded(kTransfers, body);
        ASSERT_TRUE(verdict) << body;
        ASSERT_EQ(verdict->holdings->items.size(), 1U);
        EXPECT_EQ(verdict->holdings->total, 250U);
        EXPECT_EQ(verdict->holdings->items.front().record[Field::CertNum], "new");
        EXPECT_EQ(verdict->holdings->items.front().oldCertNum, "old");
    }
    for (const char* total : {"-1", "1.5", R"("many")", "null", "[]"}) expectMalformed(kTransfers, page(total, item));
    expectMalformed(kTransfers, reply("1", data(item)));
    EXPECT_EQ(decoded(kTransfers, reply("1", data("")))->holdings->total, 0U);
}

TEST(ReplyDecoderTest, AQueryWithAValueThatIsNoTextIsMalformed) {
    expectMalformed(kQuery, reply("1", data(R"({"certNum":5})")));
    expectMalformed(kQuery, reply("1", data(R"({"certNum":"n1","zzeCertID":[]})")));
}

}  // namespace
}  // namespace lianzheng
