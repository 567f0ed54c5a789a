#include "mappings/transform.h"

#include "mappings/certificate_number.h"
#include "mappings/identity_number.h"
#include "mappings/text.h"

#include <algorithm>
#include <cstddef>

namespace lianzheng {
namespace {

using Kind = Transform::Kind;

/// The first bytes of the middle dots that are folded: U+2022, U+30FB, U+FF65.
bool mayBeginDot(char c) { return c == '\xE2' || c == '\xE3' || c == '\xEF'; }

/// The state of one run; each step is one function of it.
class Run {
public:
    /// All are borrowed; `value` is new.
    Run(const TransformTables& tables, const RowView& row, Scratch& scratch, Value& value)
        : tables_(tables), row_(row), scratch_(scratch), value_(value) {}

    void step(const Transform& transform);
    [[nodiscard]] bool ended() const { return ended_ || value_.failure.has_value(); }

private:
    void start(const ReadyCell& cell) {
        // One by one: a value that is put together elsewhere and copied whole is waited for.
        value_.text = cell.text;
        value_.ascii = cell.ascii;
        value_.privateUse = cell.privateUse;
        value_.proven = Form::Any;
        if (!cell.clean) fail(Rule::Encoding);
    }
    void startWithField(std::size_t field) { set(row_.record.values()[field]); }
    void set(std::string_view text) {
        value_.text = text;
        value_.ascii = false;
        value_.privateUse = false;
        value_.proven = Form::Any;
    }
    void fail(Rule rule) {
        value_.text = {};
        value_.failure = rule;
    }
    [[nodiscard]] const std::string& text(std::int32_t number) const {
        return tables_.texts[static_cast<std::size_t>(number)];
    }
    void rewrite(char from, char to, int shift);
    void remove(std::string_view characters);
    void affix(std::string_view before, std::string_view behind);
    void replace(std::string_view made);
    void day();
    void plus(int years, int days);
    void code(const CodeTable& table);
    void map(const TransformTables::TextMap& table);
    void number(bool convertLegacy);
    void category();
    void ofIdentity(Kind kind);

