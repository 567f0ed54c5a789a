#include "gateway/service/certificate_sides.h"

#include <optional>
#include <utility>

#include "gateway/sync/national_query.h"
#include "gateway/sync/provincial_rows.h"
#include "gateway/sync/read_back.h"

namespace lianzheng {
namespace {

using Answer = CertificateSide::Answer;

CertificateSide provinceSide(Composition& parts, const std::string& number) {
    CertificateSide side;
    side.readAt = parts.clock().now();
    side.answer = Answer::Nothing;
    const auto rows = provincialRows(parts.source(), parts.map(), number);
    if (!rows) return {.answer = Answer::Away, .error = rows.error()};
    side.rows = rows->size();
    if (rows->empty()) return side;
    side.answer = Answer::Told;
    side.told.record = rows->front().record;
    side.told.known.set();
    side.identifier = rows->front().facts.licenceIdentifier;
    return side;
}

/// When the platform last accepted something of it; adopted ones may have no such moment.
Result<std::optional<TimePoint>> acceptedAt(Store& store, const std::string& number) {
    const auto attempts = store.attemptsOf(number);
    if (!attempts) return tl::unexpected(attempts.error());
    std::optional<TimePoint> at;
    for (const Attempt& attempt : *attempts) {
        if (attempt.accepted()) at = attempt.endedAt;
    }
    return at;
}

Result<CertificateSide> ledgerSide(Store& store, const std::string& number) {
    CertificateSide side;
    side.answer = Answer::Nothing;
    const auto entry = store.find(number);
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry || (*entry)->state == CertState::None) return side;
    auto acknowledged = store.acknowledged(number);
    if (!acknowledged) return tl::unexpected(acknowledged.error());
    auto at = acceptedAt(store, number);
    if (!at) return tl::unexpected(at.error());
    side.answer = Answer::Told;
    side.told = std::move(*acknowledged);
    side.told.record[Field::CertState] = code((*entry)->state);
    side.told.known.set(static_cast<std::size_t>(Field::CertState));
    side.identifier = (*entry)->zzeCertId;
    side.readAt = *at;
    return side;
}

CertificateSide shownBy(const Holdings::Item& item, TimePoint at) {
    CertificateSide side;
    side.answer = Answer::Told;
    side.readAt = at;
    side.told.record = item.record;
    for (const Field field : kFields) {
        if (!item.record[field].empty()) side.told.known.set(static_cast<std::size_t>(field));
    }
    side.identifier = item.zzeCertId;
    return side;
}

CertificateSide away(Error error) { return {.answer = Answer::Away, .error = std::move(error)}; }

CertificateSide nationalSide(Composition& parts, const std::string& number, const std::string& identity,
                             const std::stop_token& stop) {
    if (!parts.settings().sync.readBack) return {};
    if (const Status opened = parts.openPlatform(); !opened) return away(opened.error());
    NationalQuery query(parts.parts(), NationalQuery::Manner::AtOnce);
    const auto holdings = query.ask(number, identity, stop);
    if (!holdings) return away(holdings.error());
    if (const Holdings::Item* item = itemUnder(*holdings, number)) return shownBy(*item, parts.clock().now());
    CertificateSide side;
    side.answer = Answer::Nothing;
    side.readAt = parts.clock().now();
    return side;
}

std::string identityIn(const Verification& verification) {
    for (const CertificateSide* side : {&verification.province, &verification.ledger}) {
        if (side->answer == Answer::Told && !side->told.record[Field::IdentityCard].empty()) {
            return side->told.record[Field::IdentityCard];
        }
    }
    return {};
}

/// What holds it up, or is under way, in words for whoever asks.
Result<std::string> pendingOf(Store& store, const std::string& number) {
    const auto blocked = store.blockedOf(number);
    if (!blocked) return tl::unexpected(blocked.error());
    if (*blocked) {
        const Advice& advice = (*blocked)->advice;
        return advice.why + advice.help + "（" + std::string(chineseName(advice.owner)) + "）";
    }
    const auto intent = store.intentOf(number);
    if (!intent) return tl::unexpected(intent.error());
    if (!*intent) return std::string{};
    return std::string((*intent)->state == OutboxState::Queued ? "有一项业务已排队，尚未发送部平台。"
                                                               : "有一项业务已发送部平台，结果待确认。");
}

}  // namespace

Result<Verification> readSides(Composition& parts, const std::string& number, const std::stop_token& stop) {
    Verification verification;
    verification.number = number;
    verification.type = parts.settings().type;
    verification.link = parts.settings().verifyLink;
    Store& store = parts.store();
    verification.province = provinceSide(parts, number);
    auto ledger = ledgerSide(store, number);
    if (!ledger) return tl::unexpected(ledger.error());
    verification.ledger = std::move(*ledger);
    verification.national = nationalSide(parts, number, identityIn(verification), stop);
    auto look = store.lastLook(number);
    if (!look) return tl::unexpected(look.error());
    verification.look = std::move(*look);
    auto pending = pendingOf(store, number);
    if (!pending) return tl::unexpected(pending.error());
    verification.pending = std::move(*pending);
    auto head = store.evidenceHead();
    if (!head) return tl::unexpected(head.error());
    verification.evidenceHead = std::move(*head);
    verification.at = parts.clock().now();
    return verification;
}

}  // namespace lianzheng
