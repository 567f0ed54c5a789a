#include "gateway/store/step_codec.h"

#include <variant>

#include "gateway/store/packed_text.h"

namespace lianzheng {

namespace {

constexpr std::int64_t kForm = 1;

/// The letters that name a request's kind; stored, so never reused.
constexpr std::string_view kAssign = "A";
constexpr std::string_view kCheck = "K";
constexpr std::string_view kCollect = "C";
constexpr std::string_view kUpdate = "U";
constexpr std::string_view kIdentity = "I";
constexpr std::string_view kQuery = "Q";
constexpr std::string_view kEmployer = "E";
constexpr std::string_view kQueryIn = "T";

/// The number of fields goes first: a later, longer record still reads what was written shorter.
void add(PackedWriter& out, const Certificate& record) {
    out.add(static_cast<std::int64_t>(kFieldCount));
    for (const std::string& value : record.values()) out.add(value);
}

Certificate readRecord(PackedReader& in) {
    Certificate record;
    const std::int64_t count = in.integer();
    for (std::int64_t i = 0; i < count && in.good(); ++i) {
        std::string value = in.text();
        if (i < static_cast<std::int64_t>(kFieldCount)) record[static_cast<Field>(i)] = std::move(value);
    }
    return record;
}

struct RequestWriter {
    PackedWriter& out;

