#include "adapters/exchange/row_shape.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "adapters/sql/names.h"
#include "mappings/certificate_number.h"
#include "mappings/date.h"
#include "mappings/date_spelling.h"
#include "mappings/text.h"

namespace lianzheng {

namespace {

constexpr std::array<std::string_view, 4> kBeside{"zzeCertID", "codeId", "eCertID", "collected"};
constexpr std::size_t kDay = 10;  // yyyy-MM-dd

bool isDate(Field field) {
    switch (field) {
        case Field::IssuedDate:
        case Field::IssuDate:
        case Field::EffectiveDate:
        case Field::ExpiringDate:
        case Field::BirthDate:
            return true;
        default:
            return false;
    }
}

/// The day of `text`, when a time stands behind it; what is written otherwise stays whole.
std::string_view withoutTime(std::string_view text) {
    const bool timed = text.size() > kDay && (text[kDay] == ' ' || text[kDay] == 'T');
    return timed ? text.substr(0, kDay) : text;
}

/// Other ways in which a view may write a day, perhaps with a time.
void assignDay(std::string& to, std::string_view text) {
    static const DateSpellings kOther = [] {
        DateSpellings spellings;
        for (const char* pattern : {"yyyy/M/d*", "yyyyMMdd*", "yyyy.M.d*", "yyyy年M月d日*"}) {
            if (auto spelling = DateSpelling::compile(pattern)) spellings.add(std::move(*spelling));
        }
        return spellings;
    }();
    if (isIsoDay(text.substr(0, kDay)) || !kOther.day(text, to)) to = withoutTime(text);
}

/// The day that a workbook keeps as `text`; nothing when that is no such number. Before March 1900 workbooks count a
/// day that was none; no certificate is that old.
std::optional<Date> dayOfSerial(std::string_view text) {
    constexpr int kFirst = 61;
    constexpr std::size_t kDigits = 6;
    const std::string_view whole = text.substr(0, text.find('.'));
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const std::string_view fraction = text.substr(std::min(text.size(), whole.size() + 1));
    if (whole.empty() || whole.size() > kDigits || !std::ranges::all_of(whole, isDigit) ||
        !std::ranges::all_of(fraction, isDigit)) {
        return std::nullopt;
    }
    int days = 0;
    for (const char digit : whole) days = days * 10 + (digit - '0');
    if (days < kFirst) return std::nullopt;
    return Date::of(1899, 12, 30)->plusDays(days);
}

bool isTrue(std::string_view text) {
    constexpr std::array<std::string_view, 6> kYes{"1", "true", "t", "yes", "y", "是"};
    return std::ranges::any_of(kYes, [&](std::string_view yes) { return sameName(yes, text); });
}

void assignNumber(NationalRow& row, std::string_view text) {
    if (Checked<CertificateNumber> number = CertificateNumber::parse(text)) {
        row.record[Field::CertNum] = number->str();
    } else {
        row.rawNumber = text;
    }
}

}  // namespace

std::optional<std::size_t> slotOf(std::string_view name) {
    for (std::size_t slot = 0; slot < kRowSlots; ++slot) {
        if (sameName(slotName(slot), name)) return slot;
    }
    return std::nullopt;
}

std::string_view slotName(std::size_t slot) {
    return slot < kFieldCount ? nationalName(static_cast<Field>(slot)) : kBeside[slot - kFieldCount];
}

void clear(NationalRow& row) {
    for (const Field field : kFields) row.record[field].clear();
    row.zzeCertId.clear();
    row.codeId.clear();
    row.eCertId.clear();
    row.collected = false;
    row.rawNumber.clear();
    row.place = 0;
}

void assign(NationalRow& row, std::size_t slot, std::string_view text) {
    text = trimmed(text);
    if (slot < kFieldCount) {
        const Field field = static_cast<Field>(slot);
        if (field == Field::CertNum) return assignNumber(row, text);
        if (isDate(field)) return assignDay(row.record[field], text);
        row.record[field] = text;
        return;
    }
    switch (static_cast<RowSlot>(slot)) {
        case RowSlot::ZzeCertId:
            row.zzeCertId = text;
            break;
        case RowSlot::CodeId:
            row.codeId = text;
            break;
        case RowSlot::ECertId:
            row.eCertId = text;
            break;
        case RowSlot::Collected:
            row.collected = isTrue(text);
            break;
    }
}

void assignOfWorkbook(NationalRow& row, std::size_t slot, std::string_view text) {
    text = trimmed(text);
    const bool isDay = slot < kFieldCount && isDate(static_cast<Field>(slot));
    const std::optional<Date> day = isDay ? dayOfSerial(text) : std::nullopt;
    if (day) {
        row.record[static_cast<Field>(slot)] = day->str();
    } else {
        assign(row, slot, text);
    }
}

std::vector<Field> fieldsAmong(std::span<const std::size_t> slots) {
    std::vector<Field> fields;
    for (const Field field : kFields) {
        if (std::ranges::find(slots, static_cast<std::size_t>(field)) != slots.end()) fields.push_back(field);
    }
    return fields;
}

}  // namespace lianzheng
