#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <simdjson.h>

#include "adapters/exchange/gzip_lines.h"
#include "adapters/exchange/national_rows.h"
#include "adapters/exchange/row_shape.h"
#include "mappings/text.h"

namespace lianzheng {

namespace {

constexpr std::uint64_t kLinesForFields = 1000;

/// A scalar as text: strings decoded, numbers and truth values as written (in `room`), null as nothing. Nothing for a
/// list or object.
std::optional<std::string_view> scalarText(const simdjson::dom::element& value, std::string& room) {
    switch (value.type()) {
        case simdjson::dom::element_type::STRING:
            return std::string_view(value);
        case simdjson::dom::element_type::ARRAY:
        case simdjson::dom::element_type::OBJECT:
            return std::nullopt;
        case simdjson::dom::element_type::NULL_VALUE:
            return std::string_view{};
        default:
            room = simdjson::minify(value);
            return room;
    }
}

/// Which slot a key names: mostly the one that it named at the same place of the line before.
class KeyedSlots {
public:
    std::optional<std::size_t> at(std::size_t place, std::string_view key) {
        if (place >= kPlaces) return slotOf(key);
        Known& known = known_.at(place);
        if (known.key != key) known = {std::string(key), slotOf(key)};
        return known.slot;
    }

private:
    static constexpr std::size_t kPlaces = 64;
    struct Known {
        std::string key;
        std::optional<std::size_t> slot;
    };
    std::array<Known, kPlaces> known_;
};

/// What tells one state of a file from another: false in comparison when it cannot be told.
struct FileStamp {
    ::dev_t device{};
    ::ino_t inode{};
    ::off_t size = -1;
    ::timespec changed{};

    static FileStamp of(const std::string& file) {
        struct ::stat state {};
        if (::stat(file.c_str(), &state) != 0) return {};
        return {state.st_dev, state.st_ino, state.st_size, state.st_mtim};
    }
    [[nodiscard]] bool same(const FileStamp& other) const {
        return size >= 0 && device == other.device && inode == other.inode && size == other.size &&
               changed.tv_sec == other.changed.tv_sec && changed.tv_nsec == other.changed.tv_nsec;
    }
};

/// The objects of a JSON Lines file, one a line; empty lines do not count.
class JsonLines {
public:
    explicit JsonLines(GzipText text) : text_(std::move(text)) {}

    /// The next object, of the lines that are wanted (none: all); false at the end.
    Result<bool> next(const PlaceFilter& wanted = {});
    [[nodiscard]] const simdjson::dom::object& object() const noexcept { return object_; }
    [[nodiscard]] std::uint64_t line() const noexcept { return line_; }

private:
    GzipText text_;
    simdjson::dom::parser parser_;
    simdjson::dom::object object_;
    std::string content_;
    std::uint64_t line_ = 0;
};

Result<bool> JsonLines::next(const PlaceFilter& wanted) {
    for (;;) {
        const bool skipped = wanted && !wanted(line_ + 1);
        if (skipped ? !text_.skipLine() : !text_.line(content_, kLongestRecord)) break;
        ++line_;
        if (skipped || std::ranges::all_of(content_, [](char c) { return c == ' ' || c == '\t'; })) continue;
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
    Status atPlaces(const PlaceFilter& wanted, const NationalSink& sink, const std::stop_token& stop) override;

private:
    static Status rowOf(JsonLines& lines, const Slots& wanted, const Slots& expected, KeyedSlots& slots,
                        NationalRow& row);
    static Status each(JsonLines lines, const Slots& wanted, const Slots& expected, const PlaceFilter& places,
                       const NationalSink& sink, const std::stop_token& stop);

    std::string file_;
    FileStamp read_;               ///< of the file that read() told the places of
    Slots shown_ = Slots().set();  ///< what a line may name; everything until shownFields() has told
    std::uint64_t linesForFields_ = kLinesForFields;
};

Result<std::vector<Field>> JsonRows::shownFields() {
    Result<GzipText> text = GzipText::open(file_);
    if (!text) return tl::unexpected<Error>(std::move(text.error()));
    JsonLines lines(std::move(*text));
    std::vector<std::size_t> slots;
    bool any = false;
    while (lines.line() < linesForFields_) {
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
    for (const Field field : kFields) {
        shown_[static_cast<std::size_t>(field)] = std::ranges::find(fields, field) != fields.end();
    }
    return fields;
}

Status JsonRows::rowOf(JsonLines& lines, const Slots& wanted, const Slots& expected, KeyedSlots& slots,
                       NationalRow& row) {
    clear(row);
    row.place = lines.line();
    std::string room;
    std::size_t place = 0;
    for (const auto& field : lines.object()) {
        const std::optional<std::size_t> slot = slots.at(place++, field.key);
        if (!slot) continue;
        const auto text = scalarText(field.value, room);
        if (!text || !isText(*text)) return badLine(lines.line());
        if (!expected[*slot]) {
            return failed(Fault::Unavailable, "exchange.file",
                          std::string(kLateField).append(slotName(*slot)) + ":" + std::to_string(lines.line()));
        }
        if (wanted[*slot]) assign(row, *slot, *text);
    }
    return ok();
}

Status JsonRows::each(JsonLines lines, const Slots& wanted, const Slots& expected, const PlaceFilter& places,
                      const NationalSink& sink, const std::stop_token& stop) {
    NationalRow row;
    KeyedSlots slots;
    while (!stop.stop_requested()) {
        const Result<bool> there = lines.next(places);
        if (!there) return tl::unexpected<Error>(there.error());
        if (!*there) break;
        if (Status read = rowOf(lines, wanted, expected, slots, row); !read) return read;
        if (!sink(row)) break;
    }
    return ok();
}

Status JsonRows::read(const Slots& wanted, Order /*order*/, const NationalSink& sink, const std::stop_token& stop) {
    read_ = FileStamp::of(file_);
    Result<GzipText> text = GzipText::open(file_);
    if (!text) return tl::unexpected<Error>(std::move(text.error()));
    Status status = each(JsonLines(std::move(*text)), wanted, shown_, {}, sink, stop);
    // Rows before it have been taken for silent about it: whoever asks again is told of every line's.
    const bool late = !status && status.error().code.starts_with(kLateField);
    if (late) linesForFields_ = std::numeric_limits<std::uint64_t>::max();
    return status;
}

Status JsonRows::atPlaces(const PlaceFilter& wanted, const NationalSink& sink, const std::stop_token& stop) {
    Result<GzipText> text = GzipText::open(file_);
    if (!text) return tl::unexpected<Error>(std::move(text.error()));
    const bool same = read_.same(FileStamp::of(file_));
    const Slots all = Slots().set();
    return each(JsonLines(std::move(*text)), all, all, same ? wanted : PlaceFilter{}, sink, stop);
}

}  // namespace

std::unique_ptr<NationalRows> makeJsonRows(std::string file) { return std::make_unique<JsonRows>(std::move(file)); }

}  // namespace lianzheng