    void operator()(const AssignCode& request) const {
        out.add(kAssign).add(request.eCertId).add(static_cast<std::int64_t>(request.operateType));
        add(out, request.record);
        out.add(request.photo).add(request.associatedZzeCertId).add(request.oldCertNum);
    }
    void operator()(const CheckAdmission& request) const {
        out.add(kCheck).add(request.eCertId).add(static_cast<std::int64_t>(request.operateType));
        add(out, request.record);
        out.add(request.oldCertNum);
    }
    void operator()(const CollectLicence& request) const {
        out.add(kCollect).add(request.codeId).add(request.zzeCertId).add(request.url);
    }
    void operator()(const UpdateState& request) const {
        out.add(kUpdate).add(request.eCertId).add(static_cast<std::int64_t>(request.operateType));
        add(out, request.record);
        out.add(request.zzeCertId);
    }
    void operator()(const ChangeIdentity& request) const {
        out.add(kIdentity).add(request.eCertId);
        add(out, request.record);
        out.add(request.url);
    }
    void operator()(const QueryCertificate& request) const {
        out.add(kQuery).add(request.certNum).add(request.identityCard);
    }
    void operator()(const ChangeEmployer& request) const {
        out.add(kEmployer).add(static_cast<std::int64_t>(request.certificates.size()));
        for (const AssignCode& each : request.certificates) (*this)(each);
    }
    void operator()(const Batch&) const { throw std::logic_error("a step is one event, never a batch"); }
    void operator()(const QueryTransferIns& request) const {
        out.add(kQueryIn).add(request.provinceNum).add(static_cast<std::int64_t>(request.page));
        out.add(static_cast<std::int64_t>(request.pageSize)).add(request.certNum);
    }
};

/// A value of an enumeration without gaps; nothing for a number that is none of it.
template <class Enum>
std::optional<Enum> readEnum(PackedReader& in, Enum first, Enum last) {
    const std::int64_t value = in.integer();
    if (value < static_cast<std::int64_t>(first) || value > static_cast<std::int64_t>(last)) return std::nullopt;
    return static_cast<Enum>(value);
}

std::optional<OperateType> readType(PackedReader& in) {
    return readEnum(in, OperateType::Issue, OperateType::CancelTransferOut);
}

std::optional<CertState> readState(PackedReader& in) {
    const auto state = readEnum(in, CertState::None, CertState::Other);
    const bool known = state && (state == CertState::None || !code(*state).empty());
    return known ? state : std::nullopt;
}

// Members are read one statement each: their order is the order of writing.
std::optional<AssignCode> readAssign(PackedReader& in) {
    AssignCode request;
    request.eCertId = in.text();
    const auto type = readType(in);
    if (!type) return std::nullopt;
    request.operateType = *type;
    request.record = readRecord(in);
    request.photo = in.text();
    request.associatedZzeCertId = in.text();
    request.oldCertNum = in.text();
    return request;
}

std::optional<ChangeEmployer> readEmployer(PackedReader& in) {
    ChangeEmployer request;
    for (std::int64_t left = in.integer(); left > 0 && in.good(); --left) {
        if (in.text() != kAssign) return std::nullopt;
        auto each = readAssign(in);
        if (!each) return std::nullopt;
        request.certificates.push_back(std::move(*each));
    }
    return request;
}

std::optional<Request> readRequest(PackedReader& in) {
    const std::string kind = in.text();
    if (kind == kAssign) return readAssign(in);
    if (kind == kEmployer) return readEmployer(in);
    if (kind == kCheck) {
        CheckAdmission request;
        request.eCertId = in.text();
        const auto type = readType(in);
        if (!type) return std::nullopt;
        request.operateType = *type;
        request.record = readRecord(in);
        request.oldCertNum = in.text();
        return request;
    }
    if (kind == kCollect) {
        CollectLicence request;
        request.codeId = in.text();
        request.zzeCertId = in.text();
        request.url = in.text();
        return request;
    }
    if (kind == kUpdate) {
        UpdateState request;
        request.eCertId = in.text();
        const auto type = readType(in);
        if (!type) return std::nullopt;
        request.operateType = *type;
        request.record = readRecord(in);
        request.zzeCertId = in.text();
        return request;
    }
    if (kind == kIdentity) {
        ChangeIdentity request;
        request.eCertId = in.text();
        request.record = readRecord(in);
        request.url = in.text();
        return request;
    }
    if (kind == kQuery) {
        QueryCertificate request;
        request.certNum = in.text();
        request.identityCard = in.text();
        return request;
    }
    if (kind == kQueryIn) {
        QueryTransferIns request;
        request.provinceNum = in.text();
        request.page = static_cast<std::size_t>(in.integer());
        request.pageSize = static_cast<std::size_t>(in.integer());
        request.certNum = in.text();
        return request;
    }
    return std::nullopt;
}

}  // namespace

std::string encodeStep(const Step& step) {
    PackedWriter out;
    out.add(kForm);
    std::visit(RequestWriter{out}, step.request);
    out.add(static_cast<std::int64_t>(step.after)).add(static_cast<std::int64_t>(step.lane));
    out.add(static_cast<std::int64_t>(step.releasing)).add(static_cast<std::int64_t>(step.dueToDate));
    out.add(step.fields).add(step.seen).add(step.push).add(step.comparable).add(step.photoVersion);
    return out.take();
}

Result<Step> decodeStep(std::string_view text) {
    const auto bad = [] { return failed(Fault::Corrupt, "store.step", "step_form"); };
    PackedReader in(text);
    if (in.integer() != kForm) return bad();
    std::optional<Request> request = readRequest(in);
    if (!request) return bad();
    Step step;
    step.request = std::move(*request);
    const auto after = readState(in);
    const auto lane = readEnum(in, Lane::Enforcement, Lane::Campaign);
    if (!after || !lane) return bad();
    step.after = *after;
    step.lane = *lane;
    step.releasing = in.integer() != 0;
    step.dueToDate = in.integer() != 0;
    step.fields = in.text();
    step.seen = in.digest();
    step.push = in.digest();
    step.comparable = in.digest();
    step.photoVersion = in.text();
    if (!in.finished()) return bad();
    return step;
}

std::string encodeAcknowledged(const Acknowledged& acknowledged) {
    PackedWriter out;
    out.add(kForm);
    add(out, acknowledged.record);
    out.add(static_cast<std::int64_t>(acknowledged.known.to_ullong()));
    return out.take();
}

Result<Acknowledged> decodeAcknowledged(std::string_view text) {
    PackedReader in(text);
    const bool known = in.integer() == kForm;
    Acknowledged acknowledged;
    if (known) {
        acknowledged.record = readRecord(in);
        acknowledged.known = static_cast<unsigned long long>(in.integer());
    }
    if (!known || !in.finished()) return failed(Fault::Corrupt, "store.acknowledged", "acknowledged_form");
    return acknowledged;
}

std::string encodeItems(const std::vector<Evidence::Item>& items) {
    PackedWriter out;
    out.add(kForm).add(static_cast<std::int64_t>(items.size()));
    for (const Evidence::Item& item : items) out.add(item.number).add(item.eCertId).add(item.verdict);
    return out.take();
}

Result<std::vector<Evidence::Item>> decodeItems(std::string_view text) {
    PackedReader in(text);
    std::vector<Evidence::Item> items;
    if (in.integer() == kForm) {
        for (std::int64_t left = in.integer(); left > 0 && in.good(); --left) {
            Evidence::Item item;
            item.number = in.text();
            item.eCertId = in.text();
            item.verdict = in.text();
            items.push_back(std::move(item));
        }
        if (in.finished()) return items;
    }
    return failed(Fault::Corrupt, "store.evidence", "items_form");
}

}  // namespace lianzheng
