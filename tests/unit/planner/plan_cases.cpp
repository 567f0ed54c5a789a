#include "plan_cases.h"

#include <array>
#include <charconv>
#include <stdexcept>

#include "mappings/licence_identifier.h"

namespace lianzheng {
namespace {

constexpr std::string_view kNumber = "鲁建安B（2023）0012345";
constexpr std::string_view kIssuer = "113700000045030270";

int numberAt(std::string_view text, std::size_t from) {
    int value = 0;
    std::from_chars(text.data() + from, text.data() + from + 2, value);
    return value;
}

std::string waitsFor(Waiting::For what) {
    switch (what) {
        case Waiting::For::LicenceFile:
            return "waits for licence";
        case Waiting::For::Collect:
            return "waits for collect";
        case Waiting::For::Restoration:
            return "waits for restoration";
        case Waiting::For::RenewalInHand:
            return "waits for renewal";
    }
    return "";
}

}  // namespace

TimePoint shanghai(std::string_view text) {
    const auto day = Date::parse(text.substr(0, 10));
    if (!day || text.size() != 19) throw std::invalid_argument("not a time of the cases");
    return day->beginsInShanghai() + std::chrono::hours{numberAt(text, 11)} + std::chrono::minutes{numberAt(text, 14)} +
           std::chrono::seconds{numberAt(text, 17)};
}

Desired sealed(Desired desired) {
    std::vector<Field> fields;
    for (const Field field : kFields) {
        if (field != Field::CertState && field != Field::CertStatusDescription) fields.push_back(field);
    }
    const std::array<std::string_view, 1> photo{desired.facts.photoVersion};
    desired.push = digestOf(desired.record, fields, photo);
    desired.comparable = digestOf(desired.record, kFields, {});
    std::vector<std::string_view> facts{desired.facts.photoVersion, desired.facts.licenceUrl,
                                        desired.facts.renewalInHand ? "1" : "0"};
    for (const Invalid& problem : desired.problems) facts.emplace_back(problem.field);
    desired.seen = digestOf(desired.record, kFields, facts);
    return desired;
}

Desired soundRow(CertState state) {
    Desired row;
    Certificate& record = row.record;
    record[Field::ProvinceNum] = "370000";
    record[Field::CertNum] = kNumber;
    record[Field::IssuAuth] = "山东省住房和城乡建设厅";
    record[Field::IssuAuthCode] = kIssuer;
    record[Field::IssuedDate] = "2023-03-01";
    record[Field::IssuDate] = "2024-01-01";
    record[Field::EffectiveDate] = "2024-01-01";
    record[Field::ExpiringDate] = "2026-12-31";
    record[Field::CategoryCode] = "B";
    record[Field::Name] = "测试甲";
    record[Field::Gender] = "1";
    record[Field::BirthDate] = "1990-01-01";
    record[Field::IdentityCard] = "370102199001010010";
    record[Field::IdentityCardType] = "111";
    record[Field::CompanyName] = "测试建筑公司";
    record[Field::CreditCode] = "91370100MA0000000A";
    record[Field::Appointment] = "07";
    record[Field::EducationDegree] = "04";
    record[Field::CertState] = code(state);
    if (state == CertState::Other) record[Field::CertStatusDescription] = "待核实";
    row.facts.sourceKey = "1042";
    row.facts.photoVersion = "photo-1";
    return sealed(std::move(row));
}

Desired withField(Field field, std::string value, CertState state) {
    Desired row = soundRow(state);
    row.record[field] = std::move(value);
    return sealed(std::move(row));
}

Plan PlanCase::plan() const {
    return lianzheng::plan(desired, ledger, acknowledged, refusal ? &*refusal : nullptr, policy, now);
}

Step PlanCase::advance(const std::string& eCertId, const std::string& codeId) {
    const Plan next = plan();
    const Step& step = std::get<Step>(next);
    const bool coded = std::holds_alternative<AssignCode>(step.request);
    Outcome outcome = accepted(step, ledger, acknowledged, eCertId, coded ? codeId : "", now);
    ledger = std::move(outcome.ledger);
    acknowledged = std::move(outcome.acknowledged);
    return step;
}

void PlanCase::forget(Field field) {
    acknowledged.record[field].clear();
    acknowledged.known.reset(static_cast<std::size_t>(field));
    ledger.push = Digest{};
    ledger.comparable = Digest{};
    ledger.origin = Origin::Adopted;
}

PlanCase registered(CertState state, Desired desired) {
    PlanCase test;
    const Desired before = soundRow(state);
    test.desired = std::move(desired);
    test.ledger.number = kNumber;
    test.ledger.sourceKey = "1042";
    test.ledger.state = state;
    test.ledger.stage = Stage::Collected;
    test.ledger.zzeCertId =
        LicenceIdentifier::compute(kAnguanLicenceType, kIssuer, *CertificateNumber::parse(kNumber), 1).str();
    test.ledger.codeId = "CODE-1";
    test.ledger.lastECertId = "0123456789abcdef0123456789abcdef";
    test.ledger.expiringDate = "2026-12-31";
    test.ledger.codeAt = shanghai("2024-01-02 09:00:00");
    test.ledger.push = before.push;
    test.ledger.comparable = before.comparable;
    test.ledger.photoVersion = "photo-1";
    test.ledger.digestVersion = kDigestVersion;
    test.ledger.origin = Origin::Pushed;
    test.acknowledged.record = before.record;
    test.acknowledged.known.set();
    return test;
}

PlanCase neverRegistered(Desired desired) {
    PlanCase test;
    test.desired = std::move(desired);
    test.ledger.number = kNumber;
    return test;
}

std::string said(const Plan& plan) {
    if (const auto* stop = std::get_if<Blocked>(&plan)) return "blocked " + stop->advice.reason;
    if (const auto* waiting = std::get_if<Waiting>(&plan)) return waitsFor(waiting->what);
    if (const auto* inStep = std::get_if<InStep>(&plan))
        return inStep->neverRegistered ? "never registered" : "in step";
    const Step& step = std::get<Step>(plan);
    if (!std::holds_alternative<UpdateState>(step.request)) return stepName(step);
    return stepName(step) + ">" + std::string(code(step.after));
}

}  // namespace lianzheng
