#include "gateway/reconcile/other_side.h"

namespace lianzheng {
namespace {

constexpr std::size_t kLedgerPage = 2000;

tl::unexpected<Error> stopped() { return failed(Fault::Cancelled, "reconcile", "stopped"); }

}  // namespace

ExchangeSide::ExchangeSide(ExchangeView& view, std::span<const Field> known, std::span<const Field> compared)
    : view_(view), comparable_(compared.begin(), compared.end()) {
    know(known);
}

void ExchangeSide::know(std::span<const Field> fields) {
    item_.known.reset();
    for (const Field field : fields) item_.known.set(static_cast<std::size_t>(field));
    compared_.clear();
    unseen_.clear();
    const auto shows = [this](Field field) { return item_.known.test(static_cast<std::size_t>(field)); };
    if (!shows(Field::CertState)) unseen_.push_back(Field::CertState);
    for (const Field field : comparable_) {
        // The number brings them together, the state is compared apart, its description not at all.
        if (field == Field::CertNum || field == Field::CertState || field == Field::CertStatusDescription) continue;
        (shows(field) ? compared_ : unseen_).push_back(field);
    }
}

bool ExchangeSide::learnsFrom(const Error& failure) {
    if (!failure.code.starts_with(kLateField)) return false;
    const Result<std::vector<Field>> shown = view_.shownFields();
    if (shown) know(*shown);
    return shown.has_value();
}

/// What is read for a glance.
std::vector<Field> ExchangeSide::glanced() const {
    std::vector<Field> fields = compared_;
    fields.insert(fields.end(), {Field::CertState, Field::CompanyName});
    return fields;
}

Status ExchangeSide::all(Depth depth, const Sink& sink, const std::stop_token& stop) {
    const bool whole = depth == Depth::Whole;
    const std::vector<Field> fields = whole ? std::vector<Field>(kFields.begin(), kFields.end()) : glanced();
    item_.row = {};
    const auto rows = view_.asTheyLie(
        fields,
        [&](const NationalRow& row) {
            if (whole) {
                item_.row = row;
            } else {
                takeGlance(row, fields);
            }
            return sink(item_);
        },
        stop);
    if (!rows) return tl::unexpected<Error>(rows.error());
    return ok();
}

Result<bool> ExchangeSide::inRanges(const ChooseRanges& choose, const RangedSink& sink, const std::stop_token& stop) {
    const std::vector<Field> fields = glanced();
    item_.row = {};
    return view_.inRanges(
        fields, choose,
        [&](std::uint32_t range, const NationalRow& row) {
            takeGlance(row, fields);
            return sink(range, item_);
        },
        stop);
}

/// Only what was read: copying empty texts costs as much as copying others.
void ExchangeSide::takeGlance(const NationalRow& row, std::span<const Field> fields) {
    Certificate& record = item_.row.record;
    record[Field::CertNum] = row.record[Field::CertNum];
    for (const Field field : fields) record[field] = row.record[field];
    item_.row.zzeCertId = row.zzeCertId;
    item_.row.rawNumber = row.rawNumber;
    item_.row.place = row.place;
}

Status ExchangeSide::atPlaces(const PlaceFilter& wanted, const Sink& sink, const std::stop_token& stop) {
    const auto rows = view_.atPlaces(
        wanted,
        [&](const NationalRow& row) {
            item_.row = row;
            return sink(item_);
        },
        stop);
    if (!rows) return tl::unexpected<Error>(rows.error());
    return ok();
}

Result<bool> ExchangeSide::ofNumbers(std::span<const std::string> numbers, const Sink& sink,
                                     const std::stop_token& stop) {
    return view_.ofNumbers(
        numbers,
        [&](const NationalRow& row) {
            item_.row = row;
            return sink(item_);
        },
        stop);
}

bool LedgerSide::give(const LedgerEntry& entry, const Sink& sink) {
    if (entry.state == CertState::None) return true;
    item_.row.record[Field::CertNum] = entry.number;
    item_.row.record[Field::CertState] = code(entry.state);
    item_.row.record[Field::ExpiringDate] = entry.expiringDate;
    item_.row.zzeCertId = entry.zzeCertId;
    item_.row.codeId = entry.codeId;
    item_.row.eCertId = entry.lastECertId;
    const bool current = entry.digestVersion == kDigestVersion && entry.mappingVersion == mappingVersion_;
    item_.comparable = current ? entry.comparable : Digest{};
    return sink(item_);
}

template <class Row, class Read, class Give>
Status LedgerSide::inPages(Read&& read, Give&& give, const std::stop_token& stop) {
    std::vector<Row> page;
    std::string after;
    do {
        if (stop.stop_requested()) return stopped();
        if (Status status = read(after, page); !status) return status;
        for (const Row& row : page) {
            if (!give(row)) return ok();
        }
        if (!page.empty()) after = page.back().number;
    } while (page.size() == kLedgerPage);
    return ok();
}

Status LedgerSide::all(Depth depth, const Sink& sink, const std::stop_token& stop) {
    if (depth == Depth::Whole) {
        return inPages<LedgerEntry>(
            [&](const std::string& after, auto& page) { return store_.ledgerPage(after, kLedgerPage, page); },
            [&](const LedgerEntry& entry) { return give(entry, sink); }, stop);
    }
    NationalItem item;
    item.complete = false;
    return inPages<LedgerGlance>(
        [&](const std::string& after, auto& page) {
            return store_.ledgerGlances(after, kLedgerPage, mappingVersion_, page);
        },
        [&](const LedgerGlance& glance) {
            item.row.record[Field::CertNum] = glance.number;
            item.row.record[Field::CertState] = code(glance.state);
            item.comparable = glance.comparable;
            return sink(item);
        },
        stop);
}

Result<bool> LedgerSide::ofNumbers(std::span<const std::string> numbers, const Sink& sink,
                                   const std::stop_token& stop) {
    for (const std::string& number : numbers) {
        if (stop.stop_requested()) return stopped();
        const auto entry = store_.find(number);
        if (!entry) return tl::unexpected<Error>(entry.error());
        if (*entry && !give(**entry, sink)) break;
    }
    return true;
}

}  // namespace lianzheng
