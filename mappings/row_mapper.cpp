#include "mappings/row_mapper.h"

#include "mappings/cell_text.h"
#include "mappings/certificate_number.h"
#include "mappings/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace lianzheng {
namespace {

constexpr std::string_view kOtherState = "99";
constexpr std::string_view kNoAuthority = "province";

/// What one thread needs from row to row, so that mapping allocates nothing.
struct Workspace {
    std::vector<ReadyCell> cells;
    std::vector<std::string> converted;
    Scratch scratch;
    std::vector<std::string_view> extras;
};

/// One row on its way through a mapping.
class RowMapper {
public:
    RowMapper(const CompiledMapping& mapping, Workspace& work, std::span<const Cell> row, Desired& out)
        : mapping_(mapping), work_(work), row_(row), out_(out), problems_(out.problems) {}

    void map() {
        mapRecord();
        mapFacts();
        digest();
    }
    void mapRecord() {
        readyCells();
        for (const FieldRule& rule : mapping_.fields) mapField(rule);
        mapState();
        checkIdentity(out_.record, problems_);
        checkDates(out_.record, problems_);
        if (mapping_.type == CertificateType::Tezhong) checkCategory(out_.record, problems_);
        checkRequired();
        mapKey();
        out_.facts.authority.assign(authority());
        fact(out_.facts.licenceIdentifier, mapping_.facts.licenceIdentifier);
    }

private:
    [[nodiscard]] RowView view() const { return {work_.cells, out_.record}; }
    [[nodiscard]] bool isNull(std::string_view text) const {
        if (text.size() < 64 && (mapping_.nullLengths >> text.size() & 1U) == 0) return false;
        return std::ranges::find(mapping_.nulls, text) != mapping_.nulls.end();
    }
    void readyCells();
    void mapField(const FieldRule& rule);
    void checkField(const FieldRule& rule, const Value& value);
    void mapState();
    void checkRequired();
    void mapKey();
    void mapFacts();
    [[nodiscard]] std::string_view authority() const;
    void fact(std::string& to, const FactColumns::Column& column) const;
    void digest();

    const CompiledMapping& mapping_;
    Workspace& work_;
    std::span<const Cell> row_;
    Desired& out_;
    ProblemList problems_;
};

void RowMapper::readyCells() {
    const std::size_t count = mapping_.columns.size();
    work_.cells.resize(count);
    const bool convert = mapping_.source.charset == SourceDefinition::Charset::Gb18030;
    if (convert) work_.converted.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        ReadyCell& ready = work_.cells[i];
        if (i >= row_.size() || row_[i].null) {
            ready = {};
            continue;
        }
        // A tab or line feed at the ends goes with the blanks; only one that stays is a defect.
        std::string_view text = quicklyTrimmed(row_[i].text);
        TextFacts facts = factsOf(text);
        if (convert && !facts.ascii) {
            const bool read = fromGb18030(row_[i].text, work_.converted[i]);
            text = read ? quicklyTrimmed(work_.converted[i]) : std::string_view{};
            facts = factsOf(text);
            facts.clean = facts.clean && read;
        }
        ready = {text, facts.ascii, facts.clean, facts.privateUse};
        if (isNull(text)) ready.text = {};
    }
}

void RowMapper::mapField(const FieldRule& rule) {
    std::string& to = out_.record[rule.field];
    const auto fits = [this](const FieldRule::Case& each) { return hold(each.when, view()); };
    const auto found = std::ranges::find_if(rule.cases, fits);
    if (found == rule.cases.end()) {
        to.clear();
        return;
    }
    const Value value = run(mapping_.chain(found->chain), mapping_.tables, view(), work_.scratch);
    to.assign(value.text);
    if (!rule.constant) checkField(rule, value);
}

void RowMapper::checkField(const FieldRule& rule, const Value& value) {
    const std::string& text = out_.record[rule.field];
    if (value.failure) return problems_.add(rule.field, *value.failure);
    if (text.empty()) return;
    if (value.privateUse) return problems_.add(rule.field, Rule::PrivateUse);
    if (rule.form != Form::Any && rule.form != value.proven) {
        if (const auto why = refused(rule.form, text)) return problems_.add(rule.field, *why);
    }
    // No character has more bytes in GBK than in UTF-8.
    if (rule.length != 0 && text.size() > rule.length && gbkLength(text) > rule.length) {
        problems_.add(rule.field, Rule::TooLong);
    }
}

void RowMapper::mapState() {
    std::string& state = out_.record[Field::CertState];
    std::string& description = out_.record[Field::CertStatusDescription];
    const auto fits = [this](const StateRule& each) { return hold(each.when, view()); };
    const auto found = std::ranges::find_if(mapping_.states, fits);
    if (found == mapping_.states.end()) {
        state.clear();
        description.clear();
        return problems_.add(Field::CertState, Rule::NoCode);
    }
    state = found->state;
    description = found->description;
    if (found->descriptionColumn) {
        const ReadyCell& cell = work_.cells[*found->descriptionColumn];
        if (!cell.clean) return problems_.add(Field::CertStatusDescription, Rule::Encoding);
        if (!cell.text.empty()) description.assign(cell.text);
        if (cell.privateUse) problems_.add(Field::CertStatusDescription, Rule::PrivateUse);
    }
    if (state == kOtherState && description.empty()) problems_.add(Field::CertStatusDescription, Rule::Missing);
}

