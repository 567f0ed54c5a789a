#include "tests/support/fake_platform.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/core.h>

namespace lianzheng {
namespace {

constexpr const char* kNumberExists = "证书编号已存在";
constexpr const char* kNoSuchCertificate = "匹配关系校验失败";

/// What the query's reply has no field for (national interface, section 3).
constexpr std::array kNotShown{Field::IssuAuthCode, Field::Appointment, Field::TechnicalTitle, Field::EducationDegree,
                               Field::Major};

Verdict accepted() { return {.kind = Verdict::Kind::Accepted, .message = {}, .code = {}, .holdings = {}}; }
Verdict refused(std::string message) {
    return {.kind = Verdict::Kind::Refused, .message = std::move(message), .code = {}, .holdings = {}};
}

bool has(const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

void FakePlatform::failNext(Error error, bool afterEffect) {
    script_.emplace_back(Failing{std::move(error), afterEffect});
}

void FakePlatform::refuseNext(std::string message) { script_.emplace_back(Refusing{std::move(message)}); }

void FakePlatform::warnNext(std::string message) { script_.emplace_back(Warning{std::move(message)}); }

void FakePlatform::failBefore(std::size_t n, Fault fault) {
    counted_[writingCalls_ + n] = {Error{fault, "platform", "broken_before", std::nullopt}, false};
}

void FakePlatform::failAfter(std::size_t n, Fault fault) {
    counted_[writingCalls_ + n] = {Error{fault, "platform", "broken_after", std::nullopt}, true};
}

void FakePlatform::heal() {
    script_.clear();
    counted_.clear();
}

void FakePlatform::hold() {
    const std::lock_guard lock(mutex_);
    held_ = true;
}

void FakePlatform::release() {
    const std::lock_guard lock(mutex_);
    held_ = false;
    released_.notify_all();
}

Ticket FakePlatform::start(Request request) {
    const Ticket ticket{++tickets_};
    Result<Verdict> outcome = decide(request);
    const bool answered = outcome.has_value();
    ended_.push_back({.ticket = ticket,
                      .outcome = std::move(outcome),
                      .items = answered ? std::exchange(items_, {}) : std::vector<Result<Verdict>>{},
                      .httpStatus = answered ? 200 : 0,
                      .businessDigest = fmt::format("{:064x}", tickets_),
                      .replyDigest = answered ? fmt::format("{:064x}", tickets_ << 32U) : std::string{},
                      .requestId = fmt::format("{:032x}", tickets_),
                      .elapsed = std::chrono::microseconds{1},
                      .clockSkew = {}});
    sent.push_back(std::move(request));
    return ticket;
}

std::vector<Completion> FakePlatform::poll(std::chrono::milliseconds timeout, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (held_ && !released_.wait_for(lock, stop, timeout, [this] { return !held_; })) return {};
    std::vector<Completion> completions(std::make_move_iterator(ended_.begin()), std::make_move_iterator(ended_.end()));
    ended_.clear();
    return completions;
}

std::optional<FakePlatform::Scripted> FakePlatform::takeScript(bool writing) {
    if (writing) {
        ++writingCalls_;
        if (const auto counted = counted_.extract(writingCalls_)) return Scripted{counted.mapped()};
    }
    if (script_.empty()) return std::nullopt;
    Scripted next = std::move(script_.front());
    script_.pop_front();
    return next;
}

Result<Verdict> FakePlatform::decide(const Request& request) {
    const std::optional<Scripted> script = takeScript(writes(request));
    if (!script) return perform(request);
    if (const auto* failing = std::get_if<Failing>(&*script)) {
        if (failing->afterEffect) perform(request);
        return tl::unexpected<Error>(failing->error);
    }
    if (const auto* refusing = std::get_if<Refusing>(&*script)) return refused(refusing->message);
    Verdict verdict = perform(request);
    if (verdict.kind == Verdict::Kind::Accepted) {
        verdict.kind = Verdict::Kind::AcceptedWithWarnings;
        verdict.message = std::get<Warning>(*script).message;
    }
    return verdict;
}

Verdict FakePlatform::perform(const Request& request) {
    return std::visit([this](const auto& call) { return perform(call); }, request);
}

Verdict FakePlatform::perform(const AssignCode& request) {
    if (const auto known = verdicts_.find(request.eCertId); known != verdicts_.end()) {
        return repeat == Repeat::SameReply ? known->second : refused(kNumberExists);
    }
    const std::string& number = request.record[Field::CertNum];
    const bool first = request.operateType == OperateType::Issue || request.operateType == OperateType::TransferIn;
    if (first && refuseKnownNumbers && registry_.contains(number)) return refused(kNumberExists);
    Entry& entry = registry_[number];
    entry.record = request.record;
    entry.codeId = fmt::format("CODE{:012}", ++codes_);
    entry.collected = false;
    entry.accepted.push_back(request.eCertId);
    entry.operateTypes.push_back(request.operateType);
    Verdict verdict = accepted();
    verdict.code = CodeAssigned{entry.codeId};
    verdicts_.emplace(request.eCertId, verdict);
    return verdict;
}

Verdict FakePlatform::perform(const ChangeEmployer& request) {
    Verdict all = accepted();
    for (const AssignCode& each : request.certificates) {
        Verdict one = perform(each);
        if (one.kind == Verdict::Kind::Refused) all.kind = one.kind;
        all.items.push_back({std::move(one.message), std::move(one.code)});
    }
    return all;
}

Verdict FakePlatform::perform(const Batch& request) {
    Verdict all = accepted();
    items_.clear();
    for (const Request& each : request.items) {
        Verdict one = perform(each);
        if (one.kind == Verdict::Kind::Refused) all.kind = one.kind;
        items_.emplace_back(std::move(one));
    }
    return all;
}

Verdict FakePlatform::perform(const CheckAdmission& request) {
    const auto known = registry_.find(request.record[Field::CertNum]);
    const bool stranger =
        known != registry_.end() && known->second.record[Field::IdentityCard] != request.record[Field::IdentityCard];
    return stranger ? refused(kNumberExists) : accepted();
}

Verdict FakePlatform::perform(const CollectLicence& request) {
    const auto entry = std::find_if(registry_.begin(), registry_.end(),
                                    [&](const auto& item) { return item.second.codeId == request.codeId; });
    if (entry == registry_.end()) return refused("赋码信息不存在");
    Entry& held = entry->second;
    if (!held.collected || held.zzeCertId != request.zzeCertId) ++held.collects;
    held.collected = true;
    held.zzeCertId = request.zzeCertId;
    return accepted();
}

Verdict FakePlatform::perform(const UpdateState& request) {
    if (const auto known = verdicts_.find(request.eCertId); known != verdicts_.end()) {
        return repeat == Repeat::SameReply ? known->second : refused(kNumberExists);
    }
    const auto known = registry_.find(request.record[Field::CertNum]);
    if (known == registry_.end()) return refused(kNoSuchCertificate);
    Entry& entry = known->second;
    entry.record[Field::CertState] = request.record[Field::CertState];
    entry.record[Field::CertStatusDescription] = request.record[Field::CertStatusDescription];
    entry.accepted.push_back(request.eCertId);
    entry.operateTypes.push_back(request.operateType);
    verdicts_.emplace(request.eCertId, accepted());
    return accepted();
}

Verdict FakePlatform::perform(const ChangeIdentity& request) {
    const auto known = registry_.find(request.record[Field::CertNum]);
    if (known == registry_.end() || !has(known->second.accepted, request.eCertId)) return refused(kNoSuchCertificate);
    Entry& entry = known->second;
    if (entry.record[Field::IdentityCard] != request.record[Field::IdentityCard]) ++entry.identityChanges;
    for (const Field field : {Field::IdentityCard, Field::IdentityCardType, Field::BirthDate}) {
        entry.record[field] = request.record[field];
    }
    return accepted();
}

Verdict FakePlatform::perform(const QueryCertificate& request) {
    Verdict verdict = accepted();
    verdict.holdings = Holdings{};
    if (!showsQueries) return verdict;
    for (const auto& [number, entry] : registry_) {
        if (!request.certNum.empty() && request.certNum != number) continue;
        if (!request.identityCard.empty() && request.identityCard != entry.record[Field::IdentityCard]) continue;
        Holdings::Item item{entry.record, entry.zzeCertId, {}};
        for (const Field field : kNotShown) item.record[field].clear();
        verdict.holdings->items.push_back(std::move(item));
    }
    return verdict;
}

/// It knows of no other province.
Verdict FakePlatform::perform(const QueryTransferIns&) {
    Verdict verdict = accepted();
    verdict.holdings = Holdings{};
    return verdict;
}

}  // namespace lianzheng
