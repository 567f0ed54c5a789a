#include "settlement_cases.h"

#include <utility>

namespace lianzheng {

Certificate sentRecord() {
    Certificate record;
    record[Field::ProvinceNum] = "370000";
    record[Field::CertNum] = "鲁建安B（2023）0012345";
    record[Field::CategoryCode] = "B";
    record[Field::Name] = "测试甲";
    record[Field::IdentityCard] = "370102199001010010";
    record[Field::IdentityCardType] = "111";
    record[Field::BirthDate] = "1990-01-01";
    record[Field::CompanyName] = "新公司";
    record[Field::CreditCode] = "91370100MA0000000A";
    record[Field::ExpiringDate] = "2026-12-31";
    record[Field::Appointment] = "07";
    record[Field::CertState] = "01";
    return record;
}

Step issueStep() {
    AssignCode request;
    request.operateType = OperateType::Issue;
    request.record = sentRecord();
    Step step;
    step.request = std::move(request);
    step.after = CertState::Valid;
    step.seen = Digest{1, 2};
    return step;
}

Step changeStep() {
    Step step = issueStep();
    std::get<AssignCode>(step.request).operateType = OperateType::Change;
    return step;
}

Step endStep(CertState after) {
    UpdateState request;
    request.operateType = OperateType::End;
    request.record = sentRecord();
    request.record[Field::CertState] = code(after);
    Step step = issueStep();
    step.request = std::move(request);
    step.after = after;
    step.releasing = true;
    return step;
}

Step collectStep() {
    Step step = issueStep();
    step.request = CollectLicence{"CODE-1", "ID-2", "https://licences.example/1"};
    return step;
}

OutboxRow sendingRow(Step step, int sends) {
    OutboxRow row;
    row.id = 42;
    row.number = sentRecord()[Field::CertNum];
    row.sourceKey = "1042";
    row.person = sentRecord()[Field::IdentityCard];
    row.company = sentRecord()[Field::CreditCode];
    row.eCertId = "0123456789abcdef0123456789abcdef";
    row.step = std::move(step);
    row.state = OutboxState::Sending;
    row.sends = sends;
    return row;
}

Standing unknownStanding() {
    Standing standing;
    standing.ledger.number = sentRecord()[Field::CertNum];
    return standing;
}

Standing knownStanding() {
    Standing standing = unknownStanding();
    standing.ledger.state = CertState::Valid;
    standing.ledger.zzeCertId = "ID-1";
    standing.ledger.codeId = "CODE-1";
    standing.acknowledged.record = sentRecord();
    standing.acknowledged.record[Field::CompanyName] = "旧公司";
    standing.acknowledged.known.set();
    return standing;
}

Completion answered(Verdict verdict) {
    Completion completion;
    completion.outcome = std::move(verdict);
    completion.httpStatus = 200;
    completion.requestId = "request-1";
    return completion;
}

Completion refusedWith(const std::string& message) {
    Verdict verdict;
    verdict.kind = Verdict::Kind::Refused;
    verdict.message = message;
    return answered(std::move(verdict));
}

Completion faultedBy(Fault fault) {
    Completion completion;
    completion.outcome = failed(fault, "national.assign", "code");
    return completion;
}

Holdings shown(const Certificate& record, std::string zzeCertId) {
    Holdings holdings;
    holdings.items.push_back({record, std::move(zzeCertId)});
    // What the reply cannot show.
    holdings.items.front().record[Field::Appointment].clear();
    return holdings;
}

}  // namespace lianzheng
