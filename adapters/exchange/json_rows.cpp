#include <algorithm>
#include <utility>

#include <simdjson.h>

#include "adapters/exchange/gzip_lines.h"
#include "adapters/exchange/national_rows.h"
#include "adapters/exchange/row_shape.h"
#include "mappings/text.h"

namespace lianzheng {

namespace {

constexpr std::uint64_t kLinesForFields = 1000;

/// A scalar as text: strings decoded, numbers and truth values as written, null as nothing. False for a list or object.
bool scalarText(const simdjson::dom::element& value, std::string& text) {
    switch (value.type()) {
        case simdjson::dom::element_type::STRING:
            text = std::string_view(value);
            return true;
        case simdjson::dom::element_type::ARRAY:
        case simdjson::dom::element_type::OBJECT:
            return false;
        case simdjson::dom::element_type::NULL_VALUE:
            text.clear();
            return true;
        default:
            text = simdjson::minify(value);
            return true;
    }
}

/// The objects of a JSON Lines file, one a line; empty lines do not count.
class JsonLines {
public:
    explicit JsonLines(GzipText text) : text_(std::move(text)) {}

    /// The next object; false at the end.
    Result<bool> next();
    [[nodiscard]] const simdjson::dom::object& object() const noexcept { return object_; }
    [[nodiscard]] std::uint64_t line() const noexcept { return line_; }

private:
    GzipText text_;
    simdjson::dom::parser parser_;
    simdjson::dom::object object_;
    std::string content_;
    std::uint64_t line_ = 0;
};

Result<bool> JsonLines::next() {
    while (text_.line(content_, kLongestRecord)) {
        ++line_;
        if (std::ranges::all_of(content_, [](char c) { return c == ' ' || c == '\t'; })) continue;
        content_.reserve(content_.size() + simdjson::SIMDJSON_PADDING);
        if (parser_.parse(content_).get(object_) != simdjson::SUCCESS) return badLine(line_);
        return true;
    }
    if (text_.failedToRead()) return badLine(line_ + 1);
    return false;
}

class JsonRows final : public NationalRows {
public:
    explicit JsonRows(std::string file) : file_(std::move(file)) {}

    Result<std::vector<Field>> shownFields() override;
    Status read(const Slots& wanted, Order order, const NationalSink& sink, const std::stop_token& stop) override;

private:
    std::string file_;
};

Result<std::vector<Field>> JsonRows::shownFields() {
    Result<GzipText> text = GzipText::open(file_);
    if (!text) return tl::unexpected<Error>(std::move(text.error()));
    JsonLines lines(std::move(*text));
    std::vector<std::size_t> slots;
    bool any = false;
    while (lines.line() < kLinesForFields) {
        const Result<bool> there = lines.next();
        if (!there) return tl::unexpected<Error>(there.error());
        if (!*there) break;
        any = true;
        for (const auto& field : lines.object()) {
            if (const auto slot = slotOf(field.key)) slots.push_back(*slot);
        }
    }
    std::vector<Field> fields = fieldsAmong(slots);
    if (any && std::ranges::find(fields, Field::CertNum) == fields.end()) {
        return failed(Fault::Corrupt, "exchange.file", "column_gone:certNum");
    }
    return fields;
}

Status JsonRows::read(const Slots& wanted, Order /*order*/, const NationalSink& sink, const std::stop_token& stop) {
    Result<GzipText> text = GzipText::open(file_);
    if (!text) return tl::unexpected<Error>(std::move(text.error()));
    JsonLines lines(std::move(*text));
    NationalRow row;
    std::string value;
    while (!stop.stop_requested()) {
        const Result<bool> there = lines.next();
        if (!there) return tl::unexpected<Error>(there.error());
        if (!*there) break;
        clear(row);
        for (const auto& field : lines.object()) {
            const std::optional<std::size_t> slot = slotOf(field.key);
            if (!slot) continue;
            if (!scalarText(field.value, value) || !isText(value)) return badLine(lines.line());
            if (!wanted[*slot]) continue;
            assign(row, *slot, value);
        }
        if (!sink(row)) break;
    }
    return ok();
}

}  // namespace

std::unique_ptr<NationalRows> makeJsonRows(std::string file) { return std::make_unique<JsonRows>(std::move(file)); }

}  // namespace lianzheng