void RowMapper::checkRequired() {
    for (const Field field : mapping_.always) {
        if (out_.record[field].empty()) problems_.add(field, Rule::Missing);
    }
}

void RowMapper::fact(std::string& to, const FactColumns::Column& column) const {
    if (column && work_.cells[*column].clean) {
        to.assign(work_.cells[*column].text);
    } else {
        to.clear();
    }
}

std::string_view RowMapper::authority() const {
    const FactColumns& facts = mapping_.facts;
    if (!facts.authority) return kNoAuthority;
    const std::string_view text = work_.cells[*facts.authority].text;
    for (const AuthorityRule& rule : mapping_.authorities) {
        if (rule.prefix ? !text.starts_with(rule.value) : text != rule.value) continue;
        if (hold(rule.when, view())) return rule.id;
    }
    return kNoAuthority;
}

void RowMapper::mapKey() {
    const FactColumns::Column& key = mapping_.facts.key;
    out_.facts.sourceKey.clear();
    if (!key || *key >= row_.size() || row_[*key].null) return;
    // As it stands, blanks included: rows are asked for by it. A key that is no text cannot be stored.
    if (work_.cells[*key].clean) {
        out_.facts.sourceKey.assign(row_[*key].text);
    } else {
        problems_.add(Field::CertNum, Rule::Encoding);
    }
}

void RowMapper::mapFacts() {
    const FactColumns& columns = mapping_.facts;
    SourceFacts& facts = out_.facts;
    facts.changedAt.clear();
    for (const std::uint16_t column : columns.changedAt) {
        if (work_.cells[column].clean && work_.cells[column].text > facts.changedAt) {
            facts.changedAt.assign(work_.cells[column].text);
        }
    }
    fact(facts.photoVersion, columns.photoVersion);
    fact(facts.photoReference, columns.photoReference);
    fact(facts.licenceUrl, columns.licenceUrl);
    fact(facts.predecessorNumber, columns.predecessorNumber);
    fact(facts.predecessorIdentifier, columns.predecessorIdentifier);
    if (!facts.predecessorNumber.empty()) {
        if (const auto number = CertificateNumber::parse(facts.predecessorNumber))
            facts.predecessorNumber = number->str();
    }
    facts.licenceTime.reset();
    if (columns.licenceTime && !work_.cells[*columns.licenceTime].text.empty()) {
        facts.licenceTime =
            mapping_.tables.dates.instant(work_.cells[*columns.licenceTime].text, mapping_.source.changedAtOffset);
        // Passed over in silence it would be awaited for ever.
        if (!facts.licenceTime) out_.problems.push_back({std::string(kLicenceTime), Rule::BadDate});
    }
    facts.renewalInHand = columns.renewalInHand && hold(*columns.renewalInHand, view());
    facts.urgent = columns.urgent && hold(*columns.urgent, view());
}

std::string_view bytesOf(const Digest& digest, std::array<char, 16>& buffer) {
    std::memcpy(buffer.data(), &digest.high, 8);
    std::memcpy(buffer.data() + 8, &digest.low, 8);
    return {buffer.data(), buffer.size()};
}

void RowMapper::digest() {
    const SourceFacts& facts = out_.facts;
    std::vector<std::string_view>& extras = work_.extras;
    out_.comparable = digestOf(out_.record, mapping_.comparable, {});
    std::array<char, 16> comparable{};
    if (mapping_.pushCoversComparable) {
        extras.assign({bytesOf(out_.comparable, comparable), facts.photoVersion});
        out_.push = digestOf(out_.record, mapping_.pushOnly, extras);
    } else {
        extras.assign({std::string_view{facts.photoVersion}});
        out_.push = digestOf(out_.record, mapping_.push, extras);
    }

    std::array<char, 16> push{};
    std::array<char, 24> time{};
    std::string_view timeText;
    if (facts.licenceTime) {
        const auto end = std::to_chars(time.begin(), time.end(), facts.licenceTime->time_since_epoch().count());
        timeText = {time.data(), static_cast<std::size_t>(end.ptr - time.data())};
    }
    // The state always: a mapping may leave it out of what is pushed with a change, never out of what is looked at.
    extras.assign({bytesOf(out_.push, push), out_.record[Field::CertState], out_.record[Field::CertStatusDescription],
                   facts.sourceKey, facts.authority, facts.photoReference, facts.licenceUrl, timeText,
                   facts.licenceIdentifier, facts.predecessorNumber, facts.predecessorIdentifier,
                   facts.renewalInHand ? "1" : "0", facts.urgent ? "1" : "0"});
    for (const Invalid& problem : out_.problems) {
        extras.push_back(problem.field);
        extras.push_back(word(problem.rule));
    }
    out_.seen = digestOf(out_.record, {}, extras);
}

Workspace& workspace() {
    thread_local Workspace work;
    return work;
}

}  // namespace

void mapRow(const CompiledMapping& mapping, std::span<const Cell> row, Desired& out) {
    RowMapper{mapping, workspace(), row, out}.map();
}

void mapRecord(const CompiledMapping& mapping, std::span<const Cell> row, Desired& out) {
    RowMapper{mapping, workspace(), row, out}.mapRecord();
}

}  // namespace lianzheng