    const TransformTables& tables_;
    const RowView& row_;
    Scratch& scratch_;
    Value& value_;
    bool ended_ = false;
};

/// Letters of `from`…`to` moved by `shift`.
void Run::rewrite(char from, char to, int shift) {
    const auto inRange = [from, to](char c) { return c >= from && c <= to; };
    if (std::ranges::none_of(value_.text, inRange)) return;
    std::string& out = scratch_.other(value_.text);
    out.assign(value_.text);
    for (char& c : out) {
        if (inRange(c)) c = static_cast<char>(c + shift);
    }
    value_.text = out;
}

void Run::remove(std::string_view characters) {
    const auto lengthAt = [](std::string_view text, std::size_t at) -> std::size_t {
        const auto byte = static_cast<unsigned char>(text[at]);
        const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        return std::min(length, text.size() - at);
    };
    const std::size_t first =
        characters.size() == 1 ? value_.text.find(characters[0]) : value_.text.find_first_of(characters);
    if (first == std::string_view::npos) return;
    std::string& out = scratch_.other(value_.text);
    out.clear();
    for (std::size_t at = 0; at < value_.text.size();) {
        const std::string_view character = value_.text.substr(at, lengthAt(value_.text, at));
        if (characters.find(character) == std::string_view::npos) out.append(character);
        at += character.size();
    }
    value_.text = out;
}

void Run::affix(std::string_view before, std::string_view behind) {
    if (value_.text.empty()) return;
    std::string& out = scratch_.other(value_.text);
    out.assign(before);
    out.append(value_.text);
    out.append(behind);
    value_.text = out;
    value_.ascii = false;
}

void Run::replace(std::string_view made) {
    std::string& out = scratch_.other(value_.text);
    out.assign(made);
    value_.text = out;
}

void Run::day() {
    if (value_.text.empty()) return;
    if (!isIsoDay(value_.text)) {
        std::string& out = scratch_.other(value_.text);
        if (!tables_.dates.day(value_.text, out)) return fail(Rule::BadDate);
        value_.text = out;
    }
    value_.proven = Form::Date;
    const auto same = [this](const std::string& none) { return none == value_.text; };
    if (std::ranges::any_of(tables_.nullDates, same)) set({});
}

void Run::plus(int years, int days) {
    if (value_.text.empty()) return;
    const auto from = Date::parse(value_.text);
    if (!from) return fail(Rule::BadDate);
    const std::chrono::year_month_day day{from->days()};
    const auto moved = day.year() + std::chrono::years{years};
    auto to = Date::of(static_cast<int>(moved), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    if (!to) to = Date::of(static_cast<int>(moved), 2, 28);
    if (!to) return fail(Rule::BadDate);
    replace(to->plusDays(days).str());
}

void Run::code(const CodeTable& table) {
    const auto found = table.code(value_.text);
    if (found) return set(*found);
    if (!value_.text.empty()) fail(Rule::NoCode);
}

void Run::map(const TransformTables::TextMap& table) {
    const auto found = std::ranges::find_if(table, [this](const auto& entry) { return entry.first == value_.text; });
    if (found != table.end()) return set(found->second);
    if (!value_.text.empty()) fail(Rule::NoCode);
}

/// A number that cannot be read is kept as it stands, so that people see it; the check of the field refuses it.
void Run::number(bool convertLegacy) {
    if (value_.text.empty()) return;
    const auto parsed = CertificateNumber::parse(value_.text);
    if (!parsed) return;
    if (parsed->legacy()) return replace(convertLegacy ? parsed->converted().str() : parsed->str());
    replace(parsed->str());
    value_.proven = Form::CertificateNumber;
}

void Run::category() {
    if (value_.text.empty()) return;
    const auto parsed = CertificateNumber::parse(value_.text);
    if (!parsed) return fail(Rule::Pattern);
    replace(parsed->category());
}

void Run::ofIdentity(Kind kind) {
    if (value_.text.empty()) return;
    if (kind == Kind::IdentityType) return set(looksResident(value_.text) ? "111" : "999");
    const auto parsed = IdentityNumber::parse(value_.text);
    if (!parsed) return set({});
    replace(kind == Kind::BirthDate ? parsed->birthDate().str() : std::string{parsed->gender()});
}

void Run::step(const Transform& transform) {
    const auto number = static_cast<std::size_t>(transform.number);
    switch (transform.kind) {
        case Kind::Column:
            return start(row_.cells[number]);
        case Kind::Field:
            return startWithField(number);
        case Kind::Constant:
            return set(tables_.texts[number]);
        case Kind::OrColumn:
            ended_ = !value_.text.empty();
            if (!ended_) start(row_.cells[number]);
            return;
        case Kind::OrField:
            ended_ = !value_.text.empty();
            if (!ended_) startWithField(number);
            return;
        case Kind::Default:
            if (value_.text.empty()) set(tables_.texts[number]);
            return;
        case Kind::Trim:
            value_.text = trimmed(value_.text);
            return;
        case Kind::HalfWidth:
            if (!value_.ascii) replace(halfWidth(value_.text));
            return;
        case Kind::Upper:
            return rewrite('a', 'z', 'A' - 'a');
        case Kind::Lower:
            return rewrite('A', 'Z', 'a' - 'A');
        case Kind::Remove:
            return remove(text(transform.number));
        case Kind::Before:
            value_.text = value_.text.substr(0, value_.text.find(text(transform.number)));
            return;
        case Kind::After:
            if (const std::size_t at = value_.text.find(text(transform.number)); at != std::string_view::npos) {
                value_.text.remove_prefix(at + text(transform.number).size());
            }
            return;
        case Kind::Prepend:
            return affix(text(transform.number), {});
        case Kind::Append:
            return affix({}, text(transform.number));
        case Kind::MiddleDot:
            if (!value_.ascii && std::ranges::any_of(value_.text, mayBeginDot)) replace(foldedDots(value_.text));
            return;
        case Kind::Day:
            return day();
        case Kind::PlusYears:
            return plus(transform.number, 0);
        case Kind::PlusDays:
            return plus(0, transform.number);
        case Kind::Code:
            return code(tables_.codes[number]);
        case Kind::Map:
            return map(tables_.maps[number]);
        case Kind::CertificateNumber:
            return this->number(false);
        case Kind::ConvertLegacyNumber:
            return this->number(true);
        case Kind::CertificateCategory:
            return category();
        case Kind::BirthDate:
        case Kind::Gender:
        case Kind::IdentityType:
            return ofIdentity(transform.kind);
    }
}

}  // namespace

Value run(std::span<const Transform> chain, const TransformTables& tables, const RowView& row, Scratch& scratch) {
    Value value;
    Run state{tables, row, scratch, value};
    for (const Transform& transform : chain) {
        state.step(transform);
        if (state.ended()) break;
    }
    return value;
}

}  // namespace lianzheng
