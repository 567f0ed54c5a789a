#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "adapters/national/reply_decoder.h"
#include "tests/unit/national/reply_texts.h"

namespace lianzheng {
namespace {

using Kind = Verdict::Kind;

Completion decoded(const Request& request, const std::string& body) {
    static const CodeKey key = CodeKey::load(codePair().privatePem).value();
    static ReplyDecoder decoder(key);
    Completion completion;
    decoder.decode(request, body, completion);
    return completion;
}

/// e1, e2, e3.
template <class Call>
Request three() {
    Batch batch;
    for (const char* guid : {"e1", "e2", "e3"}) {
        Call call;
        call.eCertId = guid;
        call.record[Field::CertNum] = std::string("n") + guid[1];
        batch.items.emplace_back(std::move(call));
    }
    return batch;
}

std::string codes(std::initializer_list<const char*> guids) {
    std::string items;
    for (const char* guid : guids) items += (items.empty() ? "" : ",") + codeItem(guid);
    return items;
}

/// accepted, warned:TEXT, refused:TEXT, or the code of the error; in the items' order.
std::vector<std::string> outcomes(const Completion& completion) {
    std::vector<std::string> said;
    for (const Result<Verdict>& item : completion.items) {
        said.push_back(!item                          ? item.error().code
                       : item->kind == Kind::Refused  ? "refused:" + item->message
                       : item->kind == Kind::Accepted ? "accepted"
                                                      : "warned:" + item->message);
    }
    return said;
}
using Said = std::vector<std::string>;

TEST(BatchReplyTest, EachItemHasItsCodeAndItsWarning) {
    const Completion all = decoded(three<AssignCode>(), reply("2", data(codes({"e3", "e1", "e2"}), warning("e2"))));
    ASSERT_TRUE(all.outcome);
    EXPECT_EQ(all.outcome->kind, Kind::AcceptedWithWarnings);
    EXPECT_EQ(outcomes(all), (Said{"accepted", "warned:beware", "accepted"}));
    for (const auto& item : all.items) EXPECT_EQ(item->code->codeId, "CODE-1");
}

TEST(BatchReplyTest, AcceptedAndRefusedStandSideBySide) {
    const Completion mixed =
        decoded(three<AssignCode>(), wrapped(reply("0", data(codes({"e1", "e3"}), "", error("e2", "why")))));
    EXPECT_EQ(mixed.outcome->kind, Kind::Refused);
    EXPECT_EQ(outcomes(mixed), (Said{"accepted", "refused:why", "accepted"}));
}

TEST(BatchReplyTest, WhoeverIsNotNamedInARefusalIsInDoubt) {
    const Completion some = decoded(three<AssignCode>(), reply("0", data("", "", error("e2", "why"))));
    EXPECT_EQ(outcomes(some), (Said{"unsaid", "refused:why", "unsaid"}));
    EXPECT_EQ(some.items[0].error().fault, Fault::InDoubt);
    for (const char* nothing : {"null", R"("")", "{}"}) {
        const Completion none = decoded(three<AssignCode>(), reply("0", nothing));
        EXPECT_EQ(outcomes(none), (Said{"unsaid", "unsaid", "unsaid"}));
        EXPECT_EQ(none.outcome->message, "said");
    }
    const Completion unnamed = decoded(three<AssignCode>(), reply("0", data("", "", error("", "too many"))));
    EXPECT_EQ(outcomes(unnamed), (Said{"unsaid", "unsaid", "unsaid"}));
    EXPECT_EQ(unnamed.outcome->message, "too many");
}

TEST(BatchReplyTest, ACodeThatIsMissingLeavesItsItemAloneInDoubt) {
    EXPECT_EQ(outcomes(decoded(three<AssignCode>(), reply("1", data(codes({"e1", "e3"}))))),
              (Said{"accepted", "malformed_success", "accepted"}));
    EXPECT_EQ(outcomes(decoded(three<AssignCode>(), reply("1", data(codes({"e1", "e2", "e2", "e3"}))))),
              (Said{"accepted", "malformed_success", "accepted"}));
    const std::string unreadable = R"({"eCertID":"e2","encryCertid":"00","encryKey":"AA=="})";
    EXPECT_EQ(outcomes(decoded(three<AssignCode>(), reply("1", data(codes({"e1", "e3"}) + "," + unreadable)))),
              (Said{"accepted", "malformed_code", "accepted"}));
    EXPECT_EQ(outcomes(decoded(three<AssignCode>(), reply("0", data(codes({"e1", "e2"}), "", error("e2"))))),
              (Said{"accepted", "malformed_contradictory", "unsaid"}));
}

TEST(BatchReplyTest, ChangesWithoutACodeNeedNotBeListed) {
    for (const Request& request : {three<UpdateState>(), three<ChangeIdentity>()}) {
        for (const char* nothing : {"null", R"("")", R"({"SuccessData":[]})"}) {
            EXPECT_EQ(outcomes(decoded(request, reply("1", nothing))), (Said{"accepted", "accepted", "accepted"}));
        }
        // By their numbers, as an update names them.
        const std::string numbers = R"({"ReturnMsg":"ok","certNum":"n3"},{"ReturnMsg":"ok","certNum":"n1"})";
        EXPECT_EQ(outcomes(decoded(request, reply("0", data(numbers, "", error("e2"))))),
                  (Said{"accepted", "refused:no", "accepted"}));
        EXPECT_EQ(outcomes(decoded(request, reply("0", data(R"({"certNum":"n1"})", "", error("e2"))))),
                  (Said{"accepted", "refused:no", "unsaid"}));
    }
    Batch collects;
    collects.items.emplace_back(CollectLicence{"c1", "z1", ""});
    collects.items.emplace_back(CollectLicence{"c2", "z2", ""});
    EXPECT_EQ(outcomes(decoded(collects, reply("1", "null"))), (Said{"accepted", "accepted"}));
    for (const char* name : {"c2", "z2"}) {
        EXPECT_EQ(outcomes(decoded(collects, reply("0", data("", "", error(name))))), (Said{"unsaid", "refused:no"}));
    }
    EXPECT_EQ(outcomes(decoded(collects, reply("0", data(R"({"zzeCertID":"z1"})", "", error("c2"))))),
              (Said{"accepted", "refused:no"}));
}

TEST(BatchReplyTest, WhatBelongsToAnotherCallIsBelievedInNothing) {
    for (const std::string& body :
         {reply("1", data(codes({"e1", "e2", "e3", "e4"}))), reply("0", data(codes({"e1"}), "", error("e4"))),
          reply("2", data(codes({"e1", "e2", "e3"}), warning("e4"))),
          reply("1", data(codes({"e1", "e2", "e3"}), "", error("e1"))), reply("1", "[]"), std::string("{")}) {
        const Completion completion = decoded(three<AssignCode>(), body);
        ASSERT_FALSE(completion.outcome) << body;
        EXPECT_EQ(completion.outcome.error().fault, Fault::InDoubt);
        EXPECT_TRUE(completion.items.empty());
    }
}

}  // namespace
}  // namespace lianzheng
