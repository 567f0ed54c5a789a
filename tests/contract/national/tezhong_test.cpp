#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "adapters/national/rest_platform.h"
#include "adapters/runtime/clock.h"
#include "adapters/runtime/random.h"
#include "mappings/licence_identifier.h"
#include "tests/simulator/national/national_server.h"
#include "tests/support/run_time_keys.h"

namespace lianzheng {
namespace {

namespace far = sim::national;

/// The five operations of 特种作业 over the wire: credentials, token and paths of their own.
class TezhongWireTest : public testing::Test {
protected:
    static const CodeKeyPair& keys() {
        static const CodeKeyPair pair = CodeKeyPair::make(1024);
        return pair;
    }
    static far::ServerOptions options() {
        far::ServerOptions options;
        options.switches.rules.type = far::Type::Tezhong;
        options.publicKeyPem = keys().publicPem;
        options.clientId = "special";
        options.clientSecret = "special-secret";
        return options;
    }
    TezhongWireTest() {
        server_.start();
        connect("special", "special-secret");
    }
    void connect(const std::string& id, const std::string& secret, CertificateType type = CertificateType::Tezhong) {
        RestPlatformSettings settings;
        settings.type = type;
        settings.base = server_.baseUrl();
        settings.codeKeyPem = keys().privatePem;
        settings.clientId = id;
        settings.clientSecret = secret;
        platform_ = makeRestPlatform(settings, *envelope_, clock_, random_, log_).value();
    }
    static Certificate record(CertState state = CertState::Valid) {
        using enum Field;
        Certificate out;
        out[ProvinceNum] = "370000";
        out[CertNum] = "鲁A042025000001";
        out[IssuAuth] = "山东省住房和城乡建设厅";
        out[IssuAuthCode] = "113700000045030270";
        for (const Field day : {IssuedDate, IssuDate, EffectiveDate}) out[day] = "2025-03-01";
        out[ExpiringDate] = "2040-02-29";
        out[OperationCategory] = "04";
        out[Name] = "张示例";
        out[Gender] = "1";
        out[BirthDate] = "1980-01-01";
        out[IdentityCard] = "370102198001011237";
        out[IdentityCardType] = "111";
        out[EducationDegree] = "06";
        out[Field::CertState] = code(state);
        // What this type has no field for stays here.
        out[CompanyName] = "单位";
        out[CreditCode] = "91370100MA3C000X0C";
        return out;
    }
    Completion call(Request request) { return callAndWait(*platform_, std::move(request), {}); }
    /// The text of the refusal; empty when it was accepted.
    std::string refusal(Request request) {
        const Completion answer = call(std::move(request));
        if (!answer.outcome) return answer.outcome.error().code;
        return answer.outcome->kind == Verdict::Kind::Refused ? answer.outcome->message : "";
    }
    Request assign(OperateType type, const std::string& event, const std::string& predecessor = {}) {
        return AssignCode{.eCertId = std::string(31, '0') + event,
                          .operateType = type,
                          .record = record(),
                          .photo = "data:image/jpg;base64,/9j/4AAQSkY=",
                          .associatedZzeCertId = predecessor,
                          .oldCertNum = {}};
    }
    Request update(OperateType type, CertState state, const std::string& event) {
        return UpdateState{
            .eCertId = std::string(31, '0') + event, .operateType = type, .record = record(state), .zzeCertId = {}};
    }
    std::string state() {
        const auto entry = server_.registry().find("鲁A042025000001");
        return entry ? std::string(entry->state()) : std::string();
    }

    far::NationalServer server_{options()};
    SystemClock clock_;
    SeededRandom random_{1};
    SilentLog log_;
    std::unique_ptr<Envelope> envelope_ = makePlainEnvelope();
    std::unique_ptr<Platform> platform_;
};

TEST_F(TezhongWireTest, ItsFiveOperations) {
    const Completion issued = call(assign(OperateType::Issue, "1"));
    ASSERT_TRUE(issued.outcome) << issued.outcome.error().code;
    ASSERT_TRUE(issued.outcome->code) << issued.outcome->message;
    const std::string identifier =
        LicenceIdentifier::first(licenceType(CertificateType::Tezhong), "113700000045030270", "2025000001").str();
    EXPECT_EQ(refusal(CollectLicence{issued.outcome->code->codeId, identifier, "https://l/1"}), "");
    EXPECT_EQ(refusal(CheckAdmission{std::string(31, '0') + "2", OperateType::Change, record(), {}}), "");
    EXPECT_EQ(refusal(assign(OperateType::Change, "2", identifier)), "");
    EXPECT_EQ(server_.registry().find("鲁A042025000001")->events.back().operateType, "08");
    EXPECT_EQ(refusal(ChangeIdentity{std::string(31, '0') + "2", record(), {}}), "");
    EXPECT_EQ(refusal(update(OperateType::Suspend, CertState::Suspended, "3")), "");
    EXPECT_EQ(state(), "02");
    EXPECT_EQ(refusal(update(OperateType::End, CertState::Rescinded, "4")), "");
    EXPECT_EQ(state(), "03");
    EXPECT_TRUE(server_.registry().stats().unlistedFields.empty());
}

TEST_F(TezhongWireTest, WhatItDoesNotHaveIsNotSent) {
    EXPECT_EQ(refusal(QueryCertificate{"鲁A042025000001", ""}), "not_offered");
    EXPECT_EQ(refusal(QueryTransferIns{.provinceNum = "370000"}), "not_offered");
    EXPECT_EQ(server_.calls(), 0U);
}

TEST_F(TezhongWireTest, TheOtherTypesCredentialsAndPathsAreNone) {
    connect("general", "general-secret");
    EXPECT_EQ(call(assign(OperateType::Issue, "1")).outcome.error().fault, Fault::Denied);
    connect("special", "special-secret", CertificateType::Anguan);
    const Completion elsewhere = call(assign(OperateType::Issue, "1"));
    ASSERT_FALSE(elsewhere.outcome);
    EXPECT_EQ(elsewhere.httpStatus, 404);
    EXPECT_EQ(state(), "");
}

}  // namespace
}  // namespace lianzheng
